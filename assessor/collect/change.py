"""A change: the commit that it starts from, what it renames and edits, files of that commit."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from assessor.collect import git, layout
from assessor.collect.repository import Source, resolved

POLICY_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Change:
    """What leads from `base` to the source's revision.

    base: full commit id, "" where there is no earlier commit to be seen. renames: path in the base
    -> path now. edited: paths that were added, changed or deleted, sorted.
    """

    base: str
    renames: dict[str, str]
    edited: tuple[str, ...]


def change(source: Source, path: Path, *, since: str | None) -> Change:
    """The change that the revision of the open source is.

    since: branch, tag or commit that it is to be merged into; the base is where the two parted.
    None: the change is the last commit. Raises UsageError for a revision that does not exist.
    """
    copy = _copy(source)
    if since is None:
        base = _said(copy, "rev-parse", "--verify", "--quiet", f"{source.revision}^1^{{commit}}")
    else:
        root = path.resolve()
        other = resolved(layout.git_folder(root), since, copy=copy, root=root)
        base = _said(copy, "merge-base", other, source.revision)
    if not base:
        return Change("", {}, ())
    words = ("diff-tree", "-r", "-z", "-M", "--name-status", base, source.revision)
    return Change(base, *_told(git.run(copy, *words)))


def at(source: Source, revision: str, path: str) -> bytes | None:
    """The content of a file of that commit, None where it has no such file."""
    with contextlib.suppress(git.GitError):
        return git.run(_copy(source), "cat-file", "blob", f"{revision}:{path}", limit=POLICY_LIMIT)
    return None


def _copy(source: Source) -> Path:
    if source.git_dir is None:
        raise ValueError("a change is one of commits")
    return source.git_dir


def _said(copy: Path, *words: str) -> str:
    with contextlib.suppress(git.GitError):
        return git.run(copy, *words).decode("ascii").strip()
    return ""


def _told(printed: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    """Renames and edited paths of `diff-tree -z --name-status`."""
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
