"""Groovy and Kotlin scripts (Jenkinsfile, Gradle) as tokens, bracketed groups and calls.

Not a grammar of the languages: comments, strings and brackets are told apart exactly, everything
else is words. That is what configuration blocks are made of, and it reads both languages alike.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.collect.platform.nodes import MAX_DEPTH, UnreadableError

Kind = Literal["word", "text", "mark", "end", "group"]

_TOKEN = re.compile(
    r"(?P<space>[ \t\f]+|\\\n)"
    r"|(?P<comment>//[^\n]*|/\*)"
    r"|(?P<end>\n|;)"
    r"|(?P<long>\"\"\"|'''|\$/)"
    r"|(?P<quote>[\"'])"
    r"|(?P<word>@?[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*|\d[\w.]*|`[^`\n]*`)"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<slash>/)"
    r"|(?P<mark>.)"
)
_SHORT = {
    '"': re.compile(r'(?:\\.|\$\{[^{}\n]*\}|[^"\\\n])*+"', re.DOTALL),
    "'": re.compile(r"(?:\\.|[^'\\\n])*+'", re.DOTALL),
}
_SLASHY = re.compile(r"(?:\\.|[^/\\\n])++/")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "", "\n": ""}
_BEFORE_SLASHY = set("(,=~[{:!&|") | {""}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, text (string), mark, end (of a statement) or group (opened by `text`) with its line.

    live: a text in which variables are put in (double quotes, dollar-slashy).
    """

    kind: Kind
    text: str
    line: int
    live: bool = False
    inside: tuple["Token", ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments) { body }` or `name argument, key: value`; no block, no body."""

    name: str
    line: int
    arguments: tuple[Token, ...]
    body: tuple[Token, ...] | None


def tokens(source: str) -> tuple[Token, ...]:
    """The script as nested tokens without comments; raises `UnreadableError` on open brackets."""
    stack: list[tuple[str, int, list[Token]]] = [("", 0, [])]
    at, line = (source.find("\n") if source.startswith("#!") else 0), 1
    at = len(source) if at < 0 else at
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:  # pragma: no cover - the last alternative takes any character
            raise UnreadableError("The script has an unknown character.", line=line)
        end, token = _token(source, match, line=line, before=stack[-1][2])
        if match.lastgroup == "open":
            _open(stack, match[0], line)
        elif match.lastgroup == "close":
            _close(stack, match[0], line)
        elif token:
            stack[-1][2].append(token)
        line += source.count("\n", at, end)
        at = end
    if len(stack) > 1:
        raise UnreadableError(f"The bracket {stack[-1][0]} is not closed.", line=stack[-1][1])
    return tuple(stack[0][2])


def _open(stack: list[tuple[str, int, list[Token]]], bracket: str, line: int) -> None:
    if len(stack) > MAX_DEPTH:
        raise UnreadableError(f"Nesting is deeper than {MAX_DEPTH}.", line=line, code="too-deep")
    stack.append((bracket, line, []))


def _close(stack: list[tuple[str, int, list[Token]]], bracket: str, line: int) -> None:
    opened, begun, inside = stack[-1]
    if _CLOSING.get(opened) != bracket:
        raise UnreadableError(f"The bracket {bracket} closes nothing.", line=line)
    stack.pop()
    stack[-1][2].append(Token("group", opened, begun, inside=tuple(inside)))


def _token(
    source: str, match: re.Match[str], *, line: int, before: Sequence[Token]
) -> tuple[int, Token | None]:
    """Where the token ends, and the token unless it is space, a comment or a bracket."""
    written, end, kind = match[0], match.end(), match.lastgroup
    if kind == "comment":
        return _comment_end(source, written, end, line=line), None
    if kind in {"quote", "long"}:
        text = _short if kind == "quote" else _long
        return text(source, written, end, line=line)
    if kind == "slash":
        return _slash(source, end, line=line, before=before)
    return end, _PLAIN[kind](written, line) if kind in _PLAIN else None


_PLAIN: Mapping[str | None, Callable[[str, int], Token]] = {
    "word": lambda written, line: Token("word", written.replace("?.", ".").strip("`"), line),
    "end": lambda written, line: Token("end", written, line),
    "mark": lambda written, line: Token("mark", written, line),
}


def _comment_end(source: str, written: str, end: int, *, line: int) -> int:
    if written != "/*":
        return end
    close = source.find("*/", end)
    if close < 0:
        raise UnreadableError("A comment is not closed.", line=line)
    return close + 2


def _short(source: str, quote: str, at: int, *, line: int) -> tuple[int, Token]:
    match = _SHORT[quote].match(source, at)
    if match is None:
        raise UnreadableError("A text is not closed on its line.", line=line)
    return match.end(), Token("text", _unescaped(match[0][:-1]), line, live=quote == '"')


def _long(source: str, quote: str, at: int, *, line: int) -> tuple[int, Token]:
    closing = "/$" if quote == "$/" else quote
    close = source.find(closing, at)
    while close > 0 and closing != "/$" and source[close - 1] == "\\":
        close = source.find(closing, close + 1)
    if close < 0:
        raise UnreadableError("A text over several lines is not closed.", line=line)
    while closing == '"""' and source.startswith('"', close + 3):
        close += 1
    return close + len(closing), Token("text", _unescaped(source[at:close]), line, quote != "'''")


def _slash(source: str, at: int, *, line: int, before: Sequence[Token]) -> tuple[int, Token]:
    last = before[-1] if before else None
    opens = last is None or last.kind == "end" or last.text in _BEFORE_SLASHY
    match = _SLASHY.match(source, at) if opens and (last is None or last.kind != "text") else None
    if match is None:
        return at, Token("mark", "/", line)
    return match.end(), Token("text", match[0][:-1], line, live=True)


def _unescaped(written: str) -> str:
    if "\\" not in written:
        return written
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), written)


def statements(inside: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The tokens cut at line ends, but not before a `.` or after a comma."""
    current: list[Token] = []
    for token in inside:
        if token.kind != "end":
            goes_on = current and current[-1].kind == "end"
            if goes_on and not _continues(current, token):
                yield tuple(each for each in current if each.kind != "end")
                current = []
            current.append(token)
        elif current:
            current.append(token)
    rest = tuple(each for each in current if each.kind != "end")
    if rest:
        yield rest


def _continues(current: Sequence[Token], token: Token) -> bool:
    last = next((each for each in reversed(current) if each.kind != "end"), None)
    if any(each.kind == "end" and each.text == ";" for each in current):
        return False
    hanging = last is not None and last.kind == "mark" and last.text in {",", "+", "="}
    return hanging or (token.kind == "mark" and token.text in {".", "?", "+"})


def calls(inside: Sequence[Token]) -> Iterator[Call]:
    """The calls in these tokens, in order, without those in their arguments and blocks."""
    for part in _parts(inside):
        if isinstance(part, Call):
            yield part


def deep(inside: Sequence[Token]) -> Iterator[Call]:
    """All calls, outer ones before those in their arguments and blocks."""
    for part in _parts(inside):
        yield from _deep(part)


def _deep(part: Call | Token) -> Iterator[Call]:
    if isinstance(part, Token):
        yield from deep(part.inside)
        return
    yield part
    for inner in _parts(part.arguments, bracketed=True):
        yield from _deep(inner)
    yield from deep(part.body or ())


def _parts(inside: Sequence[Token], *, bracketed: bool = False) -> Iterator[Call | Token]:
    """The calls, and the bracketed groups that belong to none.

    bracketed: only `name(…)` and `name { … }` are calls, as inside the arguments of a call.
    """
    for statement in statements(inside):
        at = 0
        while at < len(statement):
            token = statement[at]
            if _is_call(statement, at, bracketed=bracketed):
                call, at = _call(statement, at)
                yield call
                continue
            if token.kind == "group":
                yield token
            at += 1


def _is_call(statement: Sequence[Token], at: int, *, bracketed: bool) -> bool:
    if statement[at].kind != "word" or at + 1 == len(statement):
        return False
    token, after = statement[at], statement[at + 1]
    if after.kind == "group":
        return after.text != "[" or (not bracketed and after.line == token.line)
    if bracketed or after.kind == "mark":
        return False
    return after.kind == "text" or token.text not in _KEYWORDS


_KEYWORDS = {"def", "val", "var", "final", "new", "return", "in", "as", "is", "else", "import",
             "static", "private", "public", "throw", "package", "String", "boolean", "int",
             "void", "class", "interface", "extends", "implements", "assert"}  # fmt: skip


def _call(statement: Sequence[Token], at: int) -> tuple[Call, int]:
    """The call whose name stands at this index, and the index after it."""
    name, first = statement[at], statement[at + 1]
    arguments: tuple[Token, ...] = ()
    end = at + 1
    if first.kind == "group" and first.text == "(":
        arguments, end = first.inside, at + 2
    elif not _is_block(first):
        blocks = (index for index in range(end, len(statement)) if _is_block(statement[index]))
        end = next(blocks, len(statement))
        arguments = tuple(statement[at + 1 : end])
    if end < len(statement) and _is_block(statement[end]):
        return Call(name.text, name.line, arguments, statement[end].inside), end + 1
    return Call(name.text, name.line, arguments, None), end


def _is_block(token: Token) -> bool:
    return token.kind == "group" and token.text == "{"


def arguments(given: Sequence[Token]) -> tuple[tuple[str, tuple[Token, ...]], ...]:
    """The arguments cut at commas, each with its name (`key: value`, `key = value`) or ""."""
    parts: list[list[Token]] = [[]]
    for token in given:
        if token.kind == "mark" and token.text == ",":
            parts.append([])
        elif token.kind != "end":
            parts[-1].append(token)
    return tuple(_named(part) for part in parts if part)


def _named(part: Sequence[Token]) -> tuple[str, tuple[Token, ...]]:
    named = len(part) > 1 and part[0].kind in {"word", "text"} and part[1].text in {":", "="}
    if named and part[1].kind == "mark":
        return part[0].text, tuple(part[2:])
    return "", tuple(part)


def first_text(given: Sequence[Token], name: str = "") -> Token | None:
    """The text given alone for this argument (the first one where no name is said), or None."""
    for key, part in arguments(given):
        if key == name:
            return part[0] if part and part[0].kind == "text" else None
    return None
