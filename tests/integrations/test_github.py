"""action.yml: its form, and its steps run for real."""

import re
import shutil
import zipfile

import pytest
import yaml
from integrations.conftest import BIN, ROOT, schema_errors, shell

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step.get("id", step["name"]): step for step in ACTION["runs"]["steps"]}
SCRIPTS = sorted((ROOT / "integrations" / "github").glob("*.sh"))
MARKER = "<!-- assessor:gate -->"


def _environment(tmp_path, **more):
    """What a runner and the defaults of the action set for every step."""
    inputs = {
        f"ASSESSOR_{name.upper()}": ACTION["inputs"][name]["default"]
        for name in ("path", "policy", "base", "baseline", "waivers", "lang", "out", "version")
    }
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    place = {
        "ASSESSOR": str(BIN / "assessor"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_REPOSITORY": "shop/shop",
        "GITHUB_SERVER_URL": "https://github.com",
        "RUNNER_TEMP": str(tmp_path),
        "TMPDIR": str(tmp_path),
    }
    return {**inputs, **files, **place, **more}


def _step(name, cwd, env):
    words = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
    return shell(STEPS[name]["run"], cwd=cwd, env=env, words=words)


def _outputs(tmp_path):
    lines = (tmp_path / "GITHUB_OUTPUT").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_action__its_form__is_what_github_asks_for():
    assert schema_errors(ROOT / "action.yml", "github-actions") == ""


def test_action__other_actions__are_pinned_by_commit_with_their_version():
    text = (ROOT / "action.yml").read_text("utf-8")
    used = re.findall(r"^\s*(?:- )?uses: (.+)$", text, re.MULTILINE)
    assert used
    assert [u for u in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", u)] == []


def test_action__inputs__reach_the_shell_as_environment_only():
    texts = [step.get("run", "") for step in STEPS.values()]
    assert [t for t in (*texts, *(s.read_text("utf-8") for s in SCRIPTS)) if "${{" in t] == []


def test_action__every_step_that_runs__names_its_script_and_has_what_it_reads():
    read = re.compile(r"\$\{?(ASSESSOR\w*|GH_TOKEN)")
    for step in (step for step in STEPS.values() if "run" in step):
        named = [script for script in SCRIPTS if f"/{script.name}" in step["run"]]
        texts = [step["run"], *(script.read_text("utf-8") for script in named)]
        assert set(read.findall("\n".join(texts))) == set(step["env"]), step["name"]


@pytest.mark.slow
def test_gate_step__pull_request_with_something_worse__outputs_files_annotation_and_summary(
    change, tmp_path
):
    env = _environment(tmp_path, GITHUB_BASE_REF="main", ASSESSOR_LANG="en")
    done = _step("gate", change, env)
    assert done.returncode == 0, done.stdout + done.stderr
    out = tmp_path / "assessor-out"
    assert _outputs(tmp_path) == {
        "outcome": "not-met",
        "exit-code": "1",
        "out": str(out),
        "sarif": str(out / "assessor.sarif"),
        "comment": str(out / "comment.md"),
    }
    names = ["assessor.sarif", "comment.md", "gate.json", "junit.xml", "summary.md"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert (out / "comment.md").read_text("utf-8").startswith(f"{MARKER}\n")
    assert "::error file=Dockerfile,line=1," in done.stdout
    assert "Dockerfile:1" in (tmp_path / "GITHUB_STEP_SUMMARY").read_text("utf-8")


@pytest.mark.slow
def test_gate_step__no_pull_request__the_last_commit_is_judged(change, tmp_path):
    _step("gate", change, _environment(tmp_path))
    assert _outputs(tmp_path)["outcome"] == "met"


@pytest.mark.slow
def test_gate_step__a_merge_queue__its_base_is_taken(change, tmp_path):
    _step("gate", change, _environment(tmp_path, ASSESSOR_BASE="HEAD~2"))
    assert _outputs(tmp_path)["outcome"] == "not-met"


@pytest.mark.slow
def test_gate_step__shallow_checkout__says_to_fetch_all(shallow, tmp_path):
    done = _step("gate", shallow, _environment(tmp_path, GITHUB_BASE_REF="main"))
    assert done.returncode == 0, done.stderr
    assert _outputs(tmp_path)["outcome"] in {"unknown", "error"}
    assert "fetch-depth: 0" in done.stdout


@pytest.mark.slow
def test_gate_step__an_error_that_quotes_a_command__starts_none(change, tmp_path):
    policy = tmp_path / "policy.yaml"
    policy.write_text('"##[add-mask]x": 1\n', "utf-8")
    done = _step("gate", change, _environment(tmp_path, ASSESSOR_POLICY=str(policy)))
    assert _outputs(tmp_path)["outcome"] == "error"
    assert _outputs(tmp_path)["sarif"] == ""
    assert "add-mask" in done.stdout
    assert "##[" not in done.stdout


@pytest.mark.parametrize(
    ("fail", "code", "expected"),
    [
        ("true", "0", 0),
        ("true", "1", 1),
        ("true", "4", 4),
        ("false", "1", 0),
        ("false", "4", 0),
        ("false", "2", 2),
        ("false", "70", 70),
        ("False", "1", 1),
    ],
)
def test_decide_step__by_code_and_input__fails_or_not(tmp_path, fail, code, expected):
    env = _environment(tmp_path, ASSESSOR_FAIL=fail, ASSESSOR_CODE=code)
    assert _step("Decide", tmp_path, env).returncode == expected


# The only stand-in: it keeps what it is asked for, and answers a query with the ids in a file.
GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$TMPDIR/asked"
case $* in
  *mutation*) exit "${GH_WRITES:-0}" ;;
  *) cat "$TMPDIR/found"; exit "${GH_READS:-0}" ;;
esac
"""


def _comment(tmp_path, *, found="", **more):
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "gh").write_text(GH, "utf-8")
    (folder / "gh").chmod(0o755)
    (tmp_path / "found").write_text(found, "utf-8")
    (tmp_path / "comment.md").write_text(f"{MARKER}\nNot met.\n", "utf-8")
    env = {
        "PATH": f"{folder}:/usr/bin:/bin",
        "GH_TOKEN": "none",
        "ASSESSOR_COMMENT": str(tmp_path / "comment.md"),
        "ASSESSOR_HEAD": "shop/shop",
        "ASSESSOR_PULL": "PR_1",
    }
    done = _step(
        "Comment on the pull request", tmp_path, _environment(tmp_path, **{**env, **more})
    )
    assert done.returncode == 0, done.stderr
    asked = tmp_path / "asked"
    return done.stdout, asked.read_text("utf-8") if asked.exists() else ""


def test_comment_step__none_of_ours__adds_one_to_the_pull_request(tmp_path):
    said, asked = _comment(tmp_path)
    assert said == ""
    assert "addComment" in asked
    assert f"-f id=PR_1 -F body=@{tmp_path}/comment.md" in asked


def test_comment_step__one_of_ours__edits_it(tmp_path):
    _, asked = _comment(tmp_path, found="IC_7\nIC_8\n")
    assert "updateIssueComment" in asked
    assert "-f id=IC_7 -F body=@" in asked
    assert "addComment" not in asked


def test_comment_step__a_comment_of_somebody_else_with_the_marker__is_not_asked_for(tmp_path):
    _, asked = _comment(tmp_path)
    assert f'select(.viewerDidAuthor and (.body | startswith("{MARKER}")))' in asked


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"ASSESSOR_HEAD": "somebody/shop"}, "from a fork"),
        ({"GH_TOKEN": ""}, "without a token"),
        ({"ASSESSOR_COMMENT": ""}, "nothing to comment"),
    ],
)
def test_comment_step__nothing_may_be_written__says_why_and_asks_nothing(tmp_path, more, why):
    said, asked = _comment(tmp_path, **more)
    assert why in said
    assert asked == ""


@pytest.mark.parametrize("refused", ["GH_READS", "GH_WRITES"])
def test_comment_step__the_token_may_not__says_the_permission_and_passes(tmp_path, refused):
    said, _ = _comment(tmp_path, **{refused: "1"})
    assert "pull-requests: write" in said


def _wheel(folder):
    """A wheel without dependencies whose command `assessor` prints one word."""
    file = folder / "assessor-9.0-py3-none-any.whl"
    about = "assessor-9.0.dist-info"
    texts = {
        "assessor_stub.py": "def main():\n    print('installed')\n",
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: assessor\nVersion: 9.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/entry_points.txt": "[console_scripts]\nassessor = assessor_stub:main\n",
    }
    record = "".join(f"{name},,\n" for name in (*texts, f"{about}/RECORD"))
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in {**texts, f"{about}/RECORD": record}.items():
            archive.writestr(name, text)
    return file


@pytest.mark.slow
def test_install_step__modules_of_the_workspace__are_never_imported(tmp_path):
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    for name in ("venv", "pip", "ensurepip", "runpy"):
        (workspace / f"{name}.py").write_text("raise SystemExit('taken over')\n", "utf-8")
    python = shutil.which("python3")
    version = str(_wheel(tmp_path))
    env = _environment(tmp_path, ASSESSOR_PYTHON=python, ASSESSOR_VERSION=version)
    done = _step("install", workspace, env)
    assert done.returncode == 0, done.stderr
    installed = shell(_outputs(tmp_path)["assessor"], cwd=workspace, env={"TMPDIR": str(tmp_path)})
    assert installed.stdout == "installed\n"
