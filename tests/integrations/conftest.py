"""The shell of each integration, run as its CI system runs it, on a real change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.collect.replay import replay
from assessor.resources import packaged

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
DEV = "install the development tools: `make setup`"


def tool(name, *args):
    """The finished process of a development tool; the test fails with what to do without it."""
    if not (BIN / name).is_file():
        pytest.fail(f"{name} is missing; {DEV}")
    words = [str(BIN / name), *map(str, args)]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)


def schema_errors(file, schema, *options):
    """What a vendor's schema has against the file; empty if nothing."""
    # The schema of Azure has patterns that are no regular expressions in Unicode mode.
    fixed = ("--regex-variant", "nonunicode", "--builtin-schema", f"vendor.{schema}")
    done = tool("check-jsonschema", *fixed, *options, file)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def shell(script, *, cwd, env, words=("bash",)):
    """The finished process of a script in `cwd`, which sees assessor and `env`, and no CI."""
    file = Path(env["TMPDIR"]) / "script.sh"
    file.write_text(script, "utf-8")
    base = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "LANG": "C.UTF-8"}
    base["ASSESSOR_CACHE"] = str(Path(env["TMPDIR"]) / "cache")  # nobody's own
    return subprocess.run(
        [*words, str(file)],
        cwd=cwd,
        env={**base, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


def git(folder, *args):
    """What git prints, run by a made-up person."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    words = ["git", "-C", str(folder), *who, *args]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    """The sample shop as a git repository."""
    folder = tmp_path_factory.mktemp("samples") / "shop"
    replay(packaged("sample_repos") / "shop", folder)
    return folder


@pytest.fixture(scope="session")
def change(shop, tmp_path_factory):
    """A clone with two commits since `origin/main`: only the first makes something worse."""
    folder = tmp_path_factory.mktemp("clones") / "shop"
    git(shop.parent, "clone", "-q", str(shop), str(folder))
    file = folder / "Dockerfile"
    text = file.read_text("utf-8")
    file.write_text(text.replace("maven:3.9-eclipse-temurin-21", "maven", 1), "utf-8")
    git(folder, "commit", "-q", "-a", "-m", "Take any maven")
    (folder / "NOTES.md").write_text("More.\n", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Add notes")
    return folder


@pytest.fixture(scope="session")
def shallow(change, tmp_path_factory):
    """A clone of the change as CI systems make it if nobody asks for more: one commit."""
    folder = tmp_path_factory.mktemp("shallow") / "shop"
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "fetch", "-q", "--depth", "1", f"file://{change}", "HEAD")
    git(folder, "checkout", "-q", "--detach", "FETCH_HEAD")
    return folder
