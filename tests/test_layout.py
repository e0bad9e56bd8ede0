"""One capability = one file or function, one line in a table, one test, one page."""

import re
from pathlib import Path

import pytest
import typer.main
import yaml

from assessor import detect, pipeline
from assessor.cli.main import app
from assessor.collect.languages import LANGUAGES
from assessor.collect.platform import COLLECTORS
from assessor.errors import AssessorError
from assessor.packs.style import FILES
from assessor.render import (
    DOCUMENT_RENDERERS,
    GATE_RENDERERS,
    GATE_VIEW_RENDERERS,
    PRINTERS,
    VIEW_RENDERERS,
)
from assessor.render.reference import facts_page, rules_page
from assessor.render.schema import schema_text
from assessor.resources import wording

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
RENDERED = sorted(
    {
        *VIEW_RENDERERS,
        *DOCUMENT_RENDERERS,
        *GATE_RENDERERS,
        *GATE_VIEW_RENDERERS,
        *PRINTERS,
    }
)
PAGE = ["What it sees", "What it does not see", "Options", "Example", "Source"]


def _tests(folder):
    return [path.name for path in (ROOT / "tests" / "unit" / folder).glob("test_*.py")]


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_language__has_file_test_and_page(name):
    assert (ROOT / "assessor/collect/languages" / f"{name}.py").is_file()
    assert any(name in test for test in _tests("collect/languages"))
    assert (DOCS / "languages" / f"{name}.md").is_file()


@pytest.mark.parametrize("name", sorted(COLLECTORS))
def test_collector__has_file_test_and_is_on_a_page(name):
    module = COLLECTORS[name].parse.__module__.rpartition(".")[2]
    assert any(name in test or module in test for test in _tests("collect/platform"))
    pages = "\n".join(path.read_text("utf-8") for path in (DOCS / "collectors").glob("*.md"))
    assert f"platform/{module}.py" in pages


@pytest.mark.parametrize("name", sorted(detect.DETECTORS))
def test_family_of_facts__has_file_test_and_page(name):
    assert (ROOT / "assessor/detect" / f"{name}.py").is_file()
    assert f"test_{name}.py" in _tests("detect")
    assert (DOCS / "facts" / f"{name}.md").is_file()


@pytest.mark.parametrize("name", RENDERED)
def test_renderer__has_file_test_and_page(name):
    assert (ROOT / "assessor/render" / f"to_{name}.py").is_file()
    assert f"test_to_{name}.py" in _tests("render")
    assert (DOCS / "renderers" / f"{name}.md").is_file()


@pytest.mark.parametrize("folder", ["languages", "collectors", "facts", "algorithms", "renderers"])
def test_page__of_a_capability__has_the_same_headings(folder):
    pages = sorted((DOCS / folder).glob("*.md"))
    assert pages
    for page in pages:
        headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert [h for h in headings if h in PAGE] == PAGE, page.name


def test_every_room__is_in_the_list_of_rooms_of_the_contributing_guide():
    rooms = {p.name for p in (ROOT / "assessor").iterdir() if (p / "__init__.py").is_file()}
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert {room for room in rooms if f"`{room}`" not in text} == set()


def _commands(group, prefix=""):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def test_cli_page__every_command_and_option__is_on_it():
    page = (DOCS / "cli.md").read_text("utf-8")
    for name, command in _commands(typer.main.get_command(app)):
        assert name.split()[-1] in page, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert f"`{option}" in page or f", `{option}" in page or option in page, option


def test_cli_page__every_exit_code__is_on_it():
    page = (DOCS / "cli.md").read_text("utf-8")
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    errors = {kind.exit_code for kind in _subclasses(AssessorError)}
    assert listed == errors | {0, 70, 130}


def _subclasses(kind):
    return {kind, *(deeper for child in kind.__subclasses__() for deeper in _subclasses(child))}


def test_reports_page__every_file_and_field_of_a_template__is_on_it():
    page = (DOCS / "reports.md").read_text("utf-8")
    assert [name for name in FILES if f"`{name}`" not in page] == []
    cli = (DOCS / "cli.md").read_text("utf-8")
    theme = yaml.safe_load((ROOT / "reports" / "theme.yaml").read_text("utf-8"))
    assert [field for field in theme["cover"] if f"`{field}`" not in cli] == []


def test_skips__every_code_of_a_collector__has_its_words_in_both_languages():
    code = re.compile(r"""(?:code=|Skip\([^"'()]*|_skip\(|_said\(|_Refusal\()"([a-z-]+)\"""")
    folder = ROOT / "assessor" / "collect"
    found = {
        each
        for path in folder.rglob("*.py")
        for each in code.findall(path.read_text("utf-8").replace("\n", " "))
    }
    assert {"oversized", "timeout", "crash", "syntax-error"} <= found
    for lang in ("zh", "en"):
        assert sorted(c for c in found if f"skip.{c}" not in wording(lang).sentences) == []


@pytest.mark.parametrize(("page", "make"), [("rules.md", rules_page), ("facts.md", facts_page)])
def test_reference__of_rules_and_facts__is_what_the_packs_say(page, make):
    written = (DOCS / "reference" / page).read_bytes()
    assert written == make(pipeline.rules(None)), "run `make reference`"


def test_schema__the_published_file__is_what_the_types_say():
    assert (DOCS / "assessment.schema.json").read_bytes() == schema_text(), "run `make reference`"


def test_source_file__none__is_too_long():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "assessor").rglob("*.py")
        if (lines := path.read_text("utf-8").count("\n")) > 400
    }
    assert long == {}


def test_repository__no_file__names_a_private_place():
    here = re.compile(r"/(?:home|root|Users)/\w")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("assessor", "docs", "rules", "reports", "benchmarks", "sample_repos")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and path.suffix in {".py", ".md", ".yaml", ".yml", ".json"}
        and here.search(path.read_text("utf-8", "replace"))
    ]
    assert found == []


def test_pages__no_gap__was_left_to_be_filled():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
    assert [page.name for page in pages if re.search(r"@[A-Z]+@", page.read_text("utf-8"))] == []
