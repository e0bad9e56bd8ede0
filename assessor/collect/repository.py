"""Opens what is to be assessed: one revision in a private bare copy, or a folder as it stands."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assessor.collect import blobs, git, layout, shadow
from assessor.collect import worktree as folder
from assessor.collect.entries import Entry
from assessor.errors import SourceError, UsageError
from assessor.model.basis import Skip
from assessor.model.records import File

CONTENT_LIMIT = 4 << 20
MAX_ENTRIES = 500_000
PARTIAL = (
    "The repository lacks objects or is damaged;"
    " what is there was read, and parts of the history may be missing."
)
LATEST = 253_402_300_799  # the last second of the year 9999; Python knows no later one

NOBODY = "-"  # no commit is called so


@dataclass(frozen=True, slots=True)
class Source:
    """What is assessed. Valid only while the context that gave it is open.

    revision, time: full commit id and commit time (seconds UTC); "" and 0 without git.
    mode: `commit` takes the files from git, `worktree` from the folder `root` as it stands.
    git_dir: the private repository, for files and history; None without git.
    shallow: the history was cut. missing_blobs: objects may be missing, so ask git for nothing
    that needs every blob.
    borrowed: the folder that objects are read out of, which may call them by ids that are not
    theirs: what is kept by such an id holds for this folder only. "" without git.
    attributes_of: the commit whose `.gitattributes` count, "" = those of the source itself,
    `NOBODY` = none at all.
    note: one sentence if the repository is not whole, or could not be read although there is one;
    "" otherwise.
    """

    revision: str
    time: int
    mode: Literal["commit", "worktree"]
    git_dir: Path | None
    root: Path | None
    shallow: bool
    missing_blobs: bool
    note: str = ""
    attributes_of: str = ""
    borrowed: str = ""


@contextlib.contextmanager
def open_source(path: Path, *, rev: str = "HEAD", worktree: bool = False) -> Iterator[Source]:
    """The repository at `path` (the root of a work tree, or a bare one) at revision `rev`.

    worktree: take the files from the folder as they stand; a repository there, if it can be
    read, then only gives the history. Nothing is ever run in `path` or written to it.
    Raises `UsageError` for a path or revision that does not exist, `SourceError` where there is
    no repository, an empty one, or one that leads outside of its folder.
    """
    if not path.is_dir():
        raise UsageError(f"{path}: there is no such folder.")
    root = path.resolve()
    with tempfile.TemporaryDirectory(prefix="assessor-") as scratch:
        copy = Path(scratch).resolve() / "copy"
        yield _work_tree(root, rev=rev, copy=copy) if worktree else _commit(root, rev, copy=copy)


def entries(
    source: Source, *, max_entries: int = MAX_ENTRIES
) -> tuple[tuple[Entry, ...], tuple[Skip, ...]]:
    """All regular files of the source by path; links, submodules and the like as skips.

    max_entries: files after so many are left out, and a skip says so.
    """
    if source.root is not None:
        return folder.scan(source.root, max_entries=max_entries)
    return blobs.tree(_git_dir(source), source.revision, max_entries=max_entries)


def contents(
    source: Source, files: Sequence[File], *, limit: int = CONTENT_LIMIT
) -> Iterator[tuple[File, bytes | Skip]]:
    """The bytes of each file, in the given order; a skip in their place if they cannot be had.

    limit: bytes; a larger file is not read at all.
    """
    if source.root is not None:
        return folder.contents(source.root, files, limit=limit)
    return blobs.contents(_git_dir(source), files, limit=limit)


def lasting(source: Source, file: File, content: bytes) -> bool:
    """Whether what is read out of the content holds wherever the file's blob id is met again.

    Not so in a folder where somebody wrote to the file after its id was computed.
    """
    return source.root is None or folder.holds(file, content)


def _git_dir(source: Source) -> Path:
    if source.git_dir is None:
        raise ValueError("a source of mode `commit` has a git_dir")
    return source.git_dir


def _commit(root: Path, rev: str, *, copy: Path) -> Source:
    """The sanitised repository at the wanted revision."""
    target = layout.git_folder(root)
    if rev.startswith("-") or not rev.strip() or not rev.isprintable():
        raise UsageError(f"{rev!r} is no revision; name a commit, branch or tag.")
    note = _copy(target, copy=copy)
    revision = resolved(rev, copy=copy, root=root)
    return Source(
        revision=revision,
        time=_commit_time(copy, revision),
        mode="commit",
        git_dir=copy,
        root=None,
        shallow=(copy / "shallow").is_file(),
        missing_blobs=bool(note),
        note=note,
        borrowed=str(target),
    )


def _work_tree(root: Path, *, rev: str, copy: Path) -> Source:
    """The folder as it stands, with the history of `rev` if there is a readable repository."""
    try:
        commit = _commit(root, rev, copy=copy)
    except SourceError as error:
        return Source(
            revision="",
            time=0,
            mode="worktree",
            git_dir=None,
            root=root,
            shallow=False,
            missing_blobs=False,
            note=_unread_history(root, error),
        )
    return replace(commit, mode="worktree", root=root)


def _unread_history(root: Path, error: SourceError) -> str:
    """Why the repository in the folder was not read, without the place; "" where there is none."""
    if not os.path.lexists(root / ".git"):
        return ""
    told = str(error).replace(f"{root}{os.sep}", "").removeprefix(f"{root}: ")
    return f"The history was not read: {told}"


def _copy(target: Path, *, copy: Path) -> str:
    """Makes a repository that borrows the objects of the target; says if some are missing, or "".

    To copy the objects too would take four seconds for ten thousand commits, and protect from
    nothing: git reads nothing but objects by this way, and a target decides on those anyhow.
    """
    git.program()
    shadow.borrow(target, copy=copy)
    return "" if shadow.whole(copy) else PARTIAL


def resolved(rev: str, *, copy: Path, root: Path) -> str:
    """The full id of the commit that `rev` names."""
    found = _commit_id(copy, rev)
    if found:
        return found
    if not git.run(copy, "for-each-ref", "--count=1") and not _commit_id(copy, "HEAD"):
        raise SourceError(
            f"{root}: the repository has no commit yet, so there is nothing to assess."
        )
    raise UsageError(f"{root}: there is no revision {rev!r}; name a commit, branch or tag.")


def _commit_id(copy: Path, rev: str) -> str:
    """The full id of the commit, "" if there is no such."""
    with contextlib.suppress(git.GitError):
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
        return git.run(copy, *words).decode("ascii").strip()
    return ""


def _commit_time(copy: Path, revision: str) -> int:
    """Commit time in seconds UTC, clamped to what dates can hold."""
    printed = git.run(copy, "rev-list", "--no-walk", "--timestamp", "--end-of-options", revision)
    return min(max(int(printed.split()[0]), 0), LATEST)
