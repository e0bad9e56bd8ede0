"""SQL as text: a file cut into statements that define something, and these into words.

Written by hand and in linear time: files of this kind are dumps of megabytes as well, of which
almost nothing is a definition.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = r"--[^\n]*+|/\*(?s:.*?\*/|.*)"
_HASHED = r"|(?m:^[ \t]*+\#[^\n]*+)"
_DOLLAR = r"\$(?P<tag>[A-Za-z_]\w*+|)\$(?s:.*?\$(?P=tag)\$|.*)"
_STANDARD = r"'(?s:[^']*+'|.*)"
_ESCAPED = r"'(?s:(?:[^'\\]|\\.|'')*+'|.*)"
_QUOTES = r'"[^"]*+"|`[^`]*+`'
_END = r"\n(?=[ \t]*+(?:GO[ \t]*+(?:\n|\Z)|CREATE\s|ALTER\s+TABLE\s|DROP\s+TABLE\s|INSERT\s))"
_FIRST = re.compile(r"[A-Za-z_]\w*")
_DELIMITER = re.compile(r"[ \t]*DELIMITER[ \t]+(\S+)[ \t]*", re.IGNORECASE)
_GO = r"GO\b[ \t]*+(?=\n|\Z)"
_BATCH = re.compile(rf"\n[ \t]*+{_GO}", re.IGNORECASE)
_AGAIN = re.compile(r"^[ \t]*DELIMITER[ \t]+;", re.IGNORECASE | re.MULTILINE)
_COPIED = re.compile(r"\n\\\.[ \t]*(?=\n|\Z)")
_FROM_STDIN = re.compile(r"\bFROM\s+STDIN\b", re.IGNORECASE)
_MYSQL = re.compile(r"`\w+`|\bENGINE\s*=", re.IGNORECASE)
_ROUTINE = re.compile(
    r"(?:CREATE|ALTER)\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:DEFINER\s*=\s*\S+\s+|EDITIONABLE\s+"
    r"|AGGREGATE\s+|CONSTRAINT\s+)*(?:PROCEDURE|PROC|FUNCTION|TRIGGER|PACKAGE|EVENT)\b",
    re.IGNORECASE,
)
# Words that a definition may begin with, or stand in; what begins otherwise is passed over.
_DEFINING = frozenset(
    ["CREATE", "ALTER", "DROP", "RENAME", "EXEC", "EXECUTE", "IF", "BEGIN", "DO", "SP_RENAME"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a statement. quoted: an identifier in quotes, `'` for a text, "" for the rest."""

    text: str
    line: int
    quoted: str = ""

    @property
    def upper(self) -> str:
        """As a keyword; "" for what cannot be one."""
        return "" if self.quoted else self.text.upper()

    @property
    def is_name(self) -> bool:
        """Whether it can name something."""
        return self.quoted in {'"', "`", "["} or (not self.quoted and self.text[0].isidentifier())


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that may define something. broken: it has no end, or a text in it has none."""

    text: str
    line: int
    words: tuple[Word, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How the text is read: one statement to its end, and the words in it."""

    whole: re.Pattern[str]
    blank: re.Pattern[str]
    word: re.Pattern[str]


def _patterns(string: str, comment: str) -> _Patterns:
    inside = rf"{comment}|{_DOLLAR}|{string}|{_QUOTES}"
    whole = re.compile(
        rf"(?:[^;'\"`$\-/\#\n]++|{inside}|(?!{_END})\n|[\"`$\-/\#])*+(?:;|{_END}|\Z)",
        re.IGNORECASE,
    )
    word = re.compile(
        rf"(?P<comment>{comment})|(?P<string>[NEne]?(?:{string})|{_DOLLAR})|(?P<quoted>{_QUOTES}"
        r"|\[[^\[\]\n'\"]*+\])|(?P<open>\$\{[^{}\n]*+\}|\$\([^()\n]*+\)|\{\{[^{}\n]*+\}\})"
        r"|(?P<word>[\w$\#@]++)|(?P<sign>\S)"
    )
    return _Patterns(whole, re.compile(rf"(?:\s++|;|{comment}|{_GO})*+", re.IGNORECASE), word)


_BY_STANDARD = _patterns(_STANDARD, _COMMENT)
_BY_MYSQL = _patterns(_ESCAPED, _COMMENT + _HASHED)


def statements(text: str) -> Iterator[Statement]:
    """The statements that may define a table, in their order; data are passed over unread."""
    patterns = _BY_MYSQL if _MYSQL.search(text) else _BY_STANDARD
    batches = [found.end() for found in _BATCH.finditer(text)]
    position, line, counted = 0, 1, 0
    while position < len(text):
        blank = patterns.blank.match(text, position)
        start = blank.end() if blank else position
        after = _after_delimiter(text, start)
        if after is not None:
            position = after
            continue
        end = _end(text, start, patterns)
        first = _FIRST.match(text, start)
        if _ROUTINE.match(text, start):
            following = bisect_right(batches, start)
            end = batches[following] if following < len(batches) else end
        elif first and first[0].upper() in _DEFINING:
            line, counted = line + text.count("\n", counted, start), start
            yield _statement(text[start:end], patterns, line=line)
        position = max(end, start + 1)


def _after_delimiter(text: str, start: int) -> int | None:
    """Where to go on if the client is told of another delimiter; what is between is a routine."""
    found = _DELIMITER.match(text, start)
    if found is None:
        return None
    if found[1] == ";":
        return found.end()
    again = _AGAIN.search(text, found.end())
    return again.end() if again else len(text)


def _end(text: str, start: int, patterns: _Patterns) -> int:
    found = patterns.whole.match(text, start)
    end = found.end() if found else len(text)
    if text[start : start + 4].upper() == "COPY" and _FROM_STDIN.search(text, start, end):
        data = _COPIED.search(text, end - 1)
        return data.end() if data else len(text)
    return end


def _statement(text: str, patterns: _Patterns, *, line: int) -> Statement:
    found: list[Word] = []
    broken = False
    at, counted = line, 0
    for match in patterns.word.finditer(text):
        kind, written = str(match.lastgroup), match[0]
        if kind == "tag":
            kind = "string"
        at, counted = at + text.count("\n", counted, match.start()), match.start()
        if kind == "comment":
            continue
        if kind == "string" and len(written) > 1 and written[-1] not in "'$":
            broken = True
        found.append(_word(kind, written, at))
    return Statement(text, line, tuple(found), broken)


def _word(kind: str, written: str, line: int) -> Word:
    if kind == "quoted":
        return Word(written[1:-1], line, written[0])
    if kind == "string" and written[0] == "$":
        tag = written.index("$", 1) + 1
        return Word(written[tag:-tag], line, "'")
    if kind == "string":
        return Word(written[written.index("'") + 1 : -1], line, "'")
    return Word(written, line, "$" if kind == "open" else "")
