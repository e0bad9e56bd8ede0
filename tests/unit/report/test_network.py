"""The services and units as a graph to draw: nothing lost but what it says."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from unit.report.orders import system

from assessor.graph.fuse import fuse
from assessor.model.coupling import Coupling
from assessor.model.partition import Partition, Quality, Service
from assessor.partition.moving import APART, moved
from assessor.report.network import (
    MOST_UNITS,
    SERVICE,
    Asked,
    folders,
    network,
    nodes,
    service_ties,
)

COUPLING, CUT = system()
LINE, ITEM = "shop.order.OrderLine", "shop.item.Item"


def _ties(asked, **options):
    found = network(COUPLING, CUT, asked=asked, **options)
    return {(tie.source, tie.target): tie.weight for tie in found.ties}


def test_network__closed_services__are_tied_by_the_references_of_their_units():
    assert _ties(Asked()) == {
        ("service:order", "service:item"): 1.0,
        ("service:order", "service:user"): 1.0,
    }


def test_network__an_opened_service__shows_its_units_in_it():
    found = network(COUPLING, CUT, asked=Asked(opened=frozenset({"order"})))
    inside = [spot.id for spot in found.spots if spot.parent == "service:order"]
    assert len(inside) == 4
    assert (LINE, "service:item") in {(tie.source, tie.target) for tie in found.ties}


def test_network__opened_or_closed__the_references_across_add_up():
    every = network(COUPLING, CUT, asked=Asked(opened=frozenset({"order", "item", "user"})))
    assert sum(tie.weight for tie in every.ties) == COUPLING.directed.sum()


def test_network__coupling__is_undirected_and_adds_up_to_the_fused_weight():
    asked = Asked(kind="coupling", opened=frozenset({"order", "item", "user"}), top=1000)
    found = _ties(asked)
    assert all(a < b for a, b in found)
    assert sum(found.values()) == pytest.approx(COUPLING.fused.sum() / 2)


def test_network__other_weights_of_the_views__change_the_coupling():
    fused = fuse(COUPLING.views, weights=dict.fromkeys(COUPLING.views, 1.0))
    asked = Asked(kind="coupling", opened=frozenset({"order"}))
    assert _ties(asked, fused=fused) != _ties(asked)


def test_network__no_weaker_ties__are_left_out_but_counted():
    found = network(COUPLING, CUT, asked=Asked(top=1))
    assert (len(found.ties), found.left_ties) == (1, 1)


def test_network__a_selected_node__keeps_all_of_its_own_ties():
    found = network(COUPLING, CUT, asked=Asked(top=0, selected="service:order"))
    assert (len(found.ties), found.left_ties) == (2, 0)


def test_network__shared_units__have_a_box_of_their_own():
    cut = moved(COUPLING, CUT, moves={ITEM: APART})
    found = network(COUPLING, cut, asked=Asked(opened=frozenset({""})))
    assert [spot.id for spot in found.spots if spot.parent == SERVICE] == [ITEM]


def test_network__a_service_that_is_not_there__cannot_be_opened():
    found = network(COUPLING, CUT, asked=Asked(opened=frozenset({"none"})))
    assert {spot.parent for spot in found.spots} == {""}


def test_network__references_in_one_direction__leave_out_only_the_others_of_that_node():
    found = network(COUPLING, CUT, asked=Asked(top=9, selected="service:order", direction="in"))
    assert (found.ties, found.left_ties) == ((), 0)
    found = network(COUPLING, CUT, asked=Asked(top=9, selected="service:item", direction="in"))
    assert [(tie.source, tie.target) for tie in found.ties] == [
        ("service:order", "service:item"),
        ("service:order", "service:user"),
    ]


def test_network__an_opened_service_selected__keeps_the_ties_of_its_units():
    opened = frozenset({"order"})
    found = network(COUPLING, CUT, asked=Asked(opened=opened, top=0, selected="service:order"))
    assert [(tie.source, tie.target) for tie in found.ties] == [
        ("shop.order.Order", "service:user"),
        (LINE, "service:item"),
    ]


def test_nodes__of_opened_services__are_the_spots_that_are_drawn():
    opened = frozenset({"order", "user"})
    found = network(COUPLING, CUT, asked=Asked(opened=opened))
    assert nodes(CUT, opened).keys() == {spot.id for spot in found.spots}
    assert nodes(CUT, opened)[LINE] == (LINE,)


def test_folders__no_more_than_asked_for__are_cut_off_where_they_fit():
    units = ("a/b/One.java", "a/b/c/Two.java", "a/d/Three.java", "Root.java")
    assert folders(units, most=4) == {
        ".": ("Root.java",),
        "a/b": ("a/b/One.java",),
        "a/b/c": ("a/b/c/Two.java",),
        "a/d": ("a/d/Three.java",),
    }
    assert folders(units, most=2) == {
        ".": ("Root.java",),
        "a": ("a/b/One.java", "a/b/c/Two.java", "a/d/Three.java"),
    }
    assert folders(units, most=1) == {}


def test_service_ties__sorted_pairs__have_the_fused_weight():
    assert all(a < b and weight > 0 for (a, b), weight in service_ties(COUPLING, CUT).items())


def _plain(at):
    return f"u{at:05}"


def _in_folders(at):
    return f"f{at // 50:02}/u{at:05}"


def _within(coupling, drawn):
    """Weight of the references that stay inside of one drawn node."""
    row = {unit: at for at, unit in enumerate(coupling.units)}
    own = [np.array([row[unit] for unit in units]) for units in drawn.values()]
    leaves = [rows for name, rows in zip(drawn, own, strict=True) if not name.startswith(SERVICE)]
    return sum(coupling.directed[rows][:, rows].sum() for rows in leaves)


def _large(units, services, ties, *, name=_plain):
    """A made system: units in equal services, random references."""
    chance = np.random.default_rng(7)
    rows, columns = chance.integers(0, units, (2, ties))
    apart = rows != columns
    cells = (np.ones(apart.sum()), (rows[apart], columns[apart]))
    directed = csr_array(cells, shape=(units, units))
    fused = csr_array(directed + directed.T)
    names = tuple(sorted(name(at) for at in range(units)))
    size = units // services
    made = tuple(
        Service(f"s{at}", names[at * size : (at + 1) * size], 0.5) for at in range(services)
    )
    figures = Quality(services, None, None, None, None, None, None, 0, None)
    home = {unit: service.name for service in made for unit in service.units}
    cut = Partition(made, (), figures, {}, (), "test", {}, 0, home=home)
    return Coupling(names, {"structure": fused}, {"structure": 1.0}, fused, directed), cut


def test_network__more_units_than_can_be_read_and_no_folders__says_how_many_are_left_out():
    coupling, cut = _large(1200, 2, 3000)
    found = network(coupling, cut, asked=Asked(opened=frozenset({"s0", "s1"})))
    assert sum(bool(spot.parent) for spot in found.spots) == 600 <= MOST_UNITS
    assert (found.left_units, found.folded) == (600, 0)


def test_network__more_units_than_can_be_read__are_drawn_by_folder_and_add_up():
    coupling, cut = _large(2400, 2, 3000, name=_in_folders)
    asked = Asked(opened=frozenset({"s0", "s1"}), top=2000)
    found = network(coupling, cut, asked=asked)
    inside = [spot for spot in found.spots if spot.parent]
    assert (found.left_units, found.folded) == (0, 2400)
    assert (len(inside), sum(spot.units for spot in inside)) == (48, 2400)
    assert inside[0].id == "folder:s0/f00"
    kept = sum(tie.weight for tie in found.ties)
    within = _within(coupling, nodes(cut, asked.opened))
    assert kept + within == coupling.directed.sum()


def test_network__the_same_again__is_the_same():
    coupling, cut = _large(2400, 2, 3000, name=_in_folders)
    asked = Asked(opened=frozenset({"s1", "s0"}))
    assert network(coupling, cut, asked=asked) == network(coupling, cut, asked=asked)


def test_network__a_cut_made_from_another__leaves_the_services_where_that_one_has_them():
    opened = frozenset({"order", "item", "user"})
    changed = moved(COUPLING, CUT, moves={LINE: "item"})
    before = network(COUPLING, CUT, asked=Asked(opened=opened, since=CUT))
    after = network(COUPLING, changed, asked=Asked(opened=opened, since=CUT))
    places = [
        {spot.id: (spot.x, spot.y) for spot in found.spots if not spot.parent}
        for found in (before, after)
    ]
    assert places[0] == places[1]
