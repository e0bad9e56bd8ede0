import numpy as np
from scipy.sparse import csr_array

from assessor.model.basis import Evidence, EvidenceKind, Location, Text
from assessor.model.coupling import CoChange, Coupling
from assessor.model.facts import Fact, FactSpec
from assessor.model.partition import Partition, Quality, Service, SharedUnit
from assessor.model.records import FileKind, Records, Reference, ReferenceKind, Unit
from assessor.report import tables

NO_QUALITY = Quality(1, None, None, None, None, None, None, 0, None)


def _matrix(*cells):
    found = np.zeros((3, 3))
    for a, b, weight in cells:
        found[a, b] = found[b, a] = weight
    return csr_array(found)


GRAPH = Coupling(
    units=("a.py", "b.py", "c.py"),
    views={"structure": _matrix((0, 1, 2.0)), "co-change": _matrix((1, 2, 1.0))},
    weights={"structure": 1.0, "co-change": 0.5},
    fused=_matrix((0, 1, 2.0), (1, 2, 0.5)),
    directed=_matrix((0, 1, 2.0)),
)
CUT = Partition(
    services=(Service("x", ("a.py", "b.py"), 0.8),),
    shared=(SharedUnit("c.py", 3, "library"),),
    quality=NO_QUALITY,
    confidence={"a.py": 1.0, "b.py": 0.5, "c.py": 0.25},
    dendrogram=(),
    algorithm="test",
    options={},
    seed=0,
    home={"a.py": "x", "b.py": "x", "c.py": "x"},
)


def test_coupling__every_pair_once__with_each_view_beside_the_fused_weight():
    table = tables.coupling(GRAPH)
    assert table.columns == ("source", "target", "fused", "co_change", "structure")
    assert table.rows == (("a.py", "b.py", 2.0, 0.0, 2.0), ("b.py", "c.py", 0.5, 1.0, 0.0))


def test_coupling__no_code__has_no_rows():
    assert tables.coupling(None).rows == ()


def test_partition__a_shared_unit__stands_with_its_home():
    table = tables.partition(CUT, GRAPH)
    assert table.rows == (
        ("a.py", "x", False, 1.0),
        ("b.py", "x", False, 0.5),
        ("c.py", "x", True, 0.25),
    )
    assert table.nodes[2] == ("c.py", {"service": "x", "shared": True, "confidence": 0.25})


def test_references__kinds_of_one_pair__are_rows_and_one_edge():
    units = tuple(Unit(f"{n}.py", "python", n, FileKind.SOURCE, 5, 1, 0, (n,)) for n in ("a", "b"))
    kinds = (ReferenceKind.CALL, ReferenceKind.IMPORT)
    links = tuple(Reference("a.py", "a", "b.py", "b", kind, 2, 4) for kind in kinds)
    table = tables.references(Records((), units, links, (), ()))
    assert table.rows[0] == ("a.py", "a", "b.py", "b", "call", 2, 4)
    assert table.edges == (("a.py", "b.py", 4),)


def test_cochange__a_pair__is_a_row_with_its_commit():
    pairs = (CoChange("a", "b", 2, 3, 4, 0.57, "c0"),)
    assert tables.cochange(pairs).rows == (("a", "b", 2, 3, 4, 0.57, "c0"),)


def test_facts__an_unknown_fact__has_no_value_and_the_first_place_is_shown():
    spec = FactSpec("x.y", Text("甲", "x"), "count", EvidenceKind.REPOSITORY)
    place = Evidence(Location("a.py", 3), Text("甲", "x"))
    found = {"x.y": Fact("x.y", None, (place,), 1)}
    table = tables.facts(found, {"x.y": spec})
    assert table.rows == (("x.y", None, "count", True, "repository", "a.py:3"),)
