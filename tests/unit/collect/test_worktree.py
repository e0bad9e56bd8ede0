"""Folders as they stand: what is passed over, what is never followed, what is bounded."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from builders import git, repository

from assessor.collect.inventory import inventory
from assessor.collect.repository import Source, contents, entries, open_source
from assessor.model.basis import Skip
from assessor.model.records import File, FileKind


def names(source: Source) -> list[str]:
    return [entry.path for entry in entries(source)[0]]


def codes(source: Source) -> dict[str, str]:
    return {skip.path: skip.code for skip in entries(source)[1]}


def read(source: Source, *, limit: int = 1 << 20) -> Mapping[str, bytes | str]:
    found, _ = entries(source)
    files = [File(e.path, FileKind.SOURCE, "", e.size, e.blob) for e in found]
    return {
        file.path: content.code if isinstance(content, Skip) else content
        for file, content in contents(source, files, limit=limit)
    }


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    repository(
        tmp_path / "shop",
        [
            {"files": {"a.py": "a = 1\n"}, "tags": ["v1"]},
            {"files": {"a.py": "a = 2\n", "b/c.py": "", "empty": ""}, "date": 1_700_000_000},
        ],
    )
    return tmp_path / "shop"


def test_open_source__worktree_of_a_plain_folder__reads_the_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a = 1\n", encoding="utf-8")
    (tmp_path / "target").mkdir()
    (tmp_path / "pom.xml").write_text("<project/>", encoding="utf-8")
    (tmp_path / "target/A.java").write_text("class A {}", encoding="utf-8")
    (tmp_path / "x/target").mkdir(parents=True)
    (tmp_path / "x/target/B.java").write_text("class B {}", encoding="utf-8")
    with open_source(tmp_path, worktree=True) as source:
        assert (source.revision, source.time, source.mode) == ("", 0, "worktree")
        assert (source.git_dir, source.root, source.note) == (None, tmp_path.resolve(), "")
        assert names(source) == ["a.py", "pom.xml", "x/target/B.java"]
        assert codes(source) == {"target": "build-output"}
        assert read(source)["a.py"] == b"a = 1\n"
        assert entries(source)[0][0].blob == git(tmp_path, "hash-object", "a.py")


def test_open_source__worktree_with_a_repository__has_its_history_too(shop: Path) -> None:
    with open_source(shop, worktree=True) as source:
        assert source.revision == git(shop, "rev-parse", "HEAD")
        assert source.mode == "worktree"
        assert source.git_dir is not None
    (shop / "a.py").write_text("a = 3\n", encoding="utf-8")
    with open_source(shop, worktree=True) as source:
        assert read(source)["a.py"] == b"a = 3\n"


def test_open_source__worktree_and_commit__same_files_and_blob_ids(shop: Path) -> None:
    with open_source(shop) as one, open_source(shop, worktree=True) as other:
        assert entries(one) == entries(other)
        assert inventory(one) == inventory(other)


def test_open_source__worktree_whose_repository_is_refused__reads_without_history(
    shop: Path, tmp_path: Path
) -> None:
    git(shop, "worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    with open_source(tmp_path / "linked", worktree=True) as source:
        assert source.git_dir is None
        assert "kept elsewhere" in source.note
        assert names(source) == ["a.py", "b/c.py", "empty"]


def test_open_source__worktree_with_links_pipes_and_nested_repositories__passes_them_over(
    shop: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (shop / "secret.py").symlink_to(tmp_path / "secret")
    (shop / "loop").symlink_to(shop)
    os.mkfifo(shop / "main.py")
    repository(shop / "nested", [{"files": {"n.py": ""}}])
    (shop / "node_modules").mkdir()
    with open_source(shop, worktree=True) as source:
        assert names(source) == ["a.py", "b/c.py", "empty"]
        assert codes(source) == {
            "loop": "symlink",
            "main.py": "not-regular",
            "nested": "submodule",
            "node_modules": "build-output",
            "secret.py": "symlink",
        }


def test_contents__worktree_file_exchanged_for_a_link_or_pipe__is_not_followed(
    shop: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    with open_source(shop, worktree=True) as source:
        files = [File(e.path, FileKind.SOURCE, "", e.size, e.blob) for e in entries(source)[0]]
        (shop / "a.py").unlink()
        (shop / "a.py").symlink_to(tmp_path / "secret")
        shutil.move(shop / "b", tmp_path / "moved")
        (shop / "b").symlink_to(tmp_path / "moved")
        (shop / "empty").unlink()
        os.mkfifo(shop / "empty")
        found = [content for _, content in contents(source, files)]
    assert [c.code for c in found if isinstance(c, Skip)] == ["unreadable"] * 3


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """1,200 folders in each other; taken apart again, since no ordinary clean-up can do it."""
    here = os.getcwd()  # noqa: PTH109 - so deep that no absolute path reaches it
    os.chdir(tmp_path)
    for _ in range(1200):
        os.mkdir("d")  # noqa: PTH102 - as above
        os.chdir("d")
    os.chdir(here)
    yield tmp_path
    os.chdir(tmp_path)
    for _ in range(1200):
        os.chdir("d")
    for _ in range(1200):
        os.chdir("..")
        os.rmdir("d")  # noqa: PTH106 - as above
    os.chdir(here)


def test_entries__worktree_deeper_than_allowed__stops_with_a_skip(deep: Path) -> None:
    with open_source(deep, worktree=True) as source:
        assert list(codes(source).values()) == ["too-deep"]


def test_entries__sparse_file_of_many_gigabytes__is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.py").open("wb") as file:
        file.truncate(10 << 30)
    with open_source(tmp_path, worktree=True) as source:
        [entry] = entries(source)[0]
        assert (entry.size, entry.blob) == (10 << 30, "")
        assert read(source) == {"huge.py": "oversized"}
