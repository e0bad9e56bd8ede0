"""A change: the commit that it starts from, what it renames and edits, files of that commit."""

import contextlib
import shutil
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from assessor.collect import blobs, git, worktree
from assessor.collect.entries import path_skip
from assessor.collect.repository import MAX_ENTRIES, Source, contents, entries, resolved
from assessor.errors import UsageError
from assessor.model.records import File, FileKind

FILE_LIMIT = 8 << 20
FOLDER_LIMIT = 500  # files
INDEX_LIMIT = 256 << 20
LINK = b"120000"  # mode of a symbolic link in a tree


@dataclass(frozen=True, slots=True)
class Change:
    """What leads from `base` to the source's revision.

    base: full commit id, "" where there is no earlier commit to be seen. time: of the base
    (seconds UTC). renames: path in the base -> path now. edited: paths that were added, changed
    or deleted, sorted.
    """

    base: str
    time: int
    renames: dict[str, str]
    edited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uncommitted:
    """Where a folder differs from its commit.

    changed: paths in the folder whose content is new. gone: paths in the commit whose content is
    no more. renames: path in the commit -> path now, of files that were moved as they are.
    untracked: paths that git does not track; they are none of the others. Empty where its index
    cannot be read.
    """

    changed: frozenset[str]
    gone: frozenset[str]
    renames: dict[str, str]
    untracked: frozenset[str]


def change(source: Source, path: Path, *, since: str | None) -> Change:
    """The change that the revision of the open source is.

    since: branch, tag or commit that it is to be merged into; the base is where the two parted.
    None, or one that has the revision already: the change is the last commit. Raises UsageError
    for a revision that does not exist; in a shallow clone it may just not have been fetched, and
    the base is not seen.
    """
    copy = repository_of(source)
    base = "" if since is None else _parted(source, since, root=path.resolve())
    if since is None or base == source.revision:
        base = _said(copy, "rev-parse", "--verify", "--quiet", f"{source.revision}^1^{{commit}}")
    if not base:
        return Change("", 0, {}, ())
    time = _said(copy, "show", "--no-patch", "--format=%ct", base)
    return Change(base, int(time or 0), *_between(copy, base, source.revision))


def _parted(source: Source, since: str, *, root: Path) -> str:
    """Where the two parted, "" where a cut history does not show it; the other one itself where
    they have nothing in common.
    """
    copy = repository_of(source)
    try:
        other = resolved(since, copy=copy, root=root)
    except UsageError:
        if source.shallow:
            return ""
        raise
    return _said(copy, "merge-base", other, source.revision) or ("" if source.shallow else other)


def renamed(source: Source, since: str) -> dict[str, str]:
    """Path in the commit `since` -> path now, for files that were renamed in between."""
    with contextlib.suppress(git.GitError):
        return _between(repository_of(source), since, source.revision)[0]
    return {}


def before(source: Source, found: Change) -> Source:
    """The base of the change as a source; valid as long as the other is open."""
    return replace(source, revision=found.base, time=found.time)


def at(source: Source, revision: str, path: str) -> bytes | None:
    """The content of a file of that commit, None where it has no such file; a link is none."""
    copy = repository_of(source)
    with contextlib.suppress(git.GitError):
        if git.run(copy, "ls-tree", "-z", "--end-of-options", revision, path).startswith(LINK):
            return None
        return git.run(copy, "cat-file", "blob", f"{revision}:{path}", limit=FILE_LIMIT)
    return None


def copied(source: Source, revision: str, folder: str, *, target: Path) -> bool:
    """Writes the commit's files below `folder` (`.` = all) to `target`; False without any.

    Raises UsageError for more than `FOLDER_LIMIT` of them.
    """
    start = "" if folder == "." else f"{folder}/"
    found, _ = blobs.tree(repository_of(source), revision, max_entries=MAX_ENTRIES)
    inside = [entry.path for entry in found if entry.path.startswith(start)]
    if len(inside) > FOLDER_LIMIT:
        raise UsageError(f"{folder}: holds more than {FOLDER_LIMIT} files at {revision[:10]}.")
    for path in inside:
        content = at(source, revision, path)
        below = path.removeprefix(start)
        if content is not None and path_skip(below) is None:
            file = target / below
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return bool(inside)


def uncommitted(source: Source) -> Uncommitted:
    """How the folder differs from its commit. Files that differ by line endings only, which git
    may well have made, are not changed.
    """
    there, _ = entries(replace(source, root=None, mode="commit"))
    here, _ = entries(source)
    old, every = ({each.path: each.blob for each in found} for found in (there, here))
    tracked = _tracked(source)
    now = {p: blob for p, blob in every.items() if p in old or tracked is None or p in tracked}
    differing = {path for path in now if old.get(path) != now[path]}
    same = _but_for_endings(source, differing & old.keys(), old=old)
    changed = frozenset(differing - same)
    gone = frozenset(path for path, blob in old.items() if now.get(path) != blob) - same
    moved = {old[path]: path for path in sorted(gone - now.keys())}
    renames = {
        moved[now[path]]: path for path in sorted(changed - old.keys()) if now[path] in moved
    }
    return Uncommitted(changed, gone, renames, frozenset(every.keys() - now.keys()))


def _tracked(source: Source) -> frozenset[str] | None:
    """The paths in the index of the folder's repository, None where it cannot be read."""
    index, copy = Path(source.borrowed, "index"), repository_of(source)
    if index.is_symlink() or not index.is_file() or index.stat().st_size > INDEX_LIMIT:
        return None
    try:
        shutil.copyfile(index, copy / "index")
        printed = git.run(copy, "ls-files", "-z", "--cached")
    except (OSError, git.GitError):
        return None
    finally:
        (copy / "index").unlink(missing_ok=True)
    return frozenset(printed.decode("utf-8", "surrogateescape").split("\0"))


def _but_for_endings(
    source: Source, paths: AbstractSet[str], *, old: Mapping[str, str]
) -> frozenset[str]:
    """Those that are the same once lines end as in the repository."""
    files = [File(path, FileKind.OTHER, "", 0, old[path]) for path in sorted(paths)]
    return frozenset(
        file.path
        for file, content in contents(source, files, limit=FILE_LIMIT)
        if isinstance(content, bytes)
        and b"\r\n" in content
        and worktree.holds(file, content.replace(b"\r\n", b"\n"))
    )


def repository_of(source: Source) -> Path:
    """The private repository of a source that has one. Raises ValueError for another."""
    if source.git_dir is None:
        raise ValueError("a change is one of commits")
    return source.git_dir


def _said(copy: Path, *words: str) -> str:
    with contextlib.suppress(git.GitError):
        return git.run(copy, *words).decode("ascii").strip()
    return ""


def _between(copy: Path, base: str, head: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Renames and edited paths between two commits."""
    printed = git.run(
        copy, "diff-tree", "-r", "-z", "-M", "--name-status", "--end-of-options", base, head
    )
    words = iter(printed.decode("utf-8", "surrogateescape").split("\0"))
    renames: dict[str, str] = {}
    edited: set[str] = set()
    for status in words:
        if not status:
            continue
        path = next(words)
        edited.add(path)
        if status.startswith(("R", "C")):
            target = next(words)
            edited.add(target)
            if status.startswith("R"):
                renames[path] = target
    return renames, tuple(sorted(edited))
