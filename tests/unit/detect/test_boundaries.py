import pandas as pd
import pytest
from unit.detect.code_records import (
    annotation,
    foreign,
    records,
    reference,
    transaction,
    unit,
)

from assessor.detect.boundaries import SPECS, facts
from assessor.model.coupling import CoChange
from assessor.model.history import History
from assessor.model.records import FileKind, ReferenceKind, Unit
from assessor.model.seen import Seen

ORDER, CART = unit("acme.order.Order"), unit("acme.cart.Cart")
SERVICE = unit("acme.cart.CartService")
EMPTY = History(pd.DataFrame(), pd.DataFrame(), (), pd.DataFrame())


def _facts(units, references=(), artefacts=(), **others):
    seen = Seen(records=records(units, references, artefacts), **others)
    return {fact.name: fact for fact in facts(seen)}


def test_facts__any_code__gives_one_fact_for_each_spec():
    assert sorted(_facts([ORDER])) == sorted(spec.name for spec in SPECS)


@pytest.mark.parametrize(
    ("units", "artefacts", "expected"),
    [
        ([ORDER, SERVICE], [], True),
        ([ORDER], [annotation(ORDER, "Stateless")], True),
        ([ORDER, unit("acme.order.ServiceLevel")], [], False),
    ],
    ids=["by-name", "by-annotation", "look-alike"],
)
def test_service_layer__names_and_annotations__tell(units, artefacts, expected):
    assert _facts(units, (), artefacts)["arch.service_layer"].value is expected


def test_facade_share__references_to_a_service_and_past_it__are_a_share_by_count():
    links = [reference(ORDER, SERVICE, count=3), reference(ORDER, CART, count=1, line=8)]
    fact = _facts([ORDER, CART, SERVICE], links)["arch.facade_share"]
    assert fact.value == 0.75
    assert [str(e.location) for e in fact.evidence] == [f"{ORDER.path}:8"]


def test_facade_share__one_module__does_not_apply():
    assert not _facts([CART, SERVICE])["arch.facade_share"].applies


def test_entity_relations__one_of_two_crosses__is_half():
    line = unit("acme.order.Line")
    marks = [annotation(u, "Entity") for u in (ORDER, CART, line)]
    links = [reference(ORDER, CART), reference(ORDER, line)]
    fact = _facts([ORDER, CART, line], links, marks)["arch.entity_relations_across"]
    assert fact.value == 0.5


def test_entity_relations__one_module__does_not_apply():
    marks = [annotation(u, "Entity") for u in (CART, SERVICE)]
    found = _facts([CART, SERVICE], [reference(CART, SERVICE)], marks)
    assert not found["arch.entity_relations_across"].applies


def test_entity_relations__no_entities__does_not_apply():
    assert not _facts([ORDER, CART])["arch.entity_relations_across"].applies


ORDERS = unit("acme.order.OrderService")
ORDER_STORE = unit("acme.order.OrderRepository")
CART_STORE = unit("acme.cart.CartRepository")
DAO = unit("acme.dao.OrderDao")


@pytest.mark.parametrize(
    ("stores", "expected"),
    [([ORDER_STORE], 0.0), ([ORDER_STORE, CART_STORE], 1.0), ([DAO], None), ([], None)],
    ids=["own", "another-module's", "a-layer-is-nobody's", "none-seen"],
)
def test_transactions_across__data_of_a_declared_transaction__decide(stores, expected):
    units = [ORDERS, ORDER_STORE, CART_STORE, DAO, CART]
    links = [reference(ORDERS, store) for store in stores]
    found = _facts(units, links, [transaction(ORDERS)])
    assert found["arch.transactions"].value is True
    assert found["arch.transactions_across"].value == expected


def test_transactions_across__no_transaction__does_not_apply():
    found = _facts([ORDERS, CART_STORE], [reference(ORDERS, CART_STORE)])
    assert found["arch.transactions"].value is False
    assert not found["arch.transactions_across"].applies


def test_transactions_across__one_module__does_not_apply_though_they_are_declared():
    marks = [transaction(ORDERS)]
    found = _facts([ORDERS, ORDER_STORE], [reference(ORDERS, ORDER_STORE)], marks)
    assert found["arch.transactions"].value is True
    assert not found["arch.transactions_across"].applies


@pytest.mark.parametrize(
    ("artefact", "expected"),
    [
        (transaction(ORDERS), True),
        (annotation(ORDERS, "Transactional"), False),
        (foreign(ORDERS, "django.db.transaction"), False),
        (foreign(ORDERS, "jakarta.inject.Singleton"), False),
    ],
    ids=["told", "a-name-alone", "an-import-alone", "look-alike"],
)
def test_transactions__what_the_language_tells__declares_them(artefact, expected):
    assert _facts([ORDERS, CART], (), [artefact])["arch.transactions"].value is expected


def test_transactions__code_of_a_test__declares_none():
    made = unit("acme.order.OrderTest", kind=FileKind.TEST)
    found = _facts([ORDERS, CART, made], (), [transaction(made)])
    assert found["arch.transactions"].value is False


def test_transactions__two_in_a_unit__the_first_line_is_shown():
    marks = [transaction(ORDERS, line=9), transaction(ORDERS, line=4)]
    found = _facts([ORDERS, CART], (), marks)["arch.transactions"]
    assert [(e.location.path, e.location.line) for e in found.evidence] == [(ORDERS.path, 4)]


def test_cochange__without_history__is_unknown_and_not_zero():
    fact = _facts([ORDER, CART], history_reason="no git")["arch.cochange_across"]
    assert fact.value is None
    assert fact.applies


def test_cochange__pairs_within_and_across__are_weighed_by_joint_commits():
    pairs = (
        CoChange(CART.path, ORDER.path, 3, 4, 4, 0.25, "abc"),
        CoChange(CART.path, SERVICE.path, 9, 4, 4, 0.75, "def"),
    )
    fact = _facts([ORDER, CART, SERVICE], history=EMPTY, cochange=pairs)["arch.cochange_across"]
    assert fact.value == 0.25
    assert fact.evidence[0].commit == "abc"


def test_transactions__a_service_that_keeps_its_own_modules_data__counts():
    caller, theirs = unit("acme.order.OrderService"), unit("acme.cart.CartRepository")
    links = [reference(caller, SERVICE), reference(SERVICE, theirs)]
    marks = [transaction(caller)]
    found = _facts([caller, SERVICE, theirs], links, marks)
    assert found["arch.transactions_across"].value == 1.0
    without = _facts([caller, SERVICE, theirs], links[:1], marks)
    assert without["arch.transactions_across"].value is None


def test_cochange__fewer_than_ten_joint_changes__are_unknown():
    pairs = (CoChange(CART.path, ORDER.path, 9, 9, 9, 1.0, "abc"),)
    fact = _facts([ORDER, CART], history=EMPTY, cochange=pairs)["arch.cochange_across"]
    assert fact.value is None
    assert fact.applies


def test_cochange__one_module__does_not_apply():
    assert not _facts([CART, SERVICE], history=EMPTY)["arch.cochange_across"].applies


@pytest.mark.parametrize("language", ["python", "go", "php", "typescript", "csharp", "kotlin"])
@pytest.mark.parametrize(
    ("folder", "expected"),
    [("order/", True), ("order/migrations/", False), ("migrations/", False)],
)
def test_transactions__any_language__declares_one_but_not_in_a_migration(
    language, folder, expected
):
    made = Unit(f"{folder}work", language, "order.work", FileKind.SOURCE, 9, 1, 1)
    assert _facts([made], (), [transaction(made)])["arch.transactions"].value is expected


def test_facade_share__what_injection_adds__does_not_count():
    port, store = unit("acme.order.OrderApi"), unit("acme.order.Store")
    links = [reference(CART, port), reference(CART, store, kind=ReferenceKind.INJECT)]
    assert _facts([CART, port, store], links)["arch.facade_share"].value == 1.0


def test_entity_relations__a_shared_base_class_and_an_id__are_none():
    base, key = unit("acme.cart.Base"), unit("acme.cart.CartId")
    marks = [
        annotation(ORDER, "Entity"),
        annotation(base, "MappedSuperclass"),
        annotation(key, "Embeddable"),
        annotation(CART, "Entity"),
    ]
    links = [reference(ORDER, base, kind=ReferenceKind.INHERIT), reference(ORDER, key)]
    fact = _facts([ORDER, CART, base, key], links, marks)["arch.entity_relations_across"]
    assert fact.value == 0.0


IMPORT = ReferenceKind.IMPORT


def _models(app, keys):
    words = (("django", 1), ("foreign", keys - 1), ("one", 2)) if keys else (("dataclass", 1),)
    path = f"{app}/models.py"
    return Unit(path, "python", f"{app}.models", FileKind.SOURCE, 9, 1, 1, words=words)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([("order", "cart", IMPORT)], 0.25),
        (
            [("order", "cart", ReferenceKind.IMPORT), ("order", "cart", ReferenceKind.INHERIT)],
            None,
        ),
        ([], None),
    ],
    ids=["imported", "extended-only", "named-in-text"],
)
def test_entity_relations__of_django_models__are_their_foreign_keys(links, expected):
    units = {"order": _models("order", 3), "cart": _models("cart", 1)}
    made = [reference(units[a], units[b], kind=kind) for a, b, kind in links]
    found = _facts(list(units.values()), made)
    assert found["arch.entity_relations_across"].value == expected


def test_entity_relations__a_package_of_plain_models__is_no_entity():
    units = [_models("order", 0), _models("cart", 0)]
    assert not _facts(units)["arch.entity_relations_across"].applies
