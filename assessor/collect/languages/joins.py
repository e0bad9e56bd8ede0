"""Tables that one statement names together: `data.join`."""

from collections.abc import Iterable
from itertools import combinations

KIND = "data.join"
MAX_TABLES = 12  # of a statement; one with more is a report over everything

# What tells one unit's joins apart -> count, then the first place: path and line.
Key = tuple[str, str, str]
Place = tuple[str, int]
Joins = dict[Key, tuple[int, Place]]


def pairs(tables: Iterable[str]) -> list[tuple[str, str]]:
    """Every two of the tables, sorted; none of a statement that names too many."""
    named = sorted(set(tables))
    return list(combinations(named, 2)) if len(named) <= MAX_TABLES else []


def joined(statements: Iterable[tuple[str, Place, Iterable[str]]]) -> Joins:
    """(unit, table, table) -> how many statements name both, and the first place.

    statements: unit, place and tables of each.
    """
    found: Joins = {}
    for unit, place, tables in statements:
        for a, b in pairs(tables):
            count, first = found.get((unit, a, b), (0, place))
            found[unit, a, b] = (count + 1, min(first, place))
    return dict(sorted(found.items()))
