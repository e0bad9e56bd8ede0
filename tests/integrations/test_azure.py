"""The template of Azure Pipelines: its form, and its script run for real."""

import pytest
import yaml
from integrations.conftest import ROOT, git, schema_errors, shell

FILE = ROOT / "integrations" / "azure-pipelines.yml"
TEMPLATE = yaml.safe_load(FILE.read_text("utf-8"))
PARAMETERS = {each["name"]: each for each in TEMPLATE["parameters"]}
STEP = next(step for step in TEMPLATE["steps"] if "bash" in step)
SHOWN = [step for step in TEMPLATE["steps"] if "condition" in step]
FILES = ["gate.json", "gate.txt", "junit.xml", "sarif", "summary.md"]


def _run(folder, tmp_path, **more):
    inputs = {
        f"ASSESSOR_{name.upper()}": str(each["default"]) for name, each in PARAMETERS.items()
    }
    env = {**inputs, "TMPDIR": str(tmp_path), "AGENT_TEMPDIRECTORY": str(tmp_path), **more}
    words = ("bash", "--noprofile", "--norc")
    return shell(STEP["bash"], cwd=folder, env=env, words=words), tmp_path / "assessor-out"


def test_template__its_form__is_what_azure_asks_for(tmp_path):
    # The schema takes every default for text; Azure reads the word of a boolean as one.
    text = FILE.read_text("utf-8").replace("default: true\n", 'default: "true"\n')
    (tmp_path / "template.yml").write_text(text, "utf-8")
    transform = ("--data-transform", "azure-pipelines")
    assert schema_errors(tmp_path / "template.yml", "azure-pipelines", *transform) == ""


def test_template__parameters__reach_the_shell_as_environment_only():
    assert "${{" not in STEP["bash"]
    assert "$(" not in STEP["bash"]


def test_template__reports__are_published_whatever_the_outcome():
    tasks = ["PublishTestResults@2", "PublishBuildArtifacts@1"]
    assert [(step["task"], step["condition"]) for step in SHOWN] == [
        (task, "always()") for task in tasks
    ]
    assert SHOWN[1]["inputs"]["ArtifactName"] == "CodeAnalysisLogs"


@pytest.mark.slow
@pytest.mark.parametrize("target", ["refs/heads/main", "main"])
def test_script__pull_request_with_something_worse__exit_1_and_all_reports(
    change, tmp_path, target
):
    done, out = _run(change, tmp_path, SYSTEM_PULLREQUEST_TARGETBRANCH=target)
    assert done.returncode == 1, done.stdout + done.stderr
    assert sorted(path.name for path in out.iterdir()) == FILES
    assert [path.name for path in (out / "sarif").iterdir()] == ["assessor.sarif"]
    assert f"##vso[task.uploadsummary]{out}/summary.md" in done.stdout
    assert "Dockerfile:1" in done.stdout


@pytest.mark.slow
def test_script__nobody_is_to_be_stopped__exit_0(change, tmp_path):
    more = {"SYSTEM_PULLREQUEST_TARGETBRANCH": "main", "ASSESSOR_FAIL": "False"}
    assert _run(change, tmp_path, **more)[0].returncode == 0


@pytest.mark.slow
def test_script__a_file_named_like_a_command__starts_none(change, tmp_path):
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(change), str(folder))
    hostile = folder / "##vso[task.setvariable variable=a]b"
    hostile.mkdir()
    (hostile / "Dockerfile").write_text("FROM maven\n", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Take over")
    done, _ = _run(folder, tmp_path)
    assert "task.setvariable" in done.stdout
    commands = [line for line in done.stdout.splitlines() if "##vso[" in line]
    assert [line.partition("]")[0] for line in commands] == ["##vso[task.uploadsummary"]


@pytest.mark.slow
def test_script__shallow_checkout__says_to_fetch_all(shallow, tmp_path):
    done, _ = _run(shallow, tmp_path, SYSTEM_PULLREQUEST_TARGETBRANCH="main")
    assert done.returncode > 1
    assert "fetchDepth: 0" in done.stdout
