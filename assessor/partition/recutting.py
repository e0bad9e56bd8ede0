"""A cut made coarser or finer along its dendrogram, without clustering again."""

from collections import Counter
from collections.abc import Mapping, Sequence

from assessor.model.coupling import Coupling
from assessor.model.partition import Merge, Partition
from assessor.partition.assembling import assembled, origin
from assessor.partition.flow import renumbered
from assessor.partition.naming import names
from assessor.partition.strays import place

_HALF = 0.5


def most(cut: Partition) -> int:
    """Into how many services the dendrogram can be cut at the most; 0 where there is none."""
    return len(set(cut.groups.values()))


def recut(coupling: Coupling, cut: Partition, *, services: int) -> Partition:
    """The cut with so many services, as its dendrogram has them; shared units stay shared.

    Fewer where people took all units of one out of it. A service that is mostly an old one keeps
    its name. Raises ValueError for a number that the dendrogram does not give.
    """
    if not 1 <= services <= most(cut):
        raise ValueError(f"the dendrogram gives 1 to {most(cut)} services, not {services}")
    tops = _tops(cut.groups, cut.dendrogram[: most(cut) - services])
    apart = {each.unit for each in cut.shared}
    rows = [
        at for at, unit in enumerate(coupling.units) if unit in cut.groups and unit not in apart
    ]
    inside = renumbered([tops[cut.groups[coupling.units[at]]] for at in rows])
    placed = dict(zip(rows, inside, strict=True))
    numbers = place(coupling.units, fused=coupling.fused, placed=placed)
    return assembled(
        coupling,
        numbers=numbers,
        titles=_titles(coupling, cut, numbers=numbers, rows=rows),
        shared=cut.shared,
        of=origin(cut),
    )


def _tops(groups: Mapping[str, int], merges: Sequence[Merge]) -> dict[int, int]:
    """Finest group -> the group that it has become part of."""
    parent: dict[int, int] = {}
    for merge in merges:
        parent[merge.a] = parent[merge.b] = merge.into
    tops: dict[int, int] = {}
    for group in set(groups.values()):
        top = group
        while top in parent:
            top = parent[top]
        tops[group] = top
    return tops


def _titles(
    coupling: Coupling, cut: Partition, *, numbers: Sequence[int], rows: Sequence[int]
) -> list[str]:
    """A name for every service: of the old one that it mostly is, else one from its words."""
    made = names(coupling, services=numbers, rows=rows)
    chosen: dict[int, str] = {}
    sizes = Counter(numbers)
    old = Counter(
        (number, cut.home[unit])
        for number, unit in zip(numbers, coupling.units, strict=True)
        if unit in cut.home
    )
    for (number, name), count in sorted(old.items(), key=lambda each: (-each[1], each[0])):
        if number not in chosen and name not in chosen.values() and count > _HALF * sizes[number]:
            chosen[number] = name
    titles: list[str] = []
    for number, title in enumerate(made):
        taken = {*titles, *chosen.values()}
        titles.append(chosen.get(number) or _free(title, taken))
    return titles


def _free(title: str, taken: set[str]) -> str:
    """The title, with a number behind it where there is one like it."""
    if title not in taken:
        return title
    return next(name for at in range(2, len(taken) + 3) if (name := f"{title}-{at}") not in taken)
