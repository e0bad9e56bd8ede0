"""The hook of pre-commit: its form, and its entry run for real."""

import shlex

import pytest
import yaml
from integrations.conftest import ROOT, git, shell, tool

FILE = ROOT / ".pre-commit-hooks.yaml"
(HOOK,) = yaml.safe_load(FILE.read_text("utf-8"))


def test_hook__its_form__is_what_pre_commit_asks_for():
    done = tool("pre-commit", "validate-manifest", FILE)
    assert done.returncode == 0, done.stdout


def test_hook__one_run_for_a_commit__with_no_file_names():
    assert (HOOK["pass_filenames"], HOOK["require_serial"]) == (False, True)
    assert shlex.split(HOOK["entry"]) == ["assessor", "check", "--fast"]


def _entry(shop, tmp_path, old, new):
    folder = tmp_path / "shop"
    git(tmp_path, "clone", "-q", str(shop), str(folder))
    file = folder / "Dockerfile"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    git(folder, "add", "-A")
    return shell(HOOK["entry"], cwd=folder, env={"TMPDIR": str(tmp_path)})


@pytest.mark.slow
def test_hook__something_worse_is_to_be_committed__exit_1_and_its_place(shop, tmp_path):
    done = _entry(shop, tmp_path, "maven:3.9-eclipse-temurin-21", "maven")
    assert done.returncode == 1, done.stderr
    assert "Dockerfile:1" in done.stdout


@pytest.mark.slow
def test_hook__nothing_worse__exit_0(shop, tmp_path):
    done = _entry(shop, tmp_path, "FROM", "# builds the shop\nFROM")
    assert done.returncode == 0, done.stdout + done.stderr
