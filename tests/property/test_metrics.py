"""Laws of the figures of classes and packages."""

from hypothesis import given
from hypothesis import strategies as st

from assessor.collect.languages.cohesion import lcom4
from assessor.graph.metrics import metrics
from assessor.model.records import ClassMetrics, FileKind, Reference, ReferenceKind, Unit

METHODS = ("a", "b", "c", "d", "getX")
MEMBERS = (*METHODS, "x", "y", "z", "logger")
CLASSES = st.lists(st.sampled_from(METHODS), max_size=6)
USES = st.sets(st.tuples(st.integers(0, 5), st.sampled_from(MEMBERS)))
FIELDS = st.sets(st.sampled_from(("x", "y", "z")))
NAMES = tuple(f"{package}.{name}" for package in "pqr" for name in ("A", "B", "C"))
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20)


@given(CLASSES, USES, FIELDS)
def test_lcom4__any_class__from_one_to_the_number_of_methods(methods, uses, fields):
    kept = {use for use in uses if use[0] < len(methods)}
    found = lcom4(methods, kept, fields=fields)
    assert min(1, len(methods)) <= found <= len(set(methods))


@given(CLASSES, USES, FIELDS, st.randoms(use_true_random=False))
def test_lcom4__other_order__the_same(methods, uses, fields, random):
    kept = [use for use in sorted(uses) if use[0] < len(methods)]
    order = list(range(len(methods)))
    random.shuffle(order)
    moved = [(order.index(at), member) for at, member in kept]
    random.shuffle(moved)
    shuffled = [methods[at] for at in order]
    assert lcom4(shuffled, moved, fields=fields) == lcom4(methods, kept, fields=fields)


@given(CLASSES, USES, FIELDS, st.integers(0, 5), st.sampled_from(METHODS))
def test_lcom4__one_more_call__never_more_than_one_part_more(methods, uses, fields, at, called):
    kept = {use for use in uses if use[0] < len(methods)}
    if at < len(methods):
        before = lcom4(methods, kept, fields=fields)
        assert lcom4(methods, {*kept, (at, called)}, fields=fields) <= before + 1


def unit(name: str, *, abstract: bool) -> Unit:
    classes = (ClassMetrics(name, 1, 1, 1, 1, abstract=abstract),)
    path = f"{name}.java"
    return Unit(path, "java", name, FileKind.SOURCE, 1, 0, 0, classes=classes)


def reference(source: str, target: str) -> Reference:
    return Reference(f"{source}.java", source, f"{target}.java", target, ReferenceKind.CALL, 1, 1)


@given(st.sets(st.sampled_from(NAMES)), PAIRS, st.randoms(use_true_random=False))
def test_packages__any_references__shares_and_no_matter_the_order(abstract, pairs, random):
    units = [unit(name, abstract=name in abstract) for name in NAMES]
    references = [reference(*pair) for pair in pairs]
    found = metrics(units, references)
    for each in found.packages:
        for share in (each.instability, each.abstractness, each.distance):
            assert share is None or 0 <= share <= 1
    random.shuffle(units)
    random.shuffle(references)
    assert metrics(units, references) == found
