import numpy as np
import pytest

from assessor.graph.fuse import couple, couple_edges
from assessor.model.basis import Location, Node
from assessor.model.coupling import CoChange
from assessor.model.data import Data, TableAccess, TableUse
from assessor.model.records import Artefact, FileKind, Reference, ReferenceKind, Unit


def unit(
    path: str, *, kind: FileKind = FileKind.SOURCE, words: tuple[tuple[str, int], ...] = ()
) -> Unit:
    return Unit(
        path=path,
        language="java",
        name=path,
        kind=kind,
        code_lines=1,
        cyclomatic=1,
        cognitive=0,
        words=words,
    )


def reference(
    source: str, target: str, *, kind: ReferenceKind = ReferenceKind.CALL, count: int = 1
) -> Reference:
    return Reference(
        source=source,
        source_name=source,
        target=target,
        target_name=target,
        kind=kind,
        count=count,
        line=1,
    )


def test_couple__test_and_vendored_units__left_out():
    units = [unit("a.java"), unit("b.java"), unit("aTest.java", kind=FileKind.TEST)]
    found = couple(units, [reference("aTest.java", "a.java"), reference("a.java", "b.java")], [])
    assert found.units == ("a.java", "b.java")
    assert found.directed.toarray().tolist() == [[0, 1], [0, 0]]


def test_couple__inheritance__tied_twice_as_much():
    units = [unit("a.java"), unit("b.java"), unit("c.java"), unit("d.java")]
    references = [
        reference("a.java", "b.java"),
        reference("c.java", "d.java", kind=ReferenceKind.INHERIT),
    ]
    view = couple(units, references, []).views["structure"].toarray()
    assert view[2, 3] == pytest.approx(2 * view[0, 1])


def test_couple__only_signatures__tie_half_as_much_however_many():
    units = [unit("a.java"), unit("b.java"), unit("c.java"), unit("d.java")]
    references = [
        reference("a.java", "b.java"),
        reference("c.java", "d.java", kind=ReferenceKind.SIGNATURE, count=9),
    ]
    found = couple(units, references, [])
    view = found.views["structure"].toarray()
    assert view[2, 3] == pytest.approx(view[0, 1] / 2)
    assert found.directed.toarray()[2, 3] == 9


def test_couple__signatures_beside_a_named_use__add_nothing_to_it():
    named = reference("a.java", "b.java", count=2)
    beside = reference("a.java", "b.java", kind=ReferenceKind.SIGNATURE, count=5)
    units = [unit(f"{name}.java") for name in "abcd"]
    other = reference("c.java", "d.java")
    one = couple(units, [named, other], []).views["structure"].toarray()
    both = couple(units, [named, beside, other], []).views["structure"].toarray()
    assert both.tolist() == one.tolist()


def test_couple__kinds_between_the_same_units__add_up():
    references = [
        reference("a.java", "b.java", kind=ReferenceKind.IMPORT),
        reference("a.java", "b.java", kind=ReferenceKind.NEW, count=2),
    ]
    found = couple([unit("a.java"), unit("b.java")], references, [])
    assert found.directed.toarray()[0, 1] == 3


def test_couple__body_words__tie_units_without_references():
    words = (("voyage", 2),)
    units = [unit("A.java", words=words), unit("B.java", words=words), unit("C.java")]
    assert couple(units, [], []).views["vocabulary"].toarray()[0, 1] > 0


def test_couple__tables_that_two_units_use__tie_them():
    units = [unit("a.java"), unit("b.java"), unit("c.java")]
    access = [TableAccess(name, "R", 1, name, 1) for name in ("a.java", "b.java", "gone.java")]
    stored = Data(tables=(TableUse("orders", accesses=tuple(access)),))
    view = couple(units, [], [], stored=stored).views["data"].toarray()
    assert view[0, 1] > 0
    assert view[:, 2].sum() == 0


def test_couple__who_writes_a_table__is_nearer_to_who_maps_it_than_who_reads_it():
    units = [unit(f"{name}.java") for name in ("map", "read", "write", "z")]
    use = TableUse(
        "orders",
        mapped=("map.java",),
        accesses=(
            TableAccess("read.java", "R", 1, "read.java", 1),
            TableAccess("write.java", "CU", 1, "write.java", 1),
        ),
    )
    other = TableUse(
        "lines",
        accesses=tuple(
            TableAccess(p, "R", 1, p, 1) for p in ("read.java", "write.java", "z.java")
        ),
    )
    view = couple(units, [], [], stored=Data(tables=(use, other))).views["data"].toarray()
    assert view[0, 2] > view[0, 1] > 0


def test_couple__view_switched_off__not_in_the_fused_graph():
    pair = CoChange("a.java", "b.java", shared=3, revisions_a=3, revisions_b=3, degree=1.0)
    units = [unit("a.java"), unit("b.java")]
    assert couple(units, [], [pair], weights={"structure": 1.0}).fused.nnz == 0
    assert couple(units, [], [pair]).fused.nnz == 2


def test_couple__nothing__empty():
    found = couple([], [], [])
    assert found.units == ()
    assert found.fused.shape == (0, 0)


def test_couple_edges__order_and_repetition__same_coupling():
    edges = [("a.B", "a.C", 1.0), ("a.C", "a.D", 2.0), ("a.B", "a.C", 3.0)]
    one, other = couple_edges(edges), couple_edges(reversed(edges))
    assert np.array_equal(one.fused.toarray(), other.fused.toarray())
    assert one.directed.toarray()[0, 1] == 4


def test_couple_edges__self_loop_and_zero_weight__only_say_that_the_node_is_there():
    found = couple_edges([("a.Lone", "a.Lone", 1.0), ("a.B", "a.C", 0.0)])
    assert found.units == ("a.B", "a.C", "a.Lone")
    assert found.directed.nnz == 0


def test_couple_edges__every_view__total_weight_of_n():
    edges = [
        ("x.order.OrderApi", "x.order.Order", 1.0),
        ("x.order.OrderDao", "x.order.Order", 1.0),
    ]
    found = couple_edges([*edges, ("x.item.ItemApi", "x.item.Item", 1.0)])
    totals = {name: view.sum() for name, view in found.views.items() if view.nnz}
    assert totals == pytest.approx(dict.fromkeys(totals, 5.0))
    assert set(totals) == {"structure", "vocabulary", "shared-use"}


def test_couple__unit_that_nothing_refers_to__tied_to_nobody_where_most_are_linked():
    words = (("voyage", 2),)
    units = [unit(f"{name}.java", words=words) for name in "AB"] + [unit("C.java"), unit("D.java")]
    references = [reference("C.java", "A.java"), reference("C.java", "D.java")]
    pair = CoChange("A.java", "B.java", shared=3, revisions_a=3, revisions_b=3, degree=1.0)
    found = couple(units, references, [pair])
    assert found.fused.toarray()[1].tolist() == [0, 0, 0, 0]
    assert found.views["co-change"].nnz == 0


def test_couple__artefacts__tell_owners_and_roots_of_source_units():
    artefacts = [
        Artefact("code.annotation", Location(f"{path}.java"), Node(1, {"name": Node(1, mark)}))
        for path, mark in (("A", "Entity"), ("B", "SpringBootApplication"), ("T", "Entity"))
    ]
    units = [unit("A.java"), unit("B.java"), unit("C.java"), unit("T.java", kind=FileKind.TEST)]
    found = couple(units, [], [], artefacts=artefacts)
    assert (found.owners, found.roots) == ({"A.java"}, {"B.java"})


def test_couple_edges__names_of_stores__tell_owners():
    edges = [("x.OrderDao", "x.Order", 1.0), ("x.OrderDao", "x.Money", 1.0)]
    assert couple_edges(edges).owners == {"x.OrderDao", "x.Order"}
