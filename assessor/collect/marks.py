"""Comments in the code that ask for a waiver, and which of them a change brings."""

import contextlib
import re
import sys
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from assessor.collect import git
from assessor.collect.change import FILE_LIMIT, Change, repository_of
from assessor.collect.repository import Source, contents
from assessor.model.records import File, FileKind

MARK = "assessor:ignore"
MARKS = 10_000
LONGEST_LINE = 1000

# A path may hold line breaks, the line may not.
_ROW = re.compile(r"[0-9a-f]+:(?P<path>[^\0]*)\0(?P<line>\d+)\0(?P<said>[^\n]*)\n")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A line with a comment that asks for a waiver."""

    path: str
    line: int
    text: str


def marks(source: Source, found: Change) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Comments that ask for a waiver: those that the base has too, and those of the change."""
    now = _marks(source)
    if not found.base:
        return (), now
    old = {path: before_ for before_, path in found.renames.items()}
    added = {
        path: _added(source, f"{found.base}:{old.get(path, path)}", path)
        for path in {mark.path for mark in now}.intersection(found.edited)
    }
    brought = {mark for mark in now if mark.path in added and mark.line in added[mark.path]}
    return tuple(mark for mark in now if mark not in brought), tuple(sorted(brought))


def _added(source: Source, old: str, path: str) -> "AbstractSet[int] | range":
    """Numbers of the lines that the old content has not; all of them where there is none."""
    new = f"{source.revision}:{path}"
    fixed = ("--no-ext-diff", "--no-textconv", "--no-color", "--unified=0", "--ignore-all-space")
    try:
        printed = git.run(repository_of(source), "diff", *fixed, old, new, limit=FILE_LIMIT)
    except git.GitError:
        return range(sys.maxsize)
    hunks = (
        (int(hunk[1]), int(hunk[2] or 1))
        for hunk in re.finditer(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", printed, re.MULTILINE)
    )
    return {line for start, count in hunks for line in range(start, start + count)}


def _marks(source: Source) -> tuple[Mark, ...]:
    """The lines of the commit that hold the mark, by path and line."""
    printed, revision = b"", source.revision
    with contextlib.suppress(git.GitError):  # so it says as well that there is none
        words = ("grep", "-z", "-n", "-I", "--full-name", "--fixed-strings", "-e", MARK, revision)
        printed = git.run(repository_of(source), *words, limit=FILE_LIMIT)
    text = printed.decode("utf-8", "surrogateescape")
    found = [
        Mark(row["path"], int(row["line"]), row["said"][:LONGEST_LINE])
        for row in islice(_ROW.finditer(text), MARKS)
    ]
    return tuple(sorted(found))


def marked(source: Source, paths: AbstractSet[str]) -> tuple[Mark, ...]:
    """The lines with the mark in those files of the folder."""
    files = [File(path, FileKind.OTHER, "", 0, "") for path in sorted(paths)]
    return tuple(
        Mark(file.path, number, line[:LONGEST_LINE])
        for file, content in contents(source, files, limit=FILE_LIMIT)
        if isinstance(content, bytes) and MARK.encode("ascii") in content
        for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), start=1)
        if MARK in line
    )
