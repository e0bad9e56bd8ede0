"""The GitLab component: its form, and its job run for real."""

import re

import pytest
import yaml
from integrations.conftest import BIN, ROOT, git, schema_errors, shell

FILE = ROOT / "integrations" / "gitlab" / "assessor.yml"
TEXT = FILE.read_text("utf-8")
INPUTS = next(yaml.safe_load_all(TEXT))["spec"]["inputs"]
INPUT = re.compile(r"\$\[\[ inputs\.(\w+) \]\]")
REPORTS = ["assessor.sarif", "codequality.json", "gate.json", "gate.md", "junit.xml"]


def _interpolated():
    """The second document with the default of every input in its place, as GitLab does it."""

    def default(match):
        found = INPUTS[match[1]]["default"]
        return str(found).lower() if isinstance(found, bool) else found

    return INPUT.sub(default, TEXT.split("\n---\n")[1])


JOB = yaml.safe_load(_interpolated())["assessor"]


def _run(folder, tmp_path, **more):
    env = {**JOB["variables"], "TMPDIR": str(tmp_path), **more}
    work = tmp_path / "builds"
    git(tmp_path, "clone", "-q", str(folder), str(work))
    return shell("\n".join(JOB["script"]), cwd=work, env=env), work / "assessor-out"


def test_component__its_job_with_all_defaults__is_what_gitlab_asks_for(tmp_path):
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(_interpolated(), "utf-8")
    assert schema_errors(file, "gitlab-ci", "--data-transform", "gitlab-ci") == ""


def test_component__every_input__is_described_and_used():
    assert set(INPUT.findall(TEXT)) == set(INPUTS)
    assert [name for name, each in INPUTS.items() if not each.get("description")] == []


def test_component__inputs__reach_the_shell_as_variables_only():
    job = yaml.safe_load(TEXT.split("\n---\n")[1])["assessor"]
    assert INPUT.findall("\n".join(job["script"])) == []


def test_component__reports__are_kept_whatever_the_outcome_from_the_whole_history():
    assert JOB["artifacts"]["when"] == "always"
    assert JOB["artifacts"]["paths"] == ["assessor-out/"]
    assert JOB["variables"]["GIT_DEPTH"] == "0"


@pytest.mark.slow
def test_job__merge_request_with_something_worse__exit_1_and_all_reports(change, tmp_path):
    base = git(change, "rev-parse", "HEAD~2")
    done, out = _run(change, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 1, done.stdout + done.stderr
    assert sorted(path.name for path in out.iterdir()) == REPORTS
    assert {f"assessor-out/{name}" for name in REPORTS} > set(JOB["artifacts"]["reports"].values())
    assert "Dockerfile:1" in done.stdout


@pytest.mark.slow
def test_job__merged_result__what_the_target_has_already_is_not_held_against_it(change, tmp_path):
    base, target = git(change, "rev-parse", "HEAD~2", "HEAD~1").split()
    more = {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": target,
    }
    assert _run(change, tmp_path, **more)[0].returncode == 0


@pytest.mark.slow
def test_job__nobody_is_to_be_stopped__exit_0_and_all_reports(change, tmp_path):
    base = git(change, "rev-parse", "HEAD~2")
    more = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "ASSESSOR_FAIL": "false"}
    done, out = _run(change, tmp_path, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in out.iterdir()) == REPORTS


@pytest.mark.slow
def test_job__shallow_clone__says_what_to_do(shallow, tmp_path):
    env = {**JOB["variables"], "TMPDIR": str(tmp_path)}
    env["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "1" * 40
    done = shell("\n".join(JOB["script"]), cwd=shallow, env=env)
    assert done.returncode > 1
    assert "Set the variable GIT_DEPTH to 0." in done.stdout


def test_job__nothing_to_install_and_no_assessor__says_so(change, tmp_path):
    path = [each for each in ("/usr/bin", "/bin") if each != str(BIN)]
    done, _ = _run(change, tmp_path, PATH=":".join(path))
    assert done.returncode == 2
    assert "Set the input version, or an image that has assessor." in done.stdout
