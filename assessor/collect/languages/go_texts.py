"""Comments, strings, lines and words of a Go file, by one scan of its text.

Go's tokens are a regular language, so that a scan finds every comment and string, also where the
parser gave up.
"""

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from assessor.collect.languages.java_source import count_lines, letters
from assessor.collect.languages.python_literals import MASK, findings, is_secret, maybe
from assessor.collect.languages.words import terms

# Without groups, and each choice with a letter first: so the search is many times faster.
_TOKEN = re.compile(
    r"//[^\n]*|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|\"(?:[^\"\\\n]++|\\.)*+\"?|`[^`]*+`?"
    r"|'(?:[^'\\\n]|\\[^\n]{1,10}?)+'"
)
# What stands before a literal: `name =`, `Name:`, `"NAME",`, `SetName(`.
_NAMED = re.compile(
    r"(?:(?:\b(?:var|const)\s+)?(?P<name>\w+)(?:\s+[\w.*]+)?\s*(?::=|(?<![=!<>])=|:)|\"(?P<key>[\w.-]+)\"\]?\s*(?::|,|=)"
    r"|(?:Set|With|set|with)(?P<set>\w+)\()\s*(?:\[\]byte\()?$"
)
_LEADS = frozenset("=:(, \t")
_GIVEN = frozenset("=:(,")
_WINDOW = 60  # letters before a literal in which its name is looked for
_WORDS_OF_SECRETS = (b"pass", b"pwd", b"secret", b"token", b"key", b"credential")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_SPACED = str.maketrans({chr(n): " " for n in range(256) if chr(n) not in _LETTERS})
_KEYWORDS = frozenset(
    {
        "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough",
        "for", "func", "goto", "import", "interface", "map", "package", "range", "return",
        "select", "struct", "switch", "type", "var", "any", "bool", "byte", "error", "float32",
        "float64", "int", "int8", "int16", "int32", "int64", "rune", "string", "uint", "uint8",
        "uint16", "uint32", "uint64", "uintptr", "nil", "true", "false", "iota", "append", "len",
        "make", "new", "panic", "cap", "copy", "delete", "err", "ctx",
    }
)  # fmt: skip
_SCANNED = 4_000  # letters of a literal that are looked at

Literal = tuple[str, str, int]  # category, masked text, first byte


def scanned(text: str, source: bytes) -> tuple[list[tuple[int, int]], list[Literal], str]:
    """Byte ranges of comments, literals that matter, and the text without comments and strings.

    text: one letter for each byte of the source; so it is in what is given back.
    """
    hints = _hints(source.lower())
    comments: list[tuple[int, int]] = []
    literals: list[Literal] = []
    bare: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        bare.append(text[at:start])
        at = end
        mark = text[start]
        if mark == "/":
            comments.append((start, end))
        elif mark != "'":
            if _near(hints, start) and _is_secret(text, start, end):
                literals.append(("secret", MASK, start))
            elif maybe(source, start, end):
                inner = source[start + 1 : end].removesuffix(mark.encode())
                for category, shown in findings(inner):
                    literals.append((category, letters(shown.encode()), start))
    bare.append(text[at:])
    return comments, literals, " ".join(bare)


def _hints(lower: bytes) -> list[int]:
    """Where words stand that names of secrets have."""
    found = []
    for word in _WORDS_OF_SECRETS:
        at = lower.find(word)
        while at >= 0:
            found.append(at)
            at = lower.find(word, at + 1)
    return sorted(found)


def _near(hints: list[int], start: int) -> bool:
    """Whether one of the places is close before the start."""
    place = bisect_left(hints, start)
    return place > 0 and hints[place - 1] >= start - _WINDOW


def _is_secret(text: str, start: int, end: int) -> bool:
    """Whether the literal is one by what it is given to."""
    name = _name(text, start) if text[start - 1] in _LEADS else ""
    return bool(name) and is_secret(name, text[start + 1 : min(end - 1, start + _SCANNED)])


def _name(text: str, start: int) -> str:
    """What the literal that starts there is given to, if that may be a name for a secret."""
    before = text[max(0, start - _WINDOW, text.rfind("\n", 0, start) + 1) : start].rstrip(" \t")
    if before[-1:] not in _GIVEN or (before[-1:] == "," and before[-2:-1] != '"'):
        return ""
    match = _NAMED.search(before)
    return (match["name"] or match["key"] or match["set"] or "") if match else ""


def lines(text: str, comments: list[tuple[int, int]]) -> tuple[int, int]:
    """Lines with code, lines with a comment."""
    return count_lines(text, comments)


def words(bare: str) -> list[str | int]:
    """term, count, … of the names in a text without comments and strings, sorted."""
    found: dict[str, int] = {}
    for name, count in Counter(bare.translate(_SPACED).split()).items():
        for term in _terms(name):
            found[term] = found.get(term, 0) + count
    return [part for pair in sorted(found.items()) for part in pair]


@lru_cache(maxsize=200_000)
def _terms(name: str) -> tuple[str, ...]:
    return () if name in _KEYWORDS else terms(name)
