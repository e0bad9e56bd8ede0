import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from assessor.graph.cycles import package
from assessor.graph.fuse import couple_edges
from assessor.partition.quality import modularity, quality

DATA = Path(__file__).parents[2] / "data" / "decomposition"


def edges(name: str) -> list[tuple[str, str, float]]:
    with (DATA / f"{name}.edges.csv").open(encoding="utf-8", newline="") as file:
        return [(a, b, float(weight)) for a, b, weight in list(csv.reader(file))[1:]]


# What an evaluator written apart from this project gives for one service a package.
BY_PACKAGE = {
    "acmeair": (9, 0.0324074074, 0.6914594819, 4.2222222222, 0.4666666667, 0.2, 6 / 30, 0),
    "petclinic": (8, -0.0455996473, 0.7390687199, 8.875, 0.375, 0.55, 10 / 40, 1),
    "cargotracker": (38, -0.0375077051, 0.8128435348, 2.9473684211, 51 / 71, 27 / 71, 10 / 71, 22),
}


@pytest.mark.parametrize("name", sorted(BY_PACKAGE))
def test_quality__service_a_package__as_the_independent_evaluator(name):
    coupling = couple_edges(edges(name))
    number: dict[str, int] = {}
    services = [number.setdefault(package(unit), len(number)) for unit in coupling.units]
    found = quality(coupling, services=services)
    got = (
        found.services,
        found.sm,
        found.icp,
        found.ifn,
        found.ned,
        found.ned_relative,
        found.largest,
        found.singletons,
    )
    assert got == pytest.approx(BY_PACKAGE[name])


def test_quality__one_service__no_coupling():
    found = quality(couple_edges([("a.A", "a.B", 1.0)]), services=[0, 0])
    assert (found.sm, found.icp, found.ifn, found.largest) == (0.25, 0.0, 0.0, 1.0)


def test_quality__no_units__nothing_to_say():
    found = quality(couple_edges([]), services=[])
    assert (found.sm, found.icp, found.ned, found.modularity) == (None, None, None, None)


def test_modularity__two_separate_pairs__half():
    weights = csr_array(np.array([[0.0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]))
    assert modularity(weights, groups=[0, 0, 7, 7]) == pytest.approx(0.5)
