"""What could not be read: which records it may hide, and that it lowers the coverage."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from builders import git, repository

from assessor.collect import platform
from assessor.collect.inventory import AFFECTS
from assessor.collect.reading import Read, read
from assessor.collect.repository import CONTENT_LIMIT, entries, open_source
from assessor.model.basis import Skip

DOCKERFILE = platform.affects("Dockerfile")


def silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def found(root: Path, *, worktree: bool = False) -> Read:
    with open_source(root, worktree=worktree) as source:
        return read(source, workers=1, report=silent)


def of(root: Path, files: Mapping[str, str | bytes | None]) -> Read:
    repository(root, [{"files": files}])
    return found(root)


def by_path(result: Read) -> dict[str, Skip]:
    return {skip.path: skip for skip in result.records.skips}


@pytest.mark.parametrize("worktree", [False, True])
def test_read__links_that_a_reader_claims__may_hide_what_it_reads(
    tmp_path: Path, *, worktree: bool
) -> None:
    repository(tmp_path, [{"files": {"Dockerfile@": "build", "A.java@": "B.java", "a.py": ""}}])
    result = found(tmp_path, worktree=worktree)
    skips = by_path(result)
    assert skips["Dockerfile"].affects == DOCKERFILE
    assert skips["A.java"].affects == tuple(sorted(AFFECTS))
    assert result.readable == ("A.java", "Dockerfile", "a.py")


def test_read__links_that_no_reader_claims__hide_nothing(tmp_path: Path) -> None:
    result = of(tmp_path, {"loop@": "loop", "up@": "..", "a.py": ""})
    assert {skip.affects for skip in result.records.skips} == {()}
    assert result.readable == ("a.py",)


def test_read__links_among_vendored_files_and_tests__hide_no_artefact(tmp_path: Path) -> None:
    files = {"node_modules/x/Dockerfile@": "y", "src/test/docker/Dockerfile@": "y"}
    result = of(tmp_path, files)
    assert {skip.affects for skip in result.records.skips} == {()}
    assert result.readable == ("src/test/docker/Dockerfile",)


def test_read__submodule_named_like_a_file__hides_nothing(tmp_path: Path) -> None:
    repository(tmp_path, [{"files": {"a.py": ""}}])
    tip = git(tmp_path, "rev-parse", "HEAD")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{tip},Dockerfile")
    git(tmp_path, "commit", "--quiet", "-m", "submodule")
    result = found(tmp_path)
    assert by_path(result)["Dockerfile"].affects == ()
    assert result.readable == ("a.py",)


def test_read__syntax_error__hides_nothing_else(tmp_path: Path) -> None:
    result = of(tmp_path, {"A.java": "class A { void f( { if }\n"})
    assert [(s.code, s.affects) for s in result.records.skips] == [("syntax-error", ())]
    assert result.readable == ("A.java",)


def test_read__platform_file_over_the_limit__may_hide_what_it_held(tmp_path: Path) -> None:
    result = of(tmp_path, {"k8s.yaml": "#" * (CONTENT_LIMIT + 1)})
    assert set(by_path(result)["k8s.yaml"].affects) == set(platform.affects("k8s.yaml"))
    assert result.readable == ("k8s.yaml",)


def test_read__code_with_nul_bytes__counts_as_not_read(tmp_path: Path) -> None:
    result = of(tmp_path, {"A.java": b"class A {}\0"})
    assert by_path(result)["A.java"].code == "binary"
    assert result.readable == ("A.java",)


def test_read__partial_clone__everything_may_be_hidden(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    repository(shop, [{"files": {"Dockerfile": "FROM x\n", "a.py": "a = 1\n", "LICENSE": "x"}}])
    git(shop, "config", "uploadpack.allowFilter", "true")
    words = ("clone", "--quiet", "--filter=blob:none", "--no-checkout")
    git(tmp_path, *words, f"file://{shop}", "part")
    result = found(tmp_path / "part")
    skips = by_path(result)
    assert skips["Dockerfile"].affects == DOCKERFILE
    assert skips["LICENSE"].affects == ()
    assert set(skips["a.py"].affects) == set(AFFECTS)
    assert result.readable == ("Dockerfile", "a.py")
    assert [file.path for file in result.records.files] == ["Dockerfile", "LICENSE", "a.py"]
    assert (skips[""].code, skips[""].affects) == ("partial-copy", ("history",))
    assert "lacks objects" in skips[""].reason


def test_read__whole_repository_or_plain_folder__has_no_skip_for_the_copy(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/a.py").write_text("", encoding="utf-8")
    repository(tmp_path / "shop", [{"files": {"a.py": ""}}])
    assert found(tmp_path / "plain", worktree=True).records.skips == ()
    assert found(tmp_path / "shop").records.skips == ()


def test_read__folder_whose_repository_is_refused__says_so_without_its_place(
    tmp_path: Path,
) -> None:
    (tmp_path / ".git").write_text("gitdir: /elsewhere\n", encoding="utf-8")
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    [skip] = found(tmp_path, worktree=True).records.skips
    assert (skip.path, skip.code, skip.affects) == ("", "no-copy", ("history",))
    assert "kept elsewhere" in skip.reason
    assert str(tmp_path) not in skip.reason


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whom no permission stops reads it all"
)
def test_read__file_without_permission__may_hide_what_its_name_says(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM x\n", encoding="utf-8")
    (tmp_path / "Dockerfile").chmod(0)
    result = found(tmp_path, worktree=True)
    assert by_path(result)["Dockerfile"].affects == (*DOCKERFILE, "file")
    assert result.readable == ("Dockerfile",)


def test_read__more_files_than_are_listed__everything_may_be_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(entries.__kwdefaults__, "max_entries", 1)
    result = of(tmp_path, {"a.py": "", "b.py": ""})
    affects = by_path(result)[""].affects
    assert {*AFFECTS, *DOCKERFILE, "file"} < set(affects)
