"""The Jenkinsfile: read by a parser of Groovy, and its shell run for real."""

import pytest
from integrations.conftest import DEV, ROOT, git, shell

TEXT = (ROOT / "integrations" / "Jenkinsfile").read_text("utf-8")
SCRIPT = TEXT.split("'''")[1]
ENVIRONMENT = {
    name.strip(): value.strip().strip("'\"")
    for name, _, value in (
        line.partition(" = ") for line in TEXT.splitlines() if line.strip().startswith("ASSESSOR_")
    )
}
REPORTS = ["assessor.sarif", "gate.json", "gate.md", "junit.xml"]


def _root():
    tree_sitter = pytest.importorskip("tree_sitter")
    try:
        import tree_sitter_groovy
    except ImportError:
        pytest.fail(f"tree-sitter-groovy is missing; {DEV}")
    language = tree_sitter.Language(tree_sitter_groovy.language())
    return tree_sitter.Parser(language).parse(TEXT.encode()).root_node


def _calls(node, around=()):
    """(name of every call with a name, names of the blocks around it), from the outside in."""
    name = node.child_by_field_name("name")
    inner = (*around, name.text.decode()) if name and node.child_by_field_name("body") else around
    if name and node.type in {"method_invocation", "juxt_function_call"}:
        yield name.text.decode(), around
    for child in node.children:
        yield from _calls(child, inner)


def test_pipeline__its_form__is_groovy():
    assert not _root().has_error


@pytest.mark.parametrize("name", ["recordIssues", "junit", "archiveArtifacts"])
def test_pipeline__reports__are_recorded_whatever_the_outcome(name):
    around = dict(_calls(_root()))
    assert around[name] == ("pipeline", "stages", "stage", "post", "always")
    assert around["sh"] == ("pipeline", "stages", "stage", "steps")


def test_pipeline__a_stage_that_failed__still_shows_its_findings():
    assert "enabledForFailure: true" in TEXT
    assert "skipMarkingBuildUnstable: true" in TEXT


def test_pipeline__the_script__is_taken_by_groovy_as_it_stands():
    assert TEXT.count("'''") == 2
    assert "\\" not in SCRIPT


def _run(folder, tmp_path, **more):
    work = tmp_path / "workspace"
    git(tmp_path, "clone", "-q", str(folder), str(work))
    git(work, "update-ref", "refs/remotes/origin/main", "HEAD~2")
    # Jenkins sets no variable to nothing.
    env = {name: value for name, value in {**ENVIRONMENT, **more}.items() if value}
    done = shell(SCRIPT, cwd=work, env={"TMPDIR": str(tmp_path), **env}, words=("sh", "-xe"))
    return done, work / "assessor-out"


@pytest.mark.slow
def test_script__change_request_with_something_worse__exit_1_and_all_reports(change, tmp_path):
    done, out = _run(change, tmp_path, CHANGE_TARGET="main")
    assert done.returncode == 1, done.stdout + done.stderr
    assert sorted(path.name for path in out.iterdir()) == REPORTS
    assert "Dockerfile:1" in done.stdout


@pytest.mark.slow
def test_script__a_branch__its_last_commit_is_judged(change, tmp_path):
    assert _run(change, tmp_path)[0].returncode == 0


@pytest.mark.slow
def test_script__the_target_was_not_fetched__says_what_to_do(change, tmp_path):
    done, _ = _run(change, tmp_path, CHANGE_TARGET="none")
    assert done.returncode == 2
    assert "let the job fetch all branches, with their history" in done.stdout


def test_script__nothing_to_install_and_no_assessor__says_so(change, tmp_path):
    done, _ = _run(change, tmp_path, PATH="/usr/bin:/bin")
    assert done.returncode == 2
    assert "Set ASSESSOR_VERSION, or take an agent that has assessor." in done.stdout
