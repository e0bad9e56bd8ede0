"""Two cuts of the same units: which services go on, which units moved, how the figures did."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assessor.model.coupling import Coupling
from assessor.model.partition import Partition, homes
from assessor.model.view import Tone

Ties = Mapping[tuple[str, str], int]
Name = Literal["services", "across", "icp", "sm", "modularity", "largest"]
# 1 = more is better, -1 = less is, 0 = neither.
_DIRECTIONS: Mapping[Name, int] = {
    "services": 0,
    "across": -1,
    "icp": -1,
    "sm": 1,
    "modularity": 1,
    "largest": -1,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of both cuts. across: references between services; the others as in `Quality`."""

    name: Name
    before: float | None
    after: float | None

    @property
    def tone(self) -> Tone:
        """Better, worse, or neither."""
        if self.before is None or self.after is None:
            return "plain"
        return toned(self.after - self.before, direction=_DIRECTIONS[self.name])


@dataclass(frozen=True, slots=True)
class Shift:
    """A unit that is in another service than before; "" = in none."""

    unit: str
    before: str
    after: str


def ties(coupling: Coupling, cut: Partition) -> dict[tuple[str, str], int]:
    """References from one service to another, by their names."""
    names = [service.name for service in cut.services]
    number = {name: at for at, name in enumerate(names)}
    inside = homes(cut)
    of = np.array([number.get(inside.get(u, ""), -1) for u in coupling.units], dtype=np.int64)
    cells = coupling.directed.tocoo()
    a, b = of[cells.row], of[cells.col]
    out = (a >= 0) & (b >= 0) & (a != b)
    keys, at = np.unique(a[out] * len(names) + b[out], return_inverse=True)
    sums = np.bincount(at, weights=cells.data[out], minlength=len(keys))
    return {
        (names[key // len(names)], names[key % len(names)]): round(count)
        for key, count in zip(keys.tolist(), sums.tolist(), strict=True)
    }


def matched(before: Partition, after: Partition) -> dict[str, str]:
    """Service of the later cut -> the one of the earlier cut that it goes on with.

    One to one: the one of the same name if most of its units are still there, else by most units
    in common. A new one has none.
    """
    was = homes(before)
    sizes = Counter(was.values())
    common = Counter(
        (was[unit], service.name)
        for service in after.services
        for unit in service.units
        if unit in was
    )

    def order(pair: tuple[str, str]) -> tuple[bool, int, bool, tuple[str, str]]:
        old, new = pair
        kept = old == new and 2 * common[pair] > sizes[old]
        return not kept, -common[pair], old != new, pair

    found: dict[str, str] = {}
    taken: set[str] = set()
    for old, new in sorted(common, key=order):
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def shifts(before: Partition, after: Partition) -> tuple[Shift, ...]:
    """The units that are elsewhere, sorted; a service that is only called otherwise moves none."""
    same = matched(before, after)
    was, now = homes(before), homes(after)
    return tuple(
        Shift(unit, was.get(unit, ""), now.get(unit, ""))
        for unit in sorted({*was, *now})
        if was.get(unit, "") != (same.get(now[unit]) if unit in now else "")
    )


def measures(coupling: Coupling, before: Partition, after: Partition) -> tuple[Measure, ...]:
    """The figures of both cuts, in the order of reading."""
    one, other = before.quality, after.quality
    across = [float(sum(ties(coupling, cut).values())) for cut in (before, after)]
    return (
        Measure("services", len(before.services), len(after.services)),
        Measure("across", across[0], across[1]),
        Measure("icp", one.icp, other.icp),
        Measure("sm", one.sm, other.sm),
        Measure("modularity", one.modularity, other.modularity),
        Measure("largest", one.largest, other.largest),
    )


def renamed(crossing: Ties, before: Partition, after: Partition) -> dict[tuple[str, str], int]:
    """The ties of the earlier cut under the names that its services go on with."""
    new = {old: name for name, old in matched(before, after).items()}
    found: Counter[tuple[str, str]] = Counter()
    for (a, b), count in crossing.items():
        found[new.get(a, a), new.get(b, b)] += count
    return dict(found)


def toned(step: float, *, direction: int) -> Tone:
    """How a step should strike the reader. direction: 1 = more is better, -1 = less is."""
    if not step or not direction:
        return "plain"
    return "good" if (step > 0) == (direction > 0) else "poor"
