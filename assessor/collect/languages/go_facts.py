"""What phase A says of one Go file: the shape of its JSON, and how a walk becomes it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NotRequired

from assessor.collect.languages.go_calls import CallFacts
from assessor.collect.languages.go_cohesion import MethodRow, methods
from assessor.collect.languages.go_complexity import FunctionCount
from assessor.collect.languages.go_state import Walk
from assessor.collect.languages.go_texts import lines, scanned, words

# Letters of uses, before a chain or a type: called; called with type arguments or an element;
# any other value; written type; made; embedded.
CALL, GENERIC, VALUE, TYPE, NEW, INHERIT = "C", "G", "V", "T", "N", "I"


class GoFacts(CallFacts):
    """Facts of one file; lists of records are flat: name, line, … one after the other.

    imports: path, alias, line. types: [name, shape, under, embeds, fields, methods, line] of each.
    functions: [receiver, name, types of parameters, function type, line] of each. values: name of
    a variable or constant of the package -> chain. uses: key, count, first line. fields: type,
    line, of named fields of structs. measures: qualified name, line, cyclomatic, cognitive, lines.
    shapes: nesting and number of parameters of each of the measures. cohesion: see `go_cohesion`.
    literals: category, masked text, line. statics: name, type, line. words: term, count.
    broken: the parser stepped over something, or nesting beyond the cap was left out.
    routes: see `endpoints_go.Row`.
    """

    package: str
    imports: list[str | int]
    types: list[list[object]]
    functions: list[list[object]]
    values: dict[str, str]
    uses: list[str | int]
    fields: list[str | int]
    measures: list[str | int]
    shapes: NotRequired[list[int]]
    cohesion: NotRequired[list[MethodRow]]
    literals: list[str | int]
    statics: list[str | int]
    words: list[str | int]
    code: int
    comments: int
    broken: bool
    routes: NotRequired[list[list[object]]]


def facts_of(walk: Walk, source: bytes, *, broken: bool) -> GoFacts:
    """The walk's findings, bytes turned into lines."""
    text = walk.text
    ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
    comments, literals, bare = scanned(text, source)
    code, commented = lines(text, comments)
    return {
        "package": walk.package,
        "imports": _located(walk.imports, ends),
        "types": [
            [
                one.name, one.shape, one.under, one.embeds, one.fields,
                {name: list(method) for name, method in one.methods.items()},
                _line(ends, one.start),
            ]
            for one in walk.types
        ],
        "functions": [
            [one.receiver, one.name, one.takes, one.result, _line(ends, one.start)]
            for one in walk.functions
        ],
        "values": walk.values,
        "uses": [
            part
            for key, (count, start) in walk.uses.items()
            for part in (key, count, _line(ends, start))
        ],
        "fields": _located(walk.fields, ends),
        "measures": _measures(walk, ends),
        "shapes": [part for one in _in_order(walk) for part in (one.deepest, one.parameters)],
        "cohesion": methods(walk, comments),
        "literals": _located(literals, ends),
        "statics": _located(walk.statics, ends),
        "words": words(bare),
        "code": code,
        "comments": commented,
        "broken": broken or walk.deep,
    }  # fmt: skip


def _line(ends: Sequence[int], start: int) -> int:
    return bisect_right(ends, start) + 1


def _located(
    records: Iterable[tuple[str, int] | tuple[str, str, int]], ends: Sequence[int]
) -> list[str | int]:
    flat: list[str | int] = []
    for *texts, start in records:
        flat += (*texts, _line(ends, start))
    return flat


def _in_order(walk: Walk) -> list[FunctionCount]:
    return sorted(walk.counts, key=lambda count: (count.start, count.end))


def _measures(walk: Walk, ends: Sequence[int]) -> list[str | int]:
    flat: list[str | int] = []
    for one in _in_order(walk):
        line = _line(ends, one.start)
        last = _line(ends, max(one.start, one.end - 1))
        flat += (one.name, line, one.cyclomatic, one.cognitive, last + 1 - line)
    return flat
