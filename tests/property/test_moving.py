"""Laws of a cut that people change: moved, cut anew, constrained."""

from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.graph.fuse import couple_edges
from assessor.model.decisions import Constraints, Pin
from assessor.partition.constraining import broken, constrained
from assessor.partition.moving import APART, moved
from assessor.partition.propose import propose
from assessor.partition.quality import quality
from assessor.partition.recutting import most, recut

PARTS = ("order", "item", "user")
NODES = [f"shop.{part}.{name}" for part in PARTS for name in ("A", "B", "C", "D", "Util")]
NAMES = ["order", "item", "user", "service-1", "service-2", "new", APART]
BASE = "lib.Base"
MOVES = st.dictionaries(st.sampled_from([*NODES, BASE]), st.sampled_from(NAMES), max_size=8)
LAWS = settings(max_examples=100, deadline=None)


@cache
def _system(seed):
    """References mostly inside the parts, and the proposed cut; in some a base is used by all."""
    random = Random(seed)  # noqa: S311 - nothing secret
    edges = [(BASE, BASE, 0.0)]
    for part in PARTS:
        near = [unit for unit in NODES if f".{part}." in unit]
        for _ in range(8):
            a, b = random.sample(near, k=2)
            edges.append((a, b, float(random.randint(1, 5))))
        edges += [(random.choice(near), BASE, 1.0) for _ in range(3 * (seed % 3))]
    for _ in range(random.randint(0, 8)):
        a, b = random.choices(NODES, k=2)
        edges.append((a, b, 1.0))
    coupling = couple_edges(edges)
    return coupling, propose(coupling, services=[None, 2, 3, 5][seed % 4])


SYSTEMS = st.sampled_from(range(24)).map(_system)


def _moved(coupling, cut, moves):
    """The moves of units that are there, as far as a unit is left in some service."""
    here = {unit: name for unit, name in moves.items() if unit in cut.home}
    stays = {unit for service in cut.services for unit in service.units} - here.keys()
    return moved(coupling, cut, moves=here) if stays else cut


def _members(cut):
    return {service.name: service.units for service in cut.services}


@LAWS
@given(SYSTEMS, MOVES)
def test_moved__any_moves__every_unit_is_in_one_service_or_shared(system, moves):
    coupling, cut = system
    found = _moved(coupling, cut, moves)
    placed = [unit for service in found.services for unit in service.units]
    assert sorted([*placed, *(each.unit for each in found.shared)]) == list(coupling.units)
    assert set(found.home.values()) == {service.name for service in found.services}
    assert all(service.units for service in found.services)


@LAWS
@given(SYSTEMS, MOVES)
def test_moved__any_moves__figures_are_those_of_the_homes(system, moves):
    coupling, cut = system
    found = _moved(coupling, cut, moves)
    if found is not cut:
        names = sorted(set(found.home.values()))
        numbers = [names.index(found.home[unit]) for unit in coupling.units]
        assert found.quality == quality(coupling, services=numbers)


@LAWS
@given(SYSTEMS, MOVES)
def test_moved__one_by_one__services_are_those_of_all_at_once(system, moves):
    coupling, cut = system
    whole = _moved(coupling, cut, moves)
    if whole is not cut:
        into = sorted((unit for unit in moves if unit in cut.home), key=lambda u: not moves[u])
        found = cut
        for unit in into:
            found = moved(coupling, found, moves={unit: moves[unit]})
        assert _members(found) == _members(whole)


@LAWS
@given(SYSTEMS)
def test_recut__number_that_it_has__is_the_same_cut(system):
    coupling, cut = system
    assert recut(coupling, cut, services=cut.quality.services) == cut


@LAWS
@given(SYSTEMS, st.data())
def test_recut__any_number__gives_so_many_and_loses_no_unit(system, data):
    coupling, cut = system
    number = data.draw(st.integers(1, most(cut)))
    found = recut(coupling, cut, services=number)
    placed = [unit for service in found.services for unit in service.units]
    assert sorted([*placed, *(each.unit for each in found.shared)]) == list(coupling.units)
    assert len({service.name for service in found.services}) == number


@LAWS
@given(SYSTEMS, MOVES, st.data())
def test_recut__changed_cut__names_are_unique_and_no_service_is_empty(system, moves, data):
    coupling, cut = system
    changed = _moved(coupling, cut, moves)
    found = recut(coupling, changed, services=data.draw(st.integers(1, most(cut))))
    names = [service.name for service in found.services]
    assert len(set(names)) == len(names)
    assert all(service.units for service in found.services)


@st.composite
def _consistent(draw):
    """A system with constraints that some cut of it respects all at once."""
    coupling, cut = draw(SYSTEMS)
    names = [service.name for service in cut.services]
    units = list(coupling.units)
    wanted = {unit: draw(st.sampled_from([*names, "new"])) for unit in units}
    anchors = {service.name: service.units for service in cut.services}
    pairs = draw(st.lists(st.sampled_from(list(combinations(units, 2))), max_size=12, unique=True))
    pinned = draw(st.lists(st.sampled_from(units), max_size=5, unique=True))
    together = tuple(sorted(p for p in pairs if wanted[p[0]] == wanted[p[1]]))
    apart = tuple(sorted(set(pairs) - set(together)))
    pins = (Pin(unit, wanted[unit], anchors.get(wanted[unit], ())) for unit in pinned)
    return coupling, cut, Constraints(tuple(sorted(pins)), together, apart)


@settings(max_examples=200, deadline=None)
@given(_consistent())
def test_constrained__constraints_that_can_be_kept_at_once__are_all_kept(system):
    coupling, cut, wanted = system
    assert broken(constrained(coupling, cut, wanted), wanted) == ()


@LAWS
@given(_consistent())
def test_constrained__unit_that_nothing_is_wanted_of__stays(system):
    coupling, cut, wanted = system
    bound = {unit for pair in (*wanted.together, *wanted.apart) for unit in pair}
    bound |= {pin.unit for pin in wanted.pinned}
    found = constrained(coupling, cut, wanted)
    before = [set(service.units) - bound for service in cut.services]
    after = [set(service.units) - bound for service in found.services]
    assert sorted(map(sorted, filter(None, after))) == sorted(map(sorted, filter(None, before)))


@LAWS
@given(_consistent())
def test_constrained__already_respected__changes_no_service(system):
    coupling, cut, wanted = system
    found = constrained(coupling, cut, wanted)
    again = constrained(coupling, found, wanted)
    assert {service.units for service in again.services} == {
        service.units for service in found.services
    }


@LAWS
@given(_consistent(), st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES))))
def test_constrained__whatever_is_wanted__pins_are_kept(system, pairs):
    coupling, cut, wanted = system
    apart = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    harder = replace(wanted, apart=tuple(apart))
    found = constrained(coupling, cut, harder)
    assert [each for each in broken(found, harder) if each.kind == "pinned"] == []
