"""Endpoints of real repositories against lists that were checked by hand.

They run where ASSESSOR_REPOSITORIES names a folder with clones, each under its own name.
"""

import importlib
import os
import subprocess
from pathlib import Path

import pytest
from unit.collect.languages.endpoints_by_hand import LISTED, Listed
from unit.collect.languages.endpoints_found import values

from assessor.collect import inventory as kinds
from assessor.collect.languages import FAMILIES, LANGUAGES, is_settings, settings
from assessor.collect.languages.resolution import Extracted, Facts
from assessor.collect.worker import TASKS
from assessor.model.records import File, FileKind

READ = {FileKind.SOURCE, FileKind.TEST}


def git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(
        ["git", "-C", folder, *arguments], capture_output=True, check=True
    ).stdout


def clone(listed: Listed) -> Path:
    """The folder of the clone; skips the test where there is none with the commit."""
    root = os.environ.get("ASSESSOR_REPOSITORIES")
    if not root:
        pytest.skip("ASSESSOR_REPOSITORIES names no folder with clones")
    folder = Path(root) / listed.repository.partition("/")[2]
    there = folder.is_dir() and not subprocess.run(
        ["git", "-C", folder, "cat-file", "-e", f"{listed.commit}^{{commit}}"],
        capture_output=True, check=False,
    ).returncode  # fmt: skip
    if not there:
        pytest.skip(f"no clone of {listed.repository} with the commit that was checked")
    return folder


def extracted(task: str, path: str, content: bytes) -> Facts:
    """What the task of phase A gives."""
    module, _, function = TASKS[task].partition(":")
    facts: Facts = getattr(importlib.import_module(module), function)(path, content)
    return facts


def found(folder: Path, listed: Listed) -> set[tuple[str, str, str]]:
    """Method, path and unit of the endpoints of production code at a commit."""
    names = git(folder, "ls-tree", "-r", "--name-only", listed.commit).decode().splitlines()
    alike = kinds.look_alikes(set(names))
    rows: set[tuple[str, str, str]] = set()
    for name, family in FAMILIES.items():
        files, said = [], []
        for path in names:
            kind, rule = kinds.by_path(path, look_alikes=alike)
            file = File(path, kind, kinds.language(path), 0, "", rule)
            language = LANGUAGES.get(file.language)
            if language is not None and language.family == name and kind in READ:
                content = git(folder, "show", f"{listed.commit}:{path}")
                files.append(Extracted(file, extracted(language.task, path, content)))
            elif is_settings(path, name):
                content = git(folder, "show", f"{listed.commit}:{path}")
                said.append(Extracted(file, settings.extract(path, content)))
        ends = family.resolve(files, said).artefacts if files else ()
        rows |= {
            (read["method"], read["path"], read["unit"])
            for one in ends
            if one.kind == "code.endpoint" and one.location.path.startswith(listed.only)
            if (read := values(one))["unit_kind"] == "source"
        }
    return rows


def expected(listed: Listed) -> set[tuple[str, str, str]]:
    rows = (line.split(" ") for line in listed.rows.split("\n") if line)
    below = f"{listed.below}/" if listed.below else ""
    return {(method, path, below + unit) for method, path, unit in rows}


@pytest.mark.slow
@pytest.mark.parametrize("listed", LISTED, ids=lambda one: f"{one.repository}@{one.commit[:8]}")
def test_endpoints__repository_checked_by_hand__all_found_and_none_wrong(listed):
    assert found(clone(listed), listed) == expected(listed)
