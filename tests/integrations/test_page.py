"""docs/integrations.md: its snippets are what the systems ask for, and nothing is left out."""

import re
import shutil
import subprocess

import pytest
import yaml
from integrations.conftest import ROOT, schema_errors, tool

PAGE = (ROOT / "docs" / "integrations.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
SHELL = sorted((ROOT / "integrations" / "github").glob("*.sh"))


def _snippet(section, tmp_path, *, name="snippet.yml"):
    (found,) = re.findall(r"^```yaml\n(.*?)^```", SECTIONS[section], re.MULTILINE | re.DOTALL)
    file = tmp_path / name
    file.write_text(found, "utf-8")
    return file


@pytest.mark.parametrize(
    ("section", "schema"),
    [
        ("GitHub Actions", "github-workflows"),
        ("GitLab CI", "gitlab-ci"),
        ("Azure Pipelines", "azure-pipelines"),
    ],
)
def test_page__each_snippet__is_what_the_system_asks_for(section, schema, tmp_path):
    assert schema_errors(_snippet(section, tmp_path), schema) == ""


def test_page__snippet_of_pre_commit__is_what_it_asks_for(tmp_path):
    file = _snippet("pre-commit", tmp_path, name=".pre-commit-config.yaml")
    done = tool("pre-commit", "validate-config", file)
    assert done.returncode == 0, done.stdout


def test_page__other_actions__are_pinned_by_commit_with_their_version():
    used = re.findall(r"uses: (.+)", SECTIONS["GitHub Actions"])
    assert [u for u in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", u)] == [
        "OWNER/assessor@<commit>"
    ]


def test_page__every_input_and_output_of_the_action__is_on_it():
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    told = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \|", SECTIONS["GitHub Actions"], re.MULTILINE)
    names = [name for cell in told for name in re.findall(r"[\w-]+", cell)]
    assert sorted(names) == sorted([*action["inputs"], *action["outputs"]])


def test_page__every_input_of_the_others__is_on_it():
    gitlab = (ROOT / "integrations" / "gitlab" / "assessor.yml").read_text("utf-8")
    inputs = next(yaml.safe_load_all(gitlab))["spec"]["inputs"]
    azure = yaml.safe_load((ROOT / "integrations" / "azure-pipelines.yml").read_text("utf-8"))
    parameters = [each["name"] for each in azure["parameters"]]
    assert [name for name in inputs if f"`{name}`" not in SECTIONS["GitLab CI"]] == []
    assert [name for name in parameters if f"`{name}`" not in SECTIONS["Azure Pipelines"]] == []


def test_page__every_file_it_names__is_there():
    named = re.findall(r"`((?:integrations/|\.pre-commit-hooks|action\.)[\w./-]+)`", PAGE)
    assert len(named) >= 6
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("script", SHELL, ids=lambda path: path.name)
def test_script__its_syntax__is_that_of_bash(script):
    bash = shutil.which("bash") or pytest.fail("bash is missing; install it")
    assert subprocess.run([bash, "-n", str(script)], check=False).returncode == 0
