"""Cohesion of a class: into how many parts its methods fall that share no field and no call.

LCOM4 of Hitz and Montazeri (1995): the methods and the fields of an object are the nodes, a method
is tied to what it uses, and the connected parts are counted. What that paper leaves open, and
what of it is done otherwise, is in `docs/algorithms/metrics.md`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

# Name, line, methods, fields, LCOM4, abstract; of `model.records.ClassMetrics`.
Row = tuple[str, int, int, int, int, bool]

# They tie everything together, and say nothing.
_LOGGERS = frozenset(
    f"{before}{name}"
    for name in ("log", "logger", "Log", "Logger", "LOG", "LOGGER")
    for before in ("", "_", "__", "#")
)
_SEVERAL = 2
_GIVES = ("get", "set", "is", "has", "with", "add")


def lcom4(
    methods: Sequence[str], uses: Iterable[tuple[int, str]], *, fields: Collection[str]
) -> int:
    """The number of parts, 0 without methods, else at least 1.

    methods: names, without constructors and static methods; overloads are one. uses: number of a
    method, and the field or method of the object that it uses, those included that other classes
    declare; each pair once. fields: those that the class declares. A method alone that uses none
    of them is no part, and what only hands out or sets a field makes none by itself.
    """
    if not methods:
        return 0
    first: dict[str, int] = {}
    joined = [first.setdefault(name, at) for at, name in enumerate(methods)]
    only: dict[int, str] = {}  # the one member that a method uses, "" for several
    for at, member in uses:
        if methods[at] == member or member in _LOGGERS:
            continue
        only[at] = "" if at in only else member
        one, other = at, first.setdefault(member, at)
        while (above := joined[one]) != one:
            joined[one] = one = joined[above]
        while (above := joined[other]) != other:
            joined[other] = other = joined[above]
        joined[one] = other
    return max(1, _counted(methods, joined, first=first, only=only, fields=fields))


def _counted(
    methods: Sequence[str],
    joined: list[int],
    *,
    first: Mapping[str, int],
    only: Mapping[int, str],
    fields: Collection[str],
) -> int:
    """The parts with a method that does something, and with another method or a field."""
    ends = _ends(joined)
    if len({ends[at] for at in only}) < _SEVERAL:
        return 1
    named = [at for name, at in first.items() if methods[at] == name]
    sizes = Counter(ends[at] for at in named)
    known = {methods[at] for at in named}
    holding = {ends[first[name]] for name in fields if name in first and name not in known}
    doing = {
        ends[at]
        for at, name in enumerate(methods)
        if at in only and not _is_accessor(name, only[at], known)
    }
    return sum(end in holding or sizes[end] > 1 for end in doing)


def _ends(joined: list[int]) -> list[int]:
    """For each method the one that stands for its part."""
    found = []
    for at in range(len(joined)):
        end = at
        while joined[end] != end:
            end = joined[end]
        joined[at] = end
        found.append(end)
    return found


def _is_accessor(name: str, member: str, methods: Collection[str]) -> bool:
    """Whether a method uses one field, and bears its name: `getName`, `set_name`, `name`."""
    if not member or member in methods:
        return False
    plain, field = _bare(name), _bare(member)
    return plain.endswith((field, field.removeprefix("is"))) and (
        plain in {field, field.removeprefix("is")}
        or any(plain in {word + field, word + field.removeprefix("is")} for word in _GIVES)
    )


def _bare(name: str) -> str:
    return name.replace("_", "").replace("#", "").lower()
