"""Reads a folder as it stands: regular files only, no link ever followed, everything bounded."""

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from assessor.collect.entries import Entry, oversized, path_skip, skip
from assessor.model.basis import Skip
from assessor.model.records import File

MAX_DEPTH = 64
MAX_HASHED = 64 << 20

# Folders that tools fill and nobody commits, by name; and by name where a build file stands
# beside them, for names that also serve for sources.
_ALWAYS = {
    ".gradle", ".hg", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".svn", ".tox",
    ".venv", "__pycache__", "bower_components", "node_modules", "venv",
}  # fmt: skip
_BESIDE = {
    "bin": {".classpath"},
    "build": {"build.gradle", "build.gradle.kts", "package.json", "pyproject.toml", "setup.py"},
    "dist": {"package.json", "pyproject.toml", "setup.py"},
    "out": {"build.gradle", "build.gradle.kts", "package.json"},
    "target": {"Cargo.toml", "build.sbt", "pom.xml"},
}


def scan(root: Path, *, max_entries: int) -> tuple[tuple[Entry, ...], tuple[Skip, ...]]:
    """All regular files below `root`, sorted, and what was passed over: links, pipes, output.

    Folders that version control would not hold (`node_modules`, `target` beside a `pom.xml`, …)
    are passed over as a whole. Repositories within are submodules, so they are too.
    """
    found: list[Entry] = []
    skips: list[Skip] = []
    pending = [""]
    while pending:
        for path, entry in _listed(root, pending.pop(), skips=skips):
            reason = _passed_over(path, entry)
            if reason is not None:
                skips.append(reason)
            elif entry.is_dir(follow_symlinks=False):
                pending.append(path)
            elif len(found) >= max_entries:
                return tuple(sorted(found)), (*sorted(skips), _too_many(max_entries))
            else:
                found.extend(_hashed(root, path, skips=skips))
    return tuple(sorted(found)), tuple(sorted(skips))


def read(root: Path, path: str, *, limit: int) -> bytes:
    """The content of a file below `root`; `OSError` if it is no regular file or too large."""
    with _opened(root, path) as (descriptor, size):
        if size > limit:
            raise OSError(0, "it has grown since it was listed")
        with os.fdopen(os.dup(descriptor), "rb") as file:
            content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(0, "it grew while it was read")
    return content


def contents(
    root: Path, files: Sequence[File], *, limit: int
) -> Iterator[tuple[File, bytes | Skip]]:
    """The bytes of each file in the given order, or a skip where they cannot be had."""
    for file in files:
        if file.size > limit:
            yield file, oversized(file.path, size=file.size, limit=limit)
            continue
        try:
            content: bytes | Skip = read(root, file.path, limit=limit)
        except OSError as error:
            reason = f"It cannot be read: {error.strerror}."
            content = skip(file.path, code="unreadable", reason=reason)
        yield file, content


def holds(file: File, content: bytes) -> bool:
    """Whether the content is still the one that the file's blob id was computed from."""
    digest = hashlib.sha1(b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest() == file.blob


def _listed(root: Path, folder: str, *, skips: list[Skip]) -> list[tuple[str, os.DirEntry[str]]]:
    """Entries of a folder by name, without git's own and without build output."""
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        reason = f"The folder cannot be listed: {error.strerror}."
        skips.append(skip(folder, code="unreadable", reason=reason))
        return []
    names = {entry.name for entry in entries}
    if folder and ".git" in names:
        reason = "It is a repository of its own (a submodule); assess it by itself."
        skips.append(skip(folder, code="submodule", reason=reason))
        return []
    kept = []
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False) and _is_output(entry.name, names):
            reason = "It is output of a build or a tool, by its name."
            skips.append(skip(path, code="build-output", reason=reason))
        elif entry.name != ".git":
            kept.append((path, entry))
    return kept


def _is_output(name: str, beside: set[str]) -> bool:
    return name in _ALWAYS or not _BESIDE.get(name, set()).isdisjoint(beside)


def _passed_over(path: str, entry: os.DirEntry[str]) -> Skip | None:
    if entry.is_symlink():
        reason = "It is a symbolic link; links are not followed."
        return skip(path, code="symlink", reason=reason)
    if entry.is_dir(follow_symlinks=False):
        if path.count("/") >= MAX_DEPTH:
            reason = f"Folders deeper than {MAX_DEPTH} are not entered."
            return skip(path, code="too-deep", reason=reason)
        return None
    if not entry.is_file(follow_symlinks=False):
        reason = "It is a pipe, a socket or a device, not a file."
        return skip(path, code="not-regular", reason=reason)
    return path_skip(path)


def _too_many(max_entries: int) -> Skip:
    reason = f"There are more than {max_entries} files; those after that were not read."
    return skip("", code="too-many", reason=reason)


def _hashed(root: Path, path: str, *, skips: list[Skip]) -> Iterator[Entry]:
    """The entry of one file, with the blob id that git would give its content."""
    try:
        with _opened(root, path) as (descriptor, size):
            mode = "100755" if os.fstat(descriptor).st_mode & stat.S_IXUSR else "100644"
            blob = _blob_id(descriptor, size=size) if size <= MAX_HASHED else ""
    except OSError as error:
        reason = f"It cannot be read: {error.strerror}."
        skips.append(skip(path, code="unreadable", reason=reason))
        return
    yield Entry(path=_posix(path), mode=mode, blob=blob, size=size)


def _blob_id(descriptor: int, *, size: int) -> str:
    digest = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    left = size
    while left > 0 and (chunk := os.read(descriptor, min(left, 1 << 20))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


@contextlib.contextmanager
def _opened(root: Path, path: str) -> Iterator[tuple[int, int]]:
    """Descriptor and size of a regular file; no component of its path may be a link.

    The folders are opened one below the other, so that one that is exchanged for a link in the
    meantime leads nowhere. Opening never waits, whatever has taken the file's place.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    with contextlib.ExitStack() as stack:
        if os.open in os.supports_dir_fd:
            folder = _entered(root, path, stack=stack)
            descriptor = os.open(path.rpartition("/")[2], flags, dir_fd=folder)
        else:
            descriptor = os.open(root / path, flags)
        stack.callback(os.close, descriptor)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "it is not a regular file")
        yield descriptor, status.st_size


def _entered(root: Path, path: str, *, stack: contextlib.ExitStack) -> int:
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    stack.callback(os.close, folder)
    for part in path.split("/")[:-1]:
        folder = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
        stack.callback(os.close, folder)
    return folder


def _posix(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "surrogateescape")
