"""Files of a commit, straight out of the objects of a private repository; nothing checked out."""

import contextlib
import re
from collections.abc import Container, Generator, Iterator, Sequence
from pathlib import Path

from assessor.collect import git
from assessor.collect.entries import Entry, oversized, path_skip, skip
from assessor.model.basis import Skip
from assessor.model.records import File

_ENTRY = re.compile(rb"([0-7]{6}) [a-z]+ ([0-9a-f]{40,64})\t(.+)", re.DOTALL)
_UNREAD = {
    "120000": ("symlink", "It is a symbolic link; links are not followed."),
    "160000": ("submodule", "It is a submodule; assess that repository by itself."),
}


def tree(
    git_dir: Path, revision: str, *, max_entries: int
) -> tuple[tuple[Entry, ...], tuple[Skip, ...]]:
    """All regular files of the commit, sorted by path, and skips for whatever else is in it.

    max_entries: bounds a hostile tree, which may hold itself over and over.
    """
    listed: dict[str, tuple[str, str]] = {}
    skips: list[Skip] = []
    with contextlib.closing(_listing(git_dir, revision)) as lines:
        for mode, blob, path in lines:
            if len(listed) + len(skips) >= max_entries:
                reason = f"There are more than {max_entries} files; the others were not read."
                skips.append(skip("", code="too-many", reason=reason))
                break
            refused = _refused(mode, path, known=listed)
            if refused is None:
                listed[path] = (mode, blob)
            else:
                skips.append(refused)
    sizes = _sizes(git_dir, [blob for _, blob in listed.values()])
    found = [
        Entry(path=path, mode=mode, blob=blob, size=size)
        for (path, (mode, blob)), size in zip(listed.items(), sizes, strict=True)
    ]
    skips.extend(_absent(entry.path) for entry in found if entry.size < 0)
    return tuple(sorted(entry for entry in found if entry.size >= 0)), tuple(sorted(skips))


def contents(
    git_dir: Path, files: Sequence[File], *, limit: int
) -> Iterator[tuple[File, bytes | Skip]]:
    """The bytes of each file in the given order, out of one git process.

    An object that is broken ends that process; it is skipped, and another one does the rest.
    """
    position = 0
    while position < len(files):
        with contextlib.suppress(git.GitError):
            for found in _batch(git_dir, files[position:], limit=limit):
                position += 1
                yield found
        if position < len(files):
            reason = "Its object in the repository is broken."
            yield files[position], skip(files[position].path, code="corrupt", reason=reason)
            position += 1


def _batch(
    git_dir: Path, files: Sequence[File], *, limit: int
) -> Iterator[tuple[File, bytes | Skip]]:
    asked = [file.blob.encode("ascii") + b"\n" for file in files if file.size <= limit]
    with contextlib.closing(git.stream(git_dir, "cat-file", "--batch", stdin=asked)) as chunks:
        objects = _objects(chunks)
        for file in files:
            if file.size > limit:
                yield file, oversized(file.path, size=file.size, limit=limit)
                continue
            content = next(objects, b"")
            if content == b"" and file.size > 0:
                return
            yield file, _absent(file.path) if content is None else content


def _objects(chunks: Iterator[bytes]) -> Iterator[bytes | None]:
    """The content of each object that `cat-file --batch` prints, None for a missing one."""
    buffer = bytearray()
    while (head := _line(chunks, buffer)) is not None:
        size = _size(head)
        if size < 0:
            yield None
            continue
        while len(buffer) <= size:
            chunk = next(chunks, None)
            if chunk is None:
                return
            buffer += chunk
        yield bytes(buffer[:size])
        del buffer[: size + 1]


def _sizes(git_dir: Path, blobs: Sequence[str]) -> list[int]:
    """The size of each blob in bytes, -1 where it is missing."""
    asked = [blob.encode("ascii") + b"\n" for blob in blobs]
    check = "--batch-check=%(objecttype) %(objectsize)"
    printed = git.run(git_dir, "cat-file", check, stdin=asked)
    return [_size(line) for line in printed.splitlines()]


def _size(head: bytes) -> int:
    """The size at the end of a line about a blob; -1 for one about something else or missing."""
    words = head.split()
    return int(words[-1]) if b"blob" in words and words[-1].isdigit() else -1


def _line(chunks: Iterator[bytes], buffer: bytearray) -> bytes | None:
    """Takes one line off the buffer, after filling it as far as needed; None at the end."""
    while (end := buffer.find(b"\n")) < 0:
        chunk = next(chunks, None)
        if chunk is None:
            return None
        buffer += chunk
    line = bytes(buffer[:end])
    del buffer[: end + 1]
    return line


def _listing(git_dir: Path, revision: str) -> Generator[tuple[str, str, str], None, None]:
    """Mode, id and path of every entry of the commit's tree that is no folder."""
    buffer = b""
    words = ("ls-tree", "-r", "-z", "--full-tree", revision)
    with contextlib.closing(git.stream(git_dir, *words)) as chunks:
        for chunk in chunks:
            *lines, buffer = (buffer + chunk).split(b"\0")
            for line in lines:
                match = _ENTRY.fullmatch(line)
                if match is None:
                    raise git.GitError(
                        f"git ls-tree printed a line of another form: {line[:80]!r}"
                    )
                mode, blob, path = match.groups()
                yield mode.decode(), blob.decode(), path.decode("utf-8", "surrogateescape")


def _refused(mode: str, path: str, *, known: Container[str]) -> Skip | None:
    if mode in _UNREAD:
        code, reason = _UNREAD[mode]
        return skip(path, code=code, reason=reason)
    if path in known:
        return skip(path, code="unsafe-path", reason="The commit holds this path more than once.")
    return path_skip(path)


def _absent(path: str) -> Skip:
    reason = "Its content is missing in the repository (a partial clone, or damage)."
    return skip(path, code="missing", reason=reason)
