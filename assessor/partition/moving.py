"""A cut that people change: units moved, services renamed and joined."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assessor.model.coupling import Coupling
from assessor.model.partition import Partition, Service, SharedUnit, homes
from assessor.partition.assembling import assembled, origin
from assessor.partition.shared_units import shared_units
from assessor.partition.strays import place

APART = ""
"""Where a unit is moved to that is to belong to no service."""


def moved(coupling: Coupling, cut: Partition, *, moves: Mapping[str, str]) -> Partition:
    """The cut with units put into services by name; `APART` takes a unit out of all of them.

    A name that there is not yet makes a service; one without units is gone. A unit that people
    put elsewhere has no confidence any more: no run was asked about it. Raises ValueError for a
    unit that is not there.
    """
    unknown = sorted(moves.keys() - set(coupling.units))
    if unknown:
        raise ValueError(f"there is no unit {unknown[0]!r}")
    before = homes(cut)
    placed = {**before, **moves}
    inside = {unit: name for unit, name in placed.items() if name != APART}
    if not inside:
        raise ValueError("no unit would be left in any service")
    elsewhere = {unit for unit, name in moves.items() if before.get(unit, APART) != name}
    kept = {unit: sure for unit, sure in cut.confidence.items() if unit not in elsewhere}
    return _assigned(coupling, replace(cut, confidence=kept), inside=inside)


def renamed(cut: Partition, *, old: str, new: str) -> Partition:
    """The cut with a service called otherwise. Raises ValueError for no or two such services."""
    names = {service.name for service in cut.services}
    if old not in names or not new.strip() or (new != old and new in names):
        raise ValueError(f"{old!r} cannot be called {new!r}")
    services = (
        replace(service, name=new) if service.name == old else service for service in cut.services
    )
    return replace(
        cut,
        services=tuple(sorted(services, key=_largest_first)),
        home={unit: new if name == old else name for unit, name in cut.home.items()},
    )


def merged(coupling: Coupling, cut: Partition, *, service: str, into: str) -> Partition:
    """The cut with all units of a service in another one. Raises ValueError for unknown ones."""
    names = {each.name: each for each in cut.services}
    if service not in names or into not in names or service == into:
        raise ValueError(f"{service!r} cannot be taken into {into!r}")
    return moved(coupling, cut, moves=dict.fromkeys(names[service].units, into))


def _largest_first(service: Service) -> tuple[int, str]:
    return -len(service.units), service.name


def _assigned(coupling: Coupling, cut: Partition, *, inside: Mapping[str, str]) -> Partition:
    """The cut with these units in these services and all others shared."""
    titles = sorted(set(inside.values()))
    number = {title: at for at, title in enumerate(titles)}
    home = {unit: name for unit, name in cut.home.items() if name in number}
    home |= inside
    placed = {at: number[home[unit]] for at, unit in enumerate(coupling.units) if unit in home}
    numbers = place(coupling.units, fused=coupling.fused, placed=placed)
    return assembled(
        coupling,
        numbers=numbers,
        titles=titles,
        shared=_shared(coupling, cut, inside=inside, numbers=numbers),
        of=origin(cut),
    )


def _shared(
    coupling: Coupling, cut: Partition, *, inside: Mapping[str, str], numbers: Sequence[int]
) -> tuple[SharedUnit, ...]:
    """The units in no service, sorted; those that people took out are libraries."""
    known = {each.unit: each.advice for each in cut.shared}
    apart = {unit: known.get(unit, "library") for unit in coupling.units if unit not in inside}
    row = {unit: at for at, unit in enumerate(coupling.units)}
    counted = shared_units(
        coupling,
        services=numbers,
        libraries={row[unit] for unit, advice in apart.items() if advice == "library"},
        assembly={row[unit] for unit, advice in apart.items() if advice == "assembly"},
    )
    found = {each.unit: each for each in counted}
    used = _used(coupling, inside=inside)
    return tuple(
        found.get(unit) or SharedUnit(unit, int(unit in used), advice)
        for unit, advice in apart.items()
    )


def _used(coupling: Coupling, *, inside: Mapping[str, str]) -> set[str]:
    """The units that some unit of a service refers to."""
    cells = coupling.directed.tocoo()
    units = coupling.units
    return {
        units[target]
        for source, target in zip(cells.row.tolist(), cells.col.tolist(), strict=True)
        if units[source] in inside
    }
