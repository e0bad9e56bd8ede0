"""Facts about hotspots and about how few people know a service."""

from collections.abc import Mapping

from assessor.detect.code import measured
from assessor.detect.past import unknown
from assessor.model.basis import Evidence, EvidenceKind, Location, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.history import Ownership, people_needed
from assessor.model.seen import Seen

HOT = 0.64  # among the top fifth by changes as well as by complexity
REVISED = 3  # changes in the window; with fewer, the rank says little about the unit
COMPLEX = 10  # McCabe's bound; entities that only get and set stay below it
SMALL = 5  # a service of fewer units always rests on few people; that says nothing

SPECS: tuple[FactSpec, ...] = (
    FactSpec(
        "hotspot.count",
        Text(zh="热点单元数", en="Hotspots"),
        "count",
        EvidenceKind.GIT,
        "past",
    ),
    FactSpec(
        "ownership.truck_factor",
        Text(zh="最脆弱服务的关键人数", en="People that the weakest service rests on"),
        "count",
        EvidenceKind.GIT,
        "past",
    ),
    FactSpec(
        "ownership.owner_share",
        Text(zh="单元主要作者的平均占比", en="Mean share of a unit's main author"),
        "share",
        EvidenceKind.GIT,
        "past",
    ),
)


def facts(seen: Seen) -> tuple[Fact, ...]:
    """One fact for each of `SPECS`, of a history that is there."""
    return _hotspots(seen), *_owners(seen)


def _hotspots(seen: Seen) -> Fact:
    """Units among the top fifth both by changes and by complexity, and not small in either."""
    hot = [
        spot
        for spot in seen.hotspots
        if spot.score >= HOT and spot.revisions >= REVISED and spot.complexity >= COMPLEX
    ]
    if not any(spot.revisions > 1 for spot in seen.hotspots):
        zh, en = "窗口内没有被多次修改的单元。", "No unit was changed twice in the window."
        return unknown("hotspot.count", zh=zh, en=en)
    proof = [
        Evidence(
            Location(spot.path),
            Text(
                zh=f"修改 {spot.revisions} 次,复杂度 {spot.complexity}",
                en=f"Changed {spot.revisions} times, complexity {spot.complexity}",
            ),
            commit=spot.commit,
        )
        for spot in hot
    ]
    return measured("hotspot.count", len(hot), proof)


def _owners(seen: Seen) -> tuple[Fact, Fact]:
    if not seen.ownership:
        zh, en = "历史中没有修改过的源代码单元。", "No source unit was changed in the history."
        name = "ownership.truck_factor", "ownership.owner_share"
        return unknown(name[0], zh=zh, en=en), unknown(name[1], zh=zh, en=en)
    return _truck_factor(seen), _owner_share(seen)


def _truck_factor(seen: Seen) -> Fact:
    """The smallest, over the services, number of people who own over half of a service's units.

    Without services of some size the whole code counts as one.
    """
    owner = {own.path: own.owner for own in seen.ownership}
    services = _services(seen, owner)
    needed = {
        name: people_needed(owner[unit] for unit in units) for name, units in services.items()
    }
    least = min(needed.values())
    proof = [
        Evidence(
            Location(services[name][0]),
            Text(
                zh=f"{name} 的 {len(services[name])} 个单元过半属于 {count} 人",
                en=f"{count} own over half of the {len(services[name])} units of {name}",
            ),
            holds=count > least,
        )
        for name, count in needed.items()
    ]
    return measured("ownership.truck_factor", least, proof)


def _services(seen: Seen, owner: Mapping[str, str]) -> dict[str, list[str]]:
    """Owned units of each service that has enough of them."""
    services = seen.judged.services if seen.judged else ()
    owned = {s.name: sorted(unit for unit in s.units if unit in owner) for s in services}
    large = {name: units for name, units in owned.items() if len(units) >= SMALL}
    return large or {"*": sorted(owner)}


def _owner_share(seen: Seen) -> Fact:
    """Mean over the units of the share of revisions that is the owner's."""
    proof = [_owned(own) for own in seen.ownership]
    share = sum(own.share for own in seen.ownership) / len(seen.ownership)
    return measured("ownership.owner_share", share, proof)


def _owned(own: Ownership) -> Evidence:
    made = round(own.share * own.revisions)
    zh = f"{own.revisions} 次修改中 {own.owner} 占 {made} 次"
    en = f"{own.owner} made {made} of {own.revisions} changes"
    return Evidence(Location(own.path), Text(zh=zh, en=en))
