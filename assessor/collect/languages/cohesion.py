"""Cohesion of a class: into how many parts its methods fall that share no field and no call.

LCOM4 of Hitz and Montazeri (1995): the methods and the fields of an object are the nodes, a method
is tied to what it uses, and the connected parts are counted. What that paper leaves open, and
what of it is done otherwise, is in `docs/algorithms/metrics.md`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

# Name, line, methods, fields, LCOM4, abstract; of `model.records.ClassMetrics`.
Row = tuple[str, int, int, int, int, bool]

# They tie everything together, and say nothing.
_LOGGERS = frozenset(
    f"{before}{name}"
    for name in ("log", "logger", "Log", "Logger", "LOG", "LOGGER")
    for before in ("", "_", "__", "#")
)
_SEVERAL = 2
_VERBS = ("get", "set", "is", "has", "with", "add")


def lcom4(
    methods: Sequence[str],
    uses: Iterable[tuple[int, str]],
    *,
    fields: Collection[str],
    accessors: Collection[str] = (),
) -> int:
    """The number of parts, 0 without methods, else at least 1.

    methods: names, without constructors and static methods; overloads are one. uses: number of a
    method, and the field or method of the object that it uses, those included that other classes
    declare; each pair once. fields: those that the class declares. accessors: those of the methods
    that are the accessors of properties. A method alone that uses none of the fields is no part,
    and accessors, and what else only hands out or sets one field, make none by themselves.
    """
    if not methods or (accessors and all(name in accessors for name in methods)):
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
    ends = _ends(joined)
    if len({ends[at] for at in only}) < _SEVERAL:
        return 1
    known = set(methods)
    doing = {
        ends[at]
        for at, member in only.items()
        if methods[at] not in accessors and not _hands_out(methods[at], member)
    }
    sizes = Counter(ends[first[name]] for name in known)
    holding = {ends[first[name]] for name in fields if name in first and name not in known}
    return max(1, sum(end in holding or sizes[end] > 1 for end in doing))


def _ends(joined: list[int]) -> list[int]:
    """For each method the one that stands for its part."""
    found = []
    for at in range(len(joined)):
        end = at
        while joined[end] != end:
            joined[end] = end = joined[joined[end]]
        joined[at] = end
        found.append(end)
    return found


def _hands_out(name: str, member: str) -> bool:
    """Whether a method uses one member only, and bears its name: `getName`, `set_name`, `name`."""
    return bool(member) and not _stems(name).isdisjoint(_stems(member))


def _stems(name: str) -> set[str]:
    """What a name may stand for, the verbs of accessors left out."""
    plain = _bare(name)
    return {plain, *(plain[len(verb) :] for verb in _VERBS if plain.startswith(verb))} - {""}


def _bare(name: str) -> str:
    return name.replace("_", "").replace("#", "").lower()
