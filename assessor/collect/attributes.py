"""What `.gitattributes` files say about vendored, generated and documentation files.

They are read as text and matched here: asking git for attributes makes it read the index, which
lets the target's configuration take part.
"""

import fnmatch
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.model.records import FileKind

KINDS: Mapping[str, FileKind] = {
    "linguist-vendored": FileKind.VENDORED,
    "linguist-generated": FileKind.GENERATED,
    "linguist-documentation": FileKind.DOCUMENTATION,
}
MAX_PATTERNS = 500
MAX_PATTERN = 500

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|\S+')
_NOTHING = re.compile(r"(?!)")
_TRUE = {"true", "1", "yes", "on", "set"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One line's word on one attribute: below `folder`, paths that match the segments have it.

    segments: a matcher for each part of the path, None for `**`. value: None = unspecified again.
    """

    folder: str
    segments: tuple[re.Pattern[str] | None, ...]
    name: str
    value: bool | None


def attributes(texts: Iterable[tuple[str, str]]) -> tuple[Attribute, ...]:
    """The attributes that count here, from (path of the `.gitattributes`, its text) pairs.

    Later ones win: outer folders come before inner ones, as git has it. No more than
    `MAX_PATTERNS` are kept, and none longer than `MAX_PATTERN`.
    """
    ordered = sorted(texts, key=lambda pair: (pair[0].count("/"), pair[0]))
    found = [
        attribute
        for path, text in ordered
        for line in text.splitlines()
        for attribute in _line(line, folder=path.rpartition("/")[0])
    ]
    return tuple(found[:MAX_PATTERNS])


def decided(path: str, known: Sequence[Attribute]) -> dict[str, bool]:
    """What is said about the path: name of the attribute -> set or unset."""
    said: dict[str, bool | None] = {}
    for attribute in known:
        below = _below(path, attribute.folder)
        if below and _matches(below.split("/"), attribute.segments):
            said[attribute.name] = attribute.value
    return {name: value for name, value in said.items() if value is not None}


def _line(line: str, *, folder: str) -> list[Attribute]:
    if "linguist-" not in line:
        return []
    words = _WORD.findall(line.strip())
    if not words or words[0].startswith(("#", "!", "[attr]")) or len(words[0]) > MAX_PATTERN:
        return []
    segments = _segments(words[0])
    said = (_said(word) for word in words[1:])
    return [Attribute(folder, segments, name, value) for name, value in said if name in KINDS]


def _said(word: str) -> tuple[str, bool | None]:
    """Name and value of `name`, `-name`, `!name` or `name=value`."""
    if word.startswith("!"):
        return word[1:], None
    if word.startswith("-"):
        return word[1:], False
    name, equals, value = word.partition("=")
    return name, not equals or value.lower() in _TRUE


def _segments(pattern: str) -> tuple[re.Pattern[str] | None, ...]:
    """The pattern by segments; one without a slash matches at any depth."""
    if pattern.startswith('"') and pattern.endswith('"'):
        pattern = re.sub(r"\\(.)", r"\1", pattern[1:-1])
    anchored = "/" in pattern.rstrip("/")
    parts = pattern.strip("/").split("/")
    if pattern.endswith("/"):
        return (_NOTHING,)  # as git has it: only a folder could match, and folders have none
    segments = tuple(
        None if part == "**" else re.compile(fnmatch.translate(part)) for part in parts
    )
    return segments if anchored else (None, *segments)


def _matches(parts: Sequence[str], segments: Sequence[re.Pattern[str] | None]) -> bool:
    """Whether the segments cover the parts; linear backtracking to the last `**` only."""
    part = segment = 0
    retry: tuple[int, int] | None = None
    while part < len(parts):
        wanted = segments[segment] if segment < len(segments) else _NOTHING
        if wanted is None:
            retry = (part, segment + 1)
            segment += 1
        elif wanted.match(parts[part]):
            part, segment = part + 1, segment + 1
        elif retry is not None:
            retry = (retry[0] + 1, retry[1])
            part, segment = retry
        else:
            return False
    return segment == len(segments)


def _below(path: str, folder: str) -> str:
    """The path relative to the folder, "" if it is not below it."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else ""
