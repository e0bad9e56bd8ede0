"""Cohesion of classes in languages with declared types: from the log of names, by place.

The log of a scope says what is used at which byte; a local variable is no name of the log, so that
what remains is what the class knows: its fields and methods, or those of an object reached by
`this`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter
from typing import cast

from assessor.collect.languages.cohesion import Row, lcom4
from assessor.collect.languages.typed_facts import NOTED, Findings, FunctionNote, Scope

_NO_CLASS = frozenset({"file", "facade", "anonymous", "alias"})
_ABSTRACT = frozenset({"annotation", "interface"})  # shapes without methods of their own
_NO_NAME = frozenset("=^@+?")  # of keys: types, and what is not known
_NO_METHODS = frozenset({"__construct", "__destruct", "~"})
_FEW = 2
Span = tuple[int, int, str]  # first byte, the one after the last, name
Line = Callable[[int], int]


@dataclass(slots=True)
class Log:
    """The log of a scope taken apart. first: key -> where it stands first."""

    keys: Sequence[str]
    places: Sequence[int]
    first: Mapping[str, int]


def read(log: list[str | int]) -> Log:
    """The log, taken apart."""
    keys, places = cast("list[str]", log[::2]), cast("list[int]", log[1::2])
    first = dict(zip(keys[::-1], places[::-1], strict=True))  # of equal keys the first one stays
    return Log(keys, places, first)


def classes(walk: Findings, logs: Sequence[Log], line: Line) -> list[Row]:
    """One row for each class with a name, in order. logs: of all scopes. line: that of a byte."""
    scopes = walk.scopes
    holders = _holders(scopes)
    if not any(holder == number for number, holder in enumerate(holders)):
        return []
    spans = _methods(walk.functions)
    inner: dict[int, list[tuple[Scope, Log]]] = {}
    for scope, log, holder in zip(scopes, logs, holders, strict=True):
        inner.setdefault(holder, []).append((scope, log))
    return [
        _row(scope, spans.get(number, []), inner[number], line=line)
        for number, scope in enumerate(scopes)
        if holders[number] == number
    ]


def _holders(scopes: Sequence[Scope]) -> list[int]:
    """For each class itself, for one without a name the one around it; -1 = none is meant."""
    found: list[int] = []
    for number, scope in enumerate(scopes):
        if scope.shape == "anonymous":
            found.append(found[scope.outer])
        else:
            found.append(number if scope.name and scope.shape not in _NO_CLASS else -1)
    return found


def _methods(functions: Iterable[FunctionNote]) -> dict[int, list[Span]]:
    """The functions of each scope that lie in no other one of it, in order."""
    found: dict[int, list[Span]] = {}
    for name, start, end, _, _, _, _, scope in sorted(functions, key=itemgetter(1)):
        known = found.setdefault(scope, [])
        if not known or start >= known[-1][1]:
            known.append((start, end, name))
    return found


def _row(
    scope: Scope, spans: Sequence[Span], inner: Sequence[tuple[Scope, Log]], *, line: Line
) -> Row:
    apart, own, size = scope.apart, scope.name, len(scope.name) + 1
    named = [
        (start, end, short)
        for start, end, name in spans
        if (short := name[size:]) != own
        and short not in _NO_METHODS
        and not short.startswith("operator")
    ]
    accessors = {name.partition(".")[0] for _, _, name in named if "." in name}
    methods = len(named)
    if accessors:
        methods = sum("." not in name for *_, name in named)
        named = [(start, end, name.partition(".")[0]) for start, end, name in named]
    abstract = scope.shape in _ABSTRACT or "abstract" in scope.modifiers.split()
    parts = 0
    if scope.shape not in _ABSTRACT and not scope.partial:
        kept = [each for each in named if each[2] not in apart] if apart else named
        few = len(kept) < _FEW and not accessors
        parts = len(kept) if few else _parts(scope, kept, inner, accessors=accessors)
    fields = len(scope.fields.keys() - apart)
    return scope.name, line(scope.line), methods, fields, parts, abstract


def _parts(
    scope: Scope, spans: Sequence[Span], inner: Sequence[tuple[Scope, Log]], *, accessors: set[str]
) -> int:
    bounds = [bound for start, end, _ in spans for bound in (start, end)]
    fields = scope.fields.keys() - scope.apart
    names = [name for *_, name in spans]
    members = fields.union(names)
    found: set[tuple[int, str]] = set()
    for each, log in inner:
        itself = each is scope
        used = _used(log, members, bounds, own=(scope.name, itself))
        hidden = () if itself else each.fields.keys() | _names(each)
        found |= {use for use in used if use[1] not in hidden} if hidden else used
    inside = ((at // 2, member) for at, member in found if at % 2 and member not in scope.apart)
    return lcom4(names, inside, fields=fields, accessors=accessors)


def _names(scope: Scope) -> set[str]:
    return {key.partition("(")[0] for key in scope.methods}


def _used(
    log: Log, members: set[str], bounds: list[int], *, own: tuple[str, bool]
) -> set[tuple[int, str]]:
    """What is used of the object, with the place among the bounds: odd within a method.

    own: the name of the class, and whether `this` is an object of it.
    """
    selves = {"this", own[0]}
    found = {}
    for key in log.first:
        if key in members:
            found[key] = key
        elif ":" in key and key[0] not in _NO_NAME:
            first, _, rest = key.partition(":")
            link = first or rest.partition("(")[0]
            if link in members or (first in selves and (link := _of_this(key, own))):
                found[key] = link
    if not found:
        return set()
    kept = compress(zip(log.keys, log.places, strict=True), map(found.__contains__, log.keys))
    return {(bisect_right(bounds, start), found[key]) for key, start in kept}


def _of_this(key: str, own: tuple[str, bool]) -> str:
    """The member in a chain that begins with `this`, or with `Outer.this`; "" for another."""
    name, itself = own
    _, _, rest = key.partition(":")
    if key.startswith(f"{name}:this:"):
        rest, itself = rest[5:], True
    elif not key.startswith("this:"):
        return ""
    link = rest.removeprefix(f"{NOTED}:").partition(":")[0].partition("(")[0]
    return link if itself and link.strip("[]!") else ""
