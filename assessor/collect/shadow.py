"""A private repository that borrows the objects of the one that is audited.

Nothing of the target's configuration is read: refs are copied as values, objects are named by
`objects/info/alternates`. Missing and broken objects then cost only what needs them.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from assessor.collect import git
from assessor.errors import SourceError

MAX_REFS = 500_000
MAX_BYTES = 128 << 20

_ID = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_NAME = re.compile(r"refs/[^\x00-\x20\x7f~^:?*\[\\]+\Z")


def borrow(git_dir: Path, copy: Path) -> None:
    """Makes `copy` a bare repository with the refs of `git_dir` that reads objects out of it."""
    refs = dict(_packed(git_dir)) | dict(_loose(git_dir))
    head = _text(git_dir / "HEAD").strip()
    ids = [head, *refs.values()] if _ID.match(head) else list(refs.values())
    git.create(copy, object_format="sha256" if any(len(i) == 64 for i in ids) else "sha1")  # noqa: PLR2004 - digits of an id
    objects = git_dir / "objects"
    if "\n" in str(objects):
        raise SourceError(f"{str(objects)!r}: a path with a line break cannot be handed to git.")
    (copy / "objects" / "info").mkdir(exist_ok=True)
    (copy / "objects" / "info" / "alternates").write_bytes(_quoted(objects) + b"\n")
    lines = "".join(f"{identifier} {name}\n" for name, identifier in sorted(refs.items()))
    (copy / "packed-refs").write_bytes(lines.encode("utf-8", "surrogateescape"))
    _write_head(copy, head)
    _write_shallow(git_dir, copy)


def whole(copy: Path) -> bool:
    """Whether nothing is missing of what HEAD, the branches and the tags hold."""
    with contextlib.suppress(git.GitError):
        git.run(copy, "rev-list", "--objects", "--quiet", "--branches", "--tags", *_head(copy))
        return True
    return False


def _head(copy: Path) -> tuple[str, ...]:
    """HEAD, where there is a commit that it names."""
    with contextlib.suppress(git.GitError):
        git.run(copy, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return ("HEAD",)
    return ()


def _write_head(copy: Path, head: str) -> None:
    name = head.removeprefix("ref:").strip()
    if _ID.match(head) or (head.startswith("ref:") and _valid(name)):
        text = head if _ID.match(head) else f"ref: {name}"
        (copy / "HEAD").write_bytes(f"{text}\n".encode("utf-8", "surrogateescape"))


def _write_shallow(git_dir: Path, copy: Path) -> None:
    ids = [line for line in _text(git_dir / "shallow").split("\n") if _ID.match(line)]
    if ids:
        (copy / "shallow").write_text("\n".join(ids) + "\n", encoding="ascii")


def _packed(git_dir: Path) -> Iterator[tuple[str, str]]:
    for line in _text(git_dir / "packed-refs").split("\n")[:MAX_REFS]:
        identifier, _, name = line.partition(" ")
        if _ID.match(identifier) and _valid(name):
            yield name, identifier


def _loose(git_dir: Path) -> Iterator[tuple[str, str]]:
    """Refs kept as files of their own; links and anything odd are passed over."""
    pending, seen = [git_dir / "refs"], 0
    while pending and seen < MAX_REFS:
        with os.scandir(pending.pop()) as found:
            for entry in found:
                seen += 1
                if entry.is_dir(follow_symlinks=False):
                    pending.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    name = Path(entry.path).relative_to(git_dir).as_posix()
                    identifier = _text(Path(entry.path)).strip()
                    if _ID.match(identifier) and _valid(name):
                        yield name, identifier


def _valid(name: str) -> bool:
    """Whether git would take the name; a packed-refs file with another one is fatal to it."""
    odd = ".." in name or "@{" in name or "//" in name or name.endswith(("/", "."))
    parts = name.split("/")
    return (
        bool(_NAME.match(name))
        and not odd
        and not any(part.startswith(".") or part.endswith(".lock") for part in parts)
    )


def _text(path: Path) -> str:
    """The text of a regular file, "" where there is none; a very large one is cut."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(MAX_BYTES).decode("utf-8", "surrogateescape")


def _quoted(path: Path) -> bytes:
    """The path as a line of an alternates file: a leading quote or hash has a meaning there."""
    raw = os.fsencode(path)
    return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
