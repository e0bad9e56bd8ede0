"""Where the repository of a folder is, and whether it keeps to that folder."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from assessor.errors import SourceError

MAX_LISTED = 2_000_000

# Files that make git read elsewhere, with how the user can part with them.
_LEADS_AWAY = {
    "commondir": "it belongs to a linked work tree; name the main repository instead",
    "objects/info/alternates": "run `git repack -a -d` there and remove that file",
    "objects/info/http-alternates": "run `git repack -a -d` there and remove that file",
}
_FILES = ("HEAD", "config", "packed-refs", "shallow")
_FOLDERS = ("objects", "refs")


def git_folder(root: Path) -> Path:
    """The folder that holds the repository of `root`: its `.git`, or `root` itself if it is bare.

    Raises `SourceError` with what to do where there is none, or where it leads elsewhere: git
    would follow, and read what nobody asked it to read.
    """
    kind = _kind(root / ".git")
    if kind == stat.S_IFDIR:
        return _contained(root / ".git")
    if kind is not None:
        raise SourceError(_points_elsewhere(root, kind))
    if _kind(root / "HEAD") is not None and _kind(root / "objects") is not None:
        return _contained(root)
    owner = next((p for p in root.parents if _kind(p / ".git") is not None), None)
    if owner is not None:
        raise SourceError(f"{root} is a folder inside the repository {owner}; assess {owner}.")
    raise SourceError(
        f"{root}: there is no git repository here; assess the folder as it is with --worktree."
    )


def _points_elsewhere(root: Path, kind: int) -> str:
    if kind == stat.S_IFREG:
        what = "a file: a linked work tree or a submodule, whose repository is kept elsewhere"
    else:
        what = "not a folder, so the repository is kept elsewhere"
    return (
        f"{root / '.git'} is {what}; assess the main repository (with --rev for the branch),"
        " or this folder as it is with --worktree."
    )


def _contained(folder: Path) -> Path:
    """The folder, once it is certain that it is whole and that nothing in it leads elsewhere."""
    for name, kind in (("HEAD", stat.S_IFREG), *((name, stat.S_IFDIR) for name in _FOLDERS)):
        if _kind(folder / name) != kind:
            raise SourceError(f"{folder / name} is missing or not what git would have made.")
    for name, advice in _LEADS_AWAY.items():
        if _kind(folder / name) is not None:
            raise SourceError(f"{folder / name} makes git read another repository: {advice}.")
    for name in _FILES:
        if _kind(folder / name) not in {None, stat.S_IFREG}:
            raise SourceError(f"{folder / name} is not a regular file; nothing was read.")
    _refuse_links(folder)
    return folder


def _refuse_links(folder: Path) -> None:
    """Objects and refs must be files and folders of this repository, all the way down."""
    pending = [folder / name for name in _FOLDERS]
    seen = 0
    while pending:
        for entry in _listed(pending.pop()):
            seen += 1
            if seen > MAX_LISTED:
                raise SourceError(f"{folder} holds more than {MAX_LISTED} files; run `git gc`.")
            if entry.is_dir(follow_symlinks=False):
                pending.append(Path(entry.path))
            elif not entry.is_file(follow_symlinks=False):
                raise SourceError(f"{entry.path} is not a regular file; nothing was read.")


def _listed(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from found
    except OSError as error:
        raise SourceError(f"{folder} cannot be listed: {error.strerror}.") from error


def _kind(path: Path) -> int | None:
    """The file type bits of the path itself, links not followed; None where nothing is there."""
    with contextlib.suppress(OSError, ValueError):
        return stat.S_IFMT(path.lstat().st_mode)
    return None
