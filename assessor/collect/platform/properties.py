"""Java `.properties` files as keys and values with their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_KEY = re.compile(r"((?:\\.|[^\s=:\\])*+)[ \t\f]*+[=:]?[ \t\f]*+", re.DOTALL)
_CUT = re.compile(r"[#!]---[ \t]*")


@dataclass(frozen=True, slots=True)
class Property:
    """A key, its value, the line it begins on, the number of its document (`#---` cuts)."""

    key: str
    value: str
    line: int
    document: int


def properties(text: str) -> Iterator[Property]:
    """The entries in the order of the file, escapes resolved; comments are left out."""
    lines = text.split("\n")
    at, document = 0, 0
    while at < len(lines):
        first, line = at, lines[at].lstrip(" \t\f")
        at += 1
        if not line or line[0] in "#!":
            document += bool(_CUT.fullmatch(line))
            continue
        parts = [line]
        while _goes_on(parts[-1]) and at < len(lines):
            parts[-1] = parts[-1][:-1]
            parts.append(lines[at].lstrip(" \t\f"))
            at += 1
        yield _property("".join(parts), line=first + 1, document=document)


def _goes_on(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _property(logical: str, *, line: int, document: int) -> Property:
    match = _KEY.match(logical)
    key, end = (match[1], match.end()) if match else (logical, len(logical))
    return Property(_unescaped(key), _unescaped(logical[end:]), line, document)


def _unescaped(written: str) -> str:
    if "\\" not in written:
        return written
    plain = _UNICODE.sub(_character, written)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _LETTERS.get(match[2], match[2])
