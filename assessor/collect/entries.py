"""One file of a source before anybody says what it is, and which paths are acceptable."""

from dataclasses import dataclass

from assessor.model.basis import Skip

BY = "repository"
MAX_PATH = 4096


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A regular file: POSIX path relative to the root, git mode, git blob id, size in bytes.

    path: bytes that are no UTF-8 stand as lone surrogates (`surrogateescape`).
    blob: "" where the file is too large for its id to be computed.
    """

    path: str
    mode: str
    blob: str
    size: int


def path_skip(path: str) -> Skip | None:
    """Why a path is refused, or None: it must be plain, relative and stay below the root."""
    parts = path.split("/")
    if len(path) > MAX_PATH:
        return skip(path[:200], code="unsafe-path", reason="The path is too long to be real.")
    if any(part in {"", ".", ".."} or part.lower() == ".git" for part in parts):
        return skip(path, code="unsafe-path", reason="The path leads outside or into `.git`.")
    return None


def skip(path: str, *, code: str, reason: str) -> Skip:
    """Something in the source that is not read."""
    return Skip(path=path, line=0, code=code, by=BY, reason=reason)


def oversized(path: str, *, size: int, limit: int) -> Skip:
    """The skip for a file that is too large to be read at all; both in bytes."""
    reason = f"It has {size} bytes, and {limit} is the limit."
    return skip(path, code="oversized", reason=reason)
