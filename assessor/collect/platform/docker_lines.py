"""The lines of a Dockerfile as instructions, read as BuildKit reads them.

Directives, continuations, comments and here-documents are told apart line by line.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessor.collect.platform.nodes import UnreadableError

_NAMES = frozenset(
    (
        *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK"),
        *("LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME"),
        "WORKDIR",
    )
)
_DIRECTIVE = re.compile(r"#\s*(\w+)\s*=\s*(\S+)\s*$")
_HEREDOC = re.compile(r"""\d*<<(-?)(["']?)([^\s<"']+)\2""")
_FLAG = re.compile(r"--([a-z][a-z-]*)(?:=((?:\"[^\"]*\"|[^\s\"])*))?(?:\s+|$)")
WORD = re.compile(r"""((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+)""")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: keyword, logical text, and which line of the file begins where in it.

    starts: (offset in the text, line). stage: index of its stage, -1 before the first FROM.
    """

    name: str
    line: int
    text: str
    starts: tuple[tuple[int, int], ...]
    stage: int

    def line_at(self, offset: int) -> int:
        """The line of the file that holds this character of the text."""
        return max((line for start, line in self.starts if start <= offset), default=self.line)


# ---------------------------------------------------------------- lines to instructions


def instructions(text: str) -> Iterator[Instruction]:
    """The instructions in order; raises `UnreadableError` on an unknown one or an open heredoc."""
    lines = text.split("\n")
    escape = _escape(lines)
    stage, at = -1, 0
    while at < len(lines):
        if _ignored(lines[at]):
            at += 1
            continue
        first = at
        pieces, at = _continued(lines, at, escape)
        bodies, at = _heredocs(lines, at, pieces)
        stage += _keyword(pieces[0][1]) == "FROM"
        yield _instruction(first + 1, pieces, bodies, stage=stage)


def _ignored(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _escape(lines: Sequence[str]) -> str:
    for line in lines:
        directive = _DIRECTIVE.match(line.strip())
        if not directive:
            break
        if directive[1].lower() == "escape" and directive[2] in {"\\", "`"}:
            return directive[2]
    return "\\"


def _continued(lines: Sequence[str], at: int, escape: str) -> tuple[list[tuple[int, str]], int]:
    """The (line, text) pieces of one logical line from `at`, and the index after it."""
    pieces: list[tuple[int, str]] = []
    while at < len(lines):
        line, at = lines[at], at + 1
        if pieces and _ignored(line):
            continue
        stripped = line.rstrip(" \t")
        if not stripped.endswith(escape):
            pieces.append((at, line))
            break
        pieces.append((at, stripped[: -len(escape)]))
    return pieces, at


def _heredocs(
    lines: Sequence[str], at: int, pieces: Sequence[tuple[int, str]]
) -> tuple[list[tuple[int, str]], int]:
    """The lines of the here-documents that the logical line opens, and the index after them."""
    logical = "".join(text for _, text in pieces)
    if _keyword(logical) == "ONBUILD":
        logical = logical.split(maxsplit=1)[-1]
    if _keyword(logical) not in {"RUN", "COPY", "ADD"}:
        return [], at
    opened = (_HEREDOC.fullmatch(word) for word in WORD.findall(logical))
    bodies: list[tuple[int, str]] = []
    for dash, end in [(match[1], match[3]) for match in opened if match]:
        open_at = at
        while at < len(lines):
            line, at = lines[at], at + 1
            bodies.append((at, line))
            if (line.lstrip("\t") if dash else line) == end:
                break
        else:
            raise UnreadableError(f"The here-document {end} has no end.", line=open_at)
    return bodies, at


def _keyword(line: str) -> str:
    return line.split(maxsplit=1)[0].upper() if line.split() else ""


def _instruction(
    line: int, pieces: list[tuple[int, str]], bodies: list[tuple[int, str]], *, stage: int
) -> Instruction:
    name = _keyword(pieces[0][1])
    if name not in _NAMES:
        raise UnreadableError(
            f"The Dockerfile has an unknown instruction {name[:20]!r}.", line=line
        )
    head = pieces[0][1].lstrip()[len(name) :]
    parts = [(line, head), *pieces[1:], *((number, "\n" + body) for number, body in bodies)]
    text, starts = "", []
    for number, part in parts:
        starts.append((len(text), number))
        text += part if text.strip() else part.lstrip()
    return Instruction(name, line, text.rstrip(), tuple(starts), stage)


# ---------------------------------------------------------------- flags, forms, variables


def flags_of(text: str) -> tuple[dict[str, str], int]:
    """The flags before the arguments (repeated ones joined by a space) and where those begin."""
    flags: dict[str, str] = {}
    at = 0
    while match := _FLAG.match(text, at):
        value = "true" if match[2] is None else match[2].strip('"')
        flags[match[1]] = f"{flags[match[1]]} {value}" if match[1] in flags else value
        at = match.end()
    return flags, at


def form_of(name: str, text: str) -> str | None:
    """`exec` for a JSON array of texts, else `shell`; None where the instruction has no forms."""
    if name == "HEALTHCHECK":
        verb, _, text = text.partition(" ")
        if verb.upper() != "CMD":
            return None
    elif name not in {"RUN", "CMD", "ENTRYPOINT", "SHELL"}:
        return None
    if not text.lstrip().startswith("["):
        return "shell"
    try:
        words = json.loads(text)
    except (ValueError, RecursionError):
        return "shell"
    return "exec" if all(isinstance(word, str) for word in words) else "shell"


def pairs(text: str) -> list[tuple[int, str, str]]:
    """(offset, key, value) of `a=b c="d e"`, or of the old form `a b c`, quotes taken off."""
    words = [(match.start(), match[0]) for match in WORD.finditer(text)]
    if words and "=" not in words[0][1]:
        key = words[0][1]
        return [(words[0][0], unquoted(key), text[words[0][0] + len(key) :].strip())]
    split = [(at, *word.partition("=")[::2]) for at, word in words]
    return [(at, unquoted(key), unquoted(value)) for at, key, value in split]


def unquoted(word: str) -> str:
    """The word without its quotes and escapes."""
    bare = re.sub(r"""(?<!\\)["']""", "", word)
    return re.sub(r"\\([\s\"'\\])", r"\1", bare)
