"""Opening a repository: which ones, at which revision, what is in it, and who is turned away."""

import os
import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from builders import git, repository

from assessor.collect.inventory import inventory
from assessor.collect.repository import Source, contents, entries, open_source
from assessor.errors import SourceError, UsageError
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


def test_open_source__work_tree__gives_the_head_commit_in_a_private_copy(shop: Path) -> None:
    with open_source(shop) as source:
        assert source.revision == git(shop, "rev-parse", "HEAD")
        assert (source.time, source.mode, source.root) == (1_700_000_000, "commit", None)
        assert (source.shallow, source.missing_blobs, source.note) == (False, False, "")
        assert read(source) == {"a.py": b"a = 2\n", "b/c.py": b"", "empty": b""}
        copy = source.git_dir
    assert copy is not None
    assert not copy.exists()


def test_open_source__files_changed_on_disk__reads_the_commit(shop: Path) -> None:
    (shop / "a.py").write_text("changed", encoding="utf-8")
    (shop / "new.py").write_text("new", encoding="utf-8")
    with open_source(shop) as source:
        assert read(source)["a.py"] == b"a = 2\n"
        assert "new.py" not in names(source)


@pytest.mark.parametrize("rev", ["v1", "HEAD~1", "main^", "refs/tags/v1"])
def test_open_source__older_revision__reads_that(shop: Path, rev: str) -> None:
    with open_source(shop, rev=rev) as source:
        assert source.revision == git(shop, "rev-parse", "v1^{commit}")
        assert read(source) == {"a.py": b"a = 1\n"}


def test_open_source__bare_repository__is_read_alike(shop: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(shop), "bare")
    with open_source(shop) as one, open_source(tmp_path / "bare") as other:
        assert one.revision == other.revision
        assert inventory(one) == inventory(other)


def test_open_source__detached_head_that_no_branch_holds__is_read(shop: Path) -> None:
    git(shop, "checkout", "--quiet", "--detach")
    git(shop, "commit", "--quiet", "--allow-empty", "--message", "on no branch")
    head = git(shop, "rev-parse", "HEAD")
    with open_source(shop) as source:
        assert source.revision == head


def test_open_source__commit_that_only_another_ref_holds__is_brought_along(shop: Path) -> None:
    git(shop, "checkout", "--quiet", "--detach")
    git(shop, "commit", "--quiet", "--allow-empty", "--message", "a request")
    head = git(shop, "rev-parse", "HEAD")
    git(shop, "update-ref", "refs/pull/7/head", head)
    git(shop, "update-ref", "refs/remotes/origin/topic", head)
    git(shop, "checkout", "--quiet", "main")
    for rev in (head, "pull/7/head", "origin/topic", "origin/topic~0"):
        with open_source(shop, rev=rev) as source:
            assert source.revision == head, rev


@pytest.mark.parametrize(
    "rev", ["nope", "0" * 40, "HEAD:a.py", "--output=x", "-n1", "", " ", "a\nb", "\x1b[31m", "v1:"]
)
def test_open_source__revision_that_does_not_exist__is_named(shop: Path, rev: str) -> None:
    with pytest.raises(UsageError) as caught, open_source(shop, rev=rev):
        pass
    assert repr(rev) in str(caught.value)
    assert not (shop / "x").exists()


def test_open_source__no_such_path__is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"), open_source(tmp_path / "gone"):
        pass


def test_open_source__no_repository__says_how_to_go_on(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--worktree"), open_source(tmp_path):
        pass


def test_open_source__folder_inside_a_repository__names_the_repository(shop: Path) -> None:
    with pytest.raises(SourceError) as caught, open_source(shop / "b"):
        pass
    assert str(caught.value).endswith(f"assess {shop}.")


def test_open_source__no_commit_yet__is_nothing_to_assess(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(SourceError, match="no commit yet"), open_source(tmp_path):
        pass


def test_open_source__unborn_branch_beside_others__asks_for_a_revision(shop: Path) -> None:
    git(shop, "symbolic-ref", "HEAD", "refs/heads/unborn")
    with pytest.raises(UsageError, match="no revision 'HEAD'"), open_source(shop):
        pass


def test_open_source__linked_work_tree_or_submodule__is_turned_away(
    shop: Path, tmp_path: Path
) -> None:
    git(shop, "worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    with pytest.raises(SourceError, match="main repository"), open_source(tmp_path / "linked"):
        pass


@pytest.mark.parametrize(
    "name", ["objects/info/alternates", "objects/info/http-alternates", "commondir"]
)
def test_open_source__repository_leads_elsewhere__is_turned_away(shop: Path, name: str) -> None:
    (shop / ".git" / name).parent.mkdir(exist_ok=True)
    (shop / ".git" / name).write_text("/elsewhere\n", encoding="utf-8")
    with pytest.raises(SourceError, match="another repository"), open_source(shop):
        pass


@pytest.mark.parametrize("name", [".git", ".git/objects", ".git/refs", ".git/HEAD", ".git/config"])
def test_open_source__link_in_place_of_a_part__is_turned_away(
    shop: Path, tmp_path: Path, name: str
) -> None:
    shutil.move(shop / name, tmp_path / "moved")
    (shop / name).symlink_to(tmp_path / "moved")
    with pytest.raises(SourceError, match=r"kept elsewhere|not what git|not a regular"):  # noqa: SIM117 - pytest reads better alone
        with open_source(shop):
            pass


def test_open_source__pack_is_a_link__is_turned_away(shop: Path, tmp_path: Path) -> None:
    git(shop, "gc", "--quiet")
    pack = next((shop / ".git/objects/pack").glob("*.pack"))
    shutil.move(pack, tmp_path / "pack")
    pack.symlink_to(tmp_path / "pack")
    with pytest.raises(SourceError, match="not a regular file"), open_source(shop):
        pass


def test_open_source__path_with_odd_characters__is_read(tmp_path: Path) -> None:
    odd = tmp_path / 'a"b\\c #;\t$(x)'
    head = repository(odd, [{"files": {"a": "1"}}])
    with open_source(odd) as source:
        assert source.revision == head
        assert [entry.path for entry in entries(source)[0]] == ["a"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
def test_open_source__repository_of_another_user__is_read(tmp_path: Path) -> None:
    head = repository(tmp_path / "r", [{"files": {"a": "1"}}])
    for path in (tmp_path / "r", *(tmp_path / "r").rglob("*")):
        os.chown(path, 12345, 12345)
    with open_source(tmp_path / "r") as source:
        assert source.revision == head


def test_open_source__shallow_clone__stays_shallow(shop: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{shop}", "cut")
    with open_source(tmp_path / "cut") as source:
        assert (source.shallow, source.missing_blobs) == (True, False)
        assert read(source)["a.py"] == b"a = 2\n"


def test_open_source__blobs_missing__reads_what_is_there(shop: Path) -> None:
    lost = git(shop, "rev-parse", "HEAD:a.py")
    _lose(shop, lost)
    with open_source(shop) as source:
        assert source.missing_blobs
        assert "lacks objects" in source.note
        assert codes(source) == {"a.py": "missing"}
        assert read(source) == {"b/c.py": b"", "empty": b""}
        ghost = File("a.py", FileKind.SOURCE, "python", 6, lost)
        [(_, skip)] = contents(source, [ghost])
        assert isinstance(skip, Skip)
        assert skip.code == "missing"


def test_open_source__borrowed_objects_and_all_kinds_of_refs__resolves_them(shop: Path) -> None:
    git(shop, "pack-refs", "--all")
    git(shop, "branch", "late", "v1")
    lost = git(shop, "rev-parse", "HEAD:a.py")
    _lose(shop, lost)
    (shop / ".git/refs/heads/bad name").write_text("0" * 40, encoding="utf-8")
    for rev, same in (("v1", "v1"), ("late", "v1"), ("main", "main"), ("HEAD", "main")):
        with open_source(shop, rev=rev) as source:
            assert source.revision == git(shop, "rev-parse", f"{same}^{{commit}}")
            assert source.note


def test_contents__broken_object_in_the_middle__costs_that_file_only(tmp_path: Path) -> None:
    files = {f"f{n}.py": f"content {n}\n" * 50 for n in range(5)}
    repository(tmp_path / "r", [{"files": files}])
    broken = git(tmp_path / "r", "rev-parse", "HEAD:f2.py")
    loose = tmp_path / "r/.git/objects" / broken[:2] / broken[2:]
    loose.chmod(0o644)
    loose.write_bytes(zlib.compress(b"blob 550\0")[:-6] + b"garbage")
    with open_source(tmp_path / "r") as source:
        found = read(source)
    assert found.get("f2.py", "missing") in {"corrupt", "missing"}
    assert [name for name in files if isinstance(found.get(name), bytes)] == [
        "f0.py",
        "f1.py",
        "f3.py",
        "f4.py",
    ]


def test_contents__order_given__is_kept_and_large_ones_skipped(shop: Path) -> None:
    with open_source(shop) as source:
        found, _ = entries(source)
        files = [File(e.path, FileKind.SOURCE, "", e.size, e.blob) for e in reversed(found)]
        assert [(f.path, c) for f, c in contents(source, files, limit=3) if c == b""] == [
            ("empty", b""),
            ("b/c.py", b""),
        ]
        assert read(source, limit=3)["a.py"] == "oversized"


def test_entries__links_submodules_and_odd_names__are_named(tmp_path: Path) -> None:
    repository(
        tmp_path / "r",
        [{"files": {"l@": "/etc/passwd", "caf\udce9 \n\t.py": "x", "ok.py": ""}}],
    )
    head = git(tmp_path / "r", "rev-parse", "HEAD")
    git(tmp_path / "r", "update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    git(tmp_path / "r", "commit", "--quiet", "--message", "submodule")
    with open_source(tmp_path / "r") as source:
        assert names(source) == ["caf\udce9 \n\t.py", "ok.py"]
        assert codes(source) == {"l": "symlink", "sub": "submodule"}
        assert read(source)["caf\udce9 \n\t.py"] == b"x"


def test_entries__tree_with_paths_that_lead_outside__are_refused(tmp_path: Path) -> None:
    repository(tmp_path / "r", [{"files": {"ok.py": "x"}}])
    blob = git(tmp_path / "r", "rev-parse", "HEAD:ok.py")
    raw = b"".join(
        b"100644 %b\0%b" % (name, bytes.fromhex(blob)) for name in (b"..", b".GIT", b"a", b"a")
    )
    tree = git(
        tmp_path / "r", "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw
    )
    commit = git(tmp_path / "r", "commit-tree", tree, "-m", "evil")
    git(tmp_path / "r", "update-ref", "refs/heads/main", commit)
    with open_source(tmp_path / "r") as source:
        assert names(source) == ["a"]
        assert sorted(skip.path for skip in entries(source)[1]) == ["..", ".GIT", "a"]


def test_entries__more_files_than_allowed__says_so(shop: Path) -> None:
    with open_source(shop) as source:
        found, skips = entries(source, max_entries=2)
    assert [entry.path for entry in found] == ["a.py", "b/c.py"]
    assert [skip.code for skip in skips] == ["too-many"]


def test_entries__tree_that_holds_itself_ten_to_the_tenth_times__ends_soon(tmp_path: Path) -> None:
    root = tmp_path / "r"
    repository(root, [{"files": {"x": "boom"}}])
    tree = git(root, "rev-parse", "HEAD^{tree}")
    for _ in range(10):
        lines = "".join(f"040000 tree {tree}\td{n}\n" for n in range(10))
        tree = git(root, "mktree", stdin=lines.encode())
    commit = git(root, "commit-tree", tree, "-m", "bomb")
    git(root, "update-ref", "refs/heads/main", commit)
    with open_source(root) as source:
        found, skips = entries(source, max_entries=1000)
    assert len(found) == 1000
    assert [skip.code for skip in skips] == ["too-many"]


def _lose(root: Path, blob: str) -> None:
    """Deletes an object of a repository so small that its objects are files of their own."""
    (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
