import pandas as pd
import pytest
from unit.detect.code_records import annotation, records, reference, unit

from assessor.detect.boundaries import SPECS, facts
from assessor.model.coupling import CoChange
from assessor.model.history import History
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


def test_entity_relations__no_entities__does_not_apply():
    assert not _facts([ORDER, CART])["arch.entity_relations_across"].applies


def test_transactions__another_modules_data__counts_and_a_layer_does_not():
    service = unit("acme.order.OrderService")
    theirs, layer = unit("acme.cart.CartRepository"), unit("acme.dao.OrderDao")
    marks = [annotation(service, "Transactional")]
    units = [service, theirs, layer, CART]
    own = _facts(units, [reference(service, layer)], marks)
    assert own["arch.transactions"].value is True
    assert own["arch.transactions_across"].value == 0.0
    other = _facts(units, [reference(service, theirs)], marks)
    assert other["arch.transactions_across"].value == 1.0


def test_cochange__without_history__is_unknown_and_not_zero():
    fact = _facts([ORDER, CART], history_reason="no git")["arch.cochange_across"]
    assert fact.value is None
    assert fact.applies


def test_cochange__pairs_within_and_across__are_weighed_by_joint_commits():
    pairs = (
        CoChange(CART.path, ORDER.path, 1, 4, 4, 0.25, "abc"),
        CoChange(CART.path, SERVICE.path, 3, 4, 4, 0.75, "def"),
    )
    fact = _facts([ORDER, CART, SERVICE], history=EMPTY, cochange=pairs)["arch.cochange_across"]
    assert fact.value == 0.25
    assert fact.evidence[0].commit == "abc"


def test_transactions__a_service_that_keeps_its_own_modules_data__counts():
    caller, theirs = unit("acme.order.OrderService"), unit("acme.cart.CartRepository")
    links = [reference(caller, SERVICE), reference(SERVICE, theirs)]
    marks = [annotation(caller, "Transactional")]
    found = _facts([caller, SERVICE, theirs], links, marks)
    assert found["arch.transactions_across"].value == 1.0
    without = _facts([caller, SERVICE, theirs], links[:1], marks)
    assert without["arch.transactions_across"].value == 0.0
