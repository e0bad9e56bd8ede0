"""Complexity and maintainability of Python as radon measures them; nothing else knows radon.

radon's own `mi_visit` feeds every statement to the tokeniser once more to count lines. Here the
source is parsed once, radon's two visitors run over that tree, and lines are counted by one scan;
the result is equal.
"""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from radon.metrics import halstead_visitor_report, mi_compute
from radon.visitors import ComplexityVisitor, HalsteadVisitor

from assessor.collect.languages.python_encoding import readable
from assessor.collect.languages.resolution import Facts
from assessor.model.records import Halstead, Unit

# What Python's parser and a recursive visitor may raise on hostile source.
_GIVES_UP = (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError)
_TOKEN = re.compile(
    r"(?P<string>[A-Za-z]*(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^'\\\n]|\\.)*'"
    r"|\"(?:[^\"\\\n]|\\.)*\"))"
    r"|(?P<comment>\#[^\n]*)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<colon>:(?!=))|(?P<semicolon>;)"
    r"|(?P<wrapped>\\\n)|(?P<end>\n)|(?P<code>[^\s'\"\#()\[\]{}:;\\]+|:=|\\)",
    re.DOTALL,
)
_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines as radon counts them: with code, logical, comments, in strings that stand alone."""

    code: int
    logical: int
    comments: int
    multi: int


@dataclass(slots=True)
class _Statement:
    """What the scan has seen of the statement it is in: a state that is reset at each end."""

    start: int = 0
    tokens: int = 0
    strings: int = 0
    comments: int = 0
    colon: bool = False
    last: str = ""
    after_colon: int = 0
    logical: int = 0


def measure(_path: str, content: bytes) -> Facts:
    """`functions`: (line, cyclomatic) of each; `maintainability`: 0 to 100; `measured`.

    `halstead`: volume, difficulty, effort.

    Not measured is what this Python cannot parse and what nests too deep for radon.
    """
    source = readable(content).decode("utf-8", "replace")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
        complexity = ComplexityVisitor.from_ast(tree)
        halstead = halstead_visitor_report(HalsteadVisitor.from_ast(tree))
    except _GIVES_UP:
        return {"measured": False, "functions": [], "maintainability": None, "halstead": None}
    counted = lines(source)
    commented = counted.comments + counted.multi
    share = commented / float(counted.code) * 100 if counted.code else 0
    index = mi_compute(halstead.volume, complexity.total_complexity, counted.logical, share)
    functions = sorted([one.lineno, one.complexity] for one in _functions(complexity))
    return {
        "measured": True,
        "functions": functions,
        "maintainability": float(index),
        "halstead": [float(halstead.volume), float(halstead.difficulty), float(halstead.effort)],
    }


def with_metrics(units: Sequence[Unit], metrics: Mapping[str, Facts]) -> tuple[Unit, ...]:
    """The units with radon's figures where it measured their file; the others as they were.

    metrics: path -> what `measure` gave. Functions that radon does not list (in a class inside a
    function) keep their own figure.
    """
    return tuple(
        _measured(unit, cast("Mapping[str, object]", metrics[unit.path]))
        if unit.path in metrics
        else unit
        for unit in units
    )


def lines(source: str) -> Lines:
    """Line counts equal to those of `radon.raw.analyze` for source that parses, in one scan."""
    source = _BREAKS.sub("\n", source)
    code = logical = comments = multi = 0
    for statement, text in _statements(source):
        rows = sum(1 for row in text.split("\n") if row.strip())
        comments += statement.comments
        logical += statement.logical
        alone = statement.tokens == statement.strings == 1 and not statement.comments
        if alone and "\n" in text:
            multi += rows
        elif statement.tokens and not alone:
            code += rows
    return Lines(code, logical, comments, multi)


def _measured(unit: Unit, said: Mapping[str, object]) -> Unit:
    if not said["measured"]:
        return unit
    known = dict(cast("Sequence[tuple[int, int]]", said["functions"]))
    functions = tuple(
        replace(one, cyclomatic=known.get(one.line, one.cyclomatic)) for one in unit.functions
    )
    return replace(
        unit,
        functions=functions,
        cyclomatic=sum(one.cyclomatic for one in functions),
        maintainability=cast("float", said["maintainability"]),
        halstead=Halstead(*cast("Sequence[float]", said["halstead"])),
    )


def _functions(visitor: ComplexityVisitor) -> Iterator[ComplexityVisitor]:
    """All functions radon saw: at the top, in classes and, through both, nested ones."""
    pending = [*visitor.functions, *visitor.classes]
    while pending:
        block = pending.pop()
        if hasattr(block, "methods"):
            pending.extend((*block.methods, *block.inner_classes))
        else:
            pending.extend(block.closures)
            yield block


def _statements(source: str) -> Iterator[tuple[_Statement, str]]:
    """Each statement with its text; blank lines and comments are statements of their own."""
    statement, depth = _Statement(), 0
    for token in _TOKEN.finditer(source):
        kind = token.lastgroup or ""
        if kind == "end" and not depth:
            yield _ended(statement), source[statement.start : token.start()]
            statement = _Statement(start=token.end())
            continue
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        _take(statement, kind)
    yield _ended(statement), source[statement.start :]


def _take(statement: _Statement, kind: str) -> None:
    if kind == "comment":
        statement.comments += 1
    elif kind == "semicolon":
        statement.logical += _logical(statement, ended=False)
        statement.tokens += 1
        statement.colon, statement.last = False, ""
    elif kind not in ("end", "wrapped"):
        statement.tokens += 1
        statement.strings += kind == "string"
        statement.after_colon = 0 if kind == "colon" else statement.after_colon + 1
        statement.colon = statement.colon or kind == "colon"
        statement.last = kind


def _ended(statement: _Statement) -> _Statement:
    statement.logical += _logical(statement, ended=True)
    return statement


def _logical(statement: _Statement, *, ended: bool) -> int:
    """Logical lines of a part between semicolons: radon takes what follows a colon for a body."""
    if not statement.colon:
        return int(bool(statement.last))
    return 2 - (statement.after_colon == (0 if ended else 1))
