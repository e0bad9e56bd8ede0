import pytest
from unit.detect.code_records import records, reference, unit

from assessor.detect.structure import SPECS, facts
from assessor.model.basis import Skip
from assessor.model.coupling import Cycle
from assessor.model.records import FileKind, ReferenceKind
from assessor.model.seen import Seen

A, B, C = unit("acme.order.A"), unit("acme.cart.B"), unit("acme.cart.C")


def _facts(units, references=(), **others):
    seen = Seen(records=records(units, references), **others)
    return {fact.name: fact for fact in facts(seen)}


def test_facts__any_code__gives_one_fact_for_each_spec():
    assert list(_facts([A, B])) == [spec.name for spec in SPECS]


def test_facts__no_code__do_not_apply():
    assert not any(fact.applies for fact in _facts([]).values())


def test_facts__no_code_since_it_could_not_be_read__are_unknown():
    skip = Skip("A.java", 0, "unparsable", "java", "broken", ("unit",))
    found = facts(Seen(records=records([], skips=[skip])))
    assert all(fact.applies and fact.value is None for fact in found)


def test_facts__test_code__does_not_count():
    tests = unit("acme.check.T", kind=FileKind.TEST)
    assert _facts([A, B, tests])["arch.modules"].value == 2


def test_feature_packages__layers_beside_features__are_a_share():
    units = [unit("a.order.O"), unit("a.cart.C"), unit("a.dao.D"), unit("a.controller.X")]
    fact = _facts(units)["arch.feature_packages"]
    assert fact.value == 0.5
    against = {str(e.location) for e in fact.evidence if not e.holds}
    assert against == {"src/a/dao/D.java", "src/a/controller/X.java"}


D = unit("acme.order.D")


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([(A, D), (B, C)], 1.0),
        ([(A, B), (D, C)], -1.0),
        ([(A, D), (B, C), (A, B), (D, C)], 0.0),
        ([(A, D)], 0.0),
        ([], 0.0),
    ],
    ids=["inside-only", "across-only", "by-chance", "one-module-only", "none"],
)
def test_modularity__references_inside_and_across__are_weighed(links, expected):
    found = _facts([A, B, C, D], [reference(a, b) for a, b in links])
    assert found["arch.modularity"].value == pytest.approx(expected)


def test_cycles__two_modules_refer_to_each_other__is_one_group_with_both_lines():
    found = _facts([A, B, C], [reference(A, B, line=7), reference(C, A, line=9)])
    fact = found["arch.module_cycles"]
    assert fact.value == 1
    assert {str(e.location) for e in fact.evidence} == {f"{A.path}:7", f"{C.path}:9"}


def test_cycles__one_direction_only__is_none():
    assert _facts([A, B], [reference(A, B)])["arch.package_cycles"].value == 0


def test_unit_cycles__cycles_of_the_graph__are_counted():
    cycle = Cycle((B.path, C.path), (B.path, C.path))
    assert _facts([B, C], cycles=(cycle,))["arch.unit_cycles"].value == 1


def test_god_units__a_long_unit_and_a_wanted_one__are_named():
    users = [unit(f"acme.u.U{i}") for i in range(51)]
    long = unit("acme.order.Long", lines=1001)
    found = _facts([A, long, *users], [reference(u, A) for u in users])["arch.god_units"]
    assert found.value == 2
    assert {e.location.path for e in found.evidence} == {A.path, long.path}


def test_cycles__closed_by_injection_only__are_none():
    links = [reference(A, B), reference(B, A, kind=ReferenceKind.INJECT)]
    assert _facts([A, B], links)["arch.module_cycles"].value == 0


def test_cycles__the_thinnest_tie__comes_first():
    links = [reference(A, B, count=9, line=7), reference(B, A, count=1, line=3)]
    evidence = _facts([A, B], links)["arch.module_cycles"].evidence
    assert [str(e.location) for e in evidence] == [f"{B.path}:3", f"{A.path}:7"]


def test_packages_in_cycles__two_of_four__is_half():
    d, e = unit("acme.stock.D"), unit("acme.mail.E")
    found = _facts([A, B, d, e], [reference(A, B), reference(B, A)])["arch.packages_in_cycles"]
    assert found.value == 0.5


def test_modularity__references_to_technical_modules__do_not_count():
    d, util = unit("acme.order.D"), unit("acme.util.U")
    links = [reference(A, d), reference(B, C), reference(A, util, count=50)]
    assert _facts([A, B, C, d, util], links)["arch.modularity"].value == pytest.approx(1.0)


def test_tested_modules__a_test_of_one_of_two__is_half_and_names_the_other():
    test = unit("acme.order.ATest", kind=FileKind.TEST)
    fact = _facts([A, B, test], [reference(test, A, line=5)])["arch.tested_modules"]
    assert fact.value == 0.5
    assert [str(e.location) for e in fact.evidence] == [B.path, f"{test.path}:5"]


def test_tested_modules__production_code_that_refers_to_it__is_no_test():
    assert _facts([A, B], [reference(A, B)])["arch.tested_modules"].value == 0.0
