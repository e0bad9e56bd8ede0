"""Cohesion of classes in languages that say `self.x` or `this.x`: from where they do."""

from collections.abc import Iterable, Iterator, Sequence

from assessor.collect.languages.cohesion import Row, lcom4
from assessor.collect.languages.cursor_walk import ClassCount, FunctionCount

Use = tuple[int, bytes, bool]  # first byte, name of the member, whether it is set


def rows(
    classes: Sequence[ClassCount], functions: Sequence[FunctionCount], uses: Iterable[Use]
) -> list[Row]:
    """One row for each class, in order.

    functions: those that have an object of their own, or are a method, in order of their places.
    uses: of members of an object, in order. What a method sets is a field of its class.
    """
    methods: list[list[str]] = [[] for _ in classes]
    numbers: dict[int, int] = {}  # first byte of a method -> its number in its class
    taken = [set(each.apart) for each in classes]
    for one in functions:
        if one.holder >= 0:
            taken[one.holder].add(last_name(one).encode())
        if one.bound:
            numbers[one.start] = len(methods[one.holder])
            methods[one.holder].append(last_name(one))
    used: list[set[tuple[int, str]]] = [set() for _ in classes]
    for one, name, is_set in _placed(functions, uses):
        if is_set and one.holder >= 0:
            classes[one.holder].fields.add(name)
        if one.bound and name not in classes[one.holder].apart:
            used[one.holder].add((numbers[one.start], name.decode("utf-8", "replace")))
    return [
        _row(each, {name.decode("utf-8", "replace") for name in each.fields - names}, parts)
        for each, names, parts in zip(classes, taken, zip(methods, used, strict=True), strict=True)
    ]


def _row(one: ClassCount, fields: set[str], parts: tuple[list[str], set[tuple[int, str]]]) -> Row:
    methods, uses = parts
    known = lcom4(methods, uses, fields=fields)
    return one.name, one.line, one.methods, len(fields), known, one.abstract


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
