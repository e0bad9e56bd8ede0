import pytest
from unit.detect.code_records import records, unit

from assessor.detect.state import combined
from assessor.model.basis import Evidence, Location, Text
from assessor.model.facts import Fact
from assessor.model.seen import Seen

USE = Evidence(Location("A.java", 3), Text("用", "uses"))
SEEN = Seen(records=records([unit("acme.A", lines=500)]))


def _combined(session=0, store=False, fixed=0, seen=SEEN):
    known = {
        "state.session": Fact("state.session", session, (USE,) if session else ()),
        "state.session_store": Fact("state.session_store", store),
        "config.hard_coded": Fact("config.hard_coded", fixed, (USE,) if fixed else ()),
    }
    return {fact.name: fact for fact in combined(seen, known)}


@pytest.mark.parametrize(
    ("session", "store", "expected"),
    [
        (0, False, True),
        (2, False, False),
        (2, True, True),
        (None, False, None),
        (None, True, True),
    ],
)
def test_session_external__uses_and_a_store__decide(session, store, expected):
    assert _combined(session, store)["state.session_external"].value is expected


def test_session_external__uses_without_a_store__are_the_evidence_against():
    evidence = _combined(1)["state.session_external"].evidence
    assert [(str(e.location), e.holds) for e in evidence] == [("A.java:3", False)]


def test_hard_coded_per_kloc__two_in_500_lines__is_four():
    assert _combined(fixed=2)["config.hard_coded_per_kloc"].value == 4


def test_combined__no_code__does_not_apply():
    found = _combined(seen=Seen(records=records([])))
    assert not any(fact.applies for fact in found.values())


def test_combined__rules_without_the_facts_it_rests_on__does_not_apply():
    assert not any(fact.applies for fact in combined(SEEN, {}))
