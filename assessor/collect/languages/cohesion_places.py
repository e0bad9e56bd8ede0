"""Cohesion of classes in languages that say `self.x` or `this.x`: from where they do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assessor.collect.languages.cohesion import Row, lcom4
from assessor.collect.languages.cursor_walk import ClassCount, FunctionCount

Use = tuple[int, bytes, bool]  # first byte, name of the member, whether it is set


@dataclass(slots=True)
class _Tied:
    """The methods of a class in order, what they use, and all names that are no fields."""

    methods: list[str] = field(default_factory=list)
    accessors: set[str] = field(default_factory=set)
    uses: set[tuple[int, str]] = field(default_factory=set)
    taken: set[bytes] = field(default_factory=set)


def rows(
    classes: Sequence[ClassCount], functions: Sequence[FunctionCount], uses: Iterable[Use]
) -> list[Row]:
    """One row for each class, in order.

    functions: those that have an object of their own, or are a method, in order of their places.
    uses: of members of an object, in order. What a method sets is a field of its class.
    """
    tied = [_Tied(taken=set(each.apart)) for each in classes]
    numbers = {one.start: _enter(tied[one.holder], one) for one in functions if one.holder >= 0}
    for one, name, is_set in _placed(functions, uses):
        if one.holder < 0:
            continue
        around = classes[one.holder]
        if is_set:
            around.fields.add(name)
        if one.bound and name not in around.apart:
            tied[one.holder].uses.add((numbers[one.start], _decoded(name)))
    return [_row(*each) for each in zip(classes, tied, strict=True)]


def _enter(tied: _Tied, one: FunctionCount) -> int:
    """Takes a function into its class; gives its number among the methods of an object."""
    name = last_name(one)
    tied.taken.add(name.encode())
    if not one.bound:
        return -1
    tied.methods.append(name)
    if one.accessor:
        tied.accessors.add(name)
    return len(tied.methods) - 1


def _row(one: ClassCount, tied: _Tied) -> Row:
    fields = {_decoded(name) for name in one.fields - tied.taken}
    parts = lcom4(tied.methods, tied.uses, fields=fields, accessors=tied.accessors)
    return one.name, one.line, one.methods, len(fields), parts, one.abstract


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def last_name(one: FunctionCount) -> str:
    """The name of the function without those of what it stands in."""
    return one.name.rpartition(".")[2]


def _placed(
    functions: Sequence[FunctionCount], uses: Iterable[Use]
) -> Iterator[tuple[FunctionCount, bytes, bool]]:
    """Each use with the innermost function around it."""
    around: list[FunctionCount] = []
    at = 0
    for start, name, is_set in uses:
        while at < len(functions) and functions[at].start <= start:
            around.append(functions[at])
            at += 1
        while around and around[-1].end <= start:
            around.pop()
        if around:
            yield around[-1], name, is_set
