from dataclasses import replace
from datetime import date

import pytest
from unit.store.stores import ADA, GRACE, NOW, ROOT, VIC, at, shop, waiver

from assessor.errors import DeniedError, UsageError
from assessor.model.basis import Location
from assessor.model.decisions import Attestation
from assessor.model.stored import StoredAttestation, Visitor
from assessor.store import decisions, events

GIVEN = {
    "rule": "MSP-30",
    "fact": "team.on_call",
    "value": True,
    "statement": "Each team is on call.",
    "role": "Head of development",
    "expires": "2026-06-30",
    "evidence": "e" * 64,
}
TODAY = date(2026, 1, 1)


def _attest(store, who=ADA, **changed):
    given = {"project": "shop", "now": NOW, **GIVEN, **changed}
    return decisions.attest(store, who, **given)


def _only(store):
    (found,) = decisions.attestations(store, VIC, project="shop")
    return found


@pytest.mark.parametrize("value", [True, False, 0, 3, 0.25, 1.0])
def test_attest__a_value__comes_back_as_what_it_was(store, value):
    shop(store)
    made = _attest(store, value=value)
    assert _only(store) == made
    assert type(made.attestation.value) is type(value)
    assert made.attestation.value == value


def test_attest__who_and_when__are_those_of_the_visitor(store):
    shop(store)
    signed = _attest(store).attestation
    assert (signed.person, signed.made_at, signed.approver) == ("ada", NOW, "")


@pytest.mark.parametrize("expires", ["2026-01-02", "2027-01-01"])
def test_attest__a_day_within_twelve_months__is_taken(store, expires):
    shop(store)
    assert _attest(store, expires=expires).attestation.expires == expires


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"expires": "2026-01-01"}, "is no day to expire"),
        ({"expires": "2027-01-02"}, "is no day to expire"),
        ({"expires": "soon"}, "'soon' is no day"),
        ({"statement": "  "}, "the statement: there is nothing in it"),
        ({"statement": "x" * 4001}, "has 4001 characters; 4000 are the most"),
        ({"role": ""}, "the role: there is nothing in it"),
        ({"role": "a\nb"}, "cannot be printed"),
        ({"rule": "x" * 101}, "the rule: has 101 characters"),
        ({"fact": "\x00"}, "cannot be printed"),
        ({"project": "nix", "who": ROOT}, "there is no project 'nix'"),
    ],
)
def test_attest__what_says_too_little_or_too_much__is_told(store, changed, said):
    shop(store)
    with pytest.raises(UsageError, match=said):
        _attest(store, **changed)
    assert decisions.attestations(store, VIC, project="shop") == ()


def test_confirm__by_a_second_person__is_kept_with_name_and_time(store):
    shop(store)
    made = _attest(store)
    decisions.confirm(store, GRACE, made.attestation.id, now=at(5))
    found = _only(store).attestation
    assert (found.approver, found.approved_at) == ("grace", at(5))


def test_confirm__ones_own__is_denied_even_to_an_admin(store):
    shop(store)
    made = _attest(store, who=ROOT)
    with pytest.raises(DeniedError, match="somebody else has to confirm it"):
        decisions.confirm(store, ROOT, made.attestation.id, now=at(5))


def test_confirm__twice__is_told(store):
    shop(store)
    id_ = _attest(store).attestation.id
    decisions.confirm(store, GRACE, id_, now=at(5))
    with pytest.raises(UsageError, match="is confirmed already"):
        decisions.confirm(store, ROOT, id_, now=at(6))


def test_confirm__after_its_last_day__is_told(store):
    shop(store)
    id_ = _attest(store).attestation.id
    with pytest.raises(UsageError, match="expired on 2026-06-30"):
        decisions.confirm(store, GRACE, id_, now="2026-07-01T00:00:00Z")


@pytest.mark.parametrize("who", [Visitor("ada", {"shop": "viewer"}), GRACE])
def test_withdraw__by_signer_or_approver__it_stays_to_be_seen(store, who):
    shop(store)
    id_ = _attest(store).attestation.id
    decisions.withdraw(store, who, id_, now=at(7))
    assert (_only(store).withdrawn_by, _only(store).withdrawn_at) == (who.name, at(7))


def test_withdraw__by_another_assessor__is_denied(store):
    shop(store)
    id_ = _attest(store).attestation.id
    with pytest.raises(DeniedError):
        decisions.withdraw(store, Visitor("bob", {"shop": "assessor"}), id_, now=at(7))


def test_withdraw__before_it_is_confirmed__it_cannot_be_any_more(store):
    shop(store)
    id_ = _attest(store).attestation.id
    decisions.withdraw(store, ADA, id_, now=at(7))
    with pytest.raises(UsageError, match="was withdrawn"):
        decisions.confirm(store, GRACE, id_, now=at(8))


def test_attestations__several__newest_first_each_with_its_history(store):
    shop(store)
    made = [_attest(store, fact=f"team.{n}").attestation.id for n in range(3)]
    found = decisions.attestations(store, VIC, project="shop")
    assert [each.attestation.id for each in found] == made[::-1]
    told = events.events(store, VIC, project="shop", limit=1)[0]
    assert (told.action, told.subject) == ("attestation.signed", made[2])
    assert told.detail == {"rule": "MSP-30", "fact": "team.2", "value": True}


def _stored(id_, *, withdrawn="", project="shop", **changed):
    given = Attestation(id=id_, person="ada", made_at=NOW, **GIVEN)
    return StoredAttestation(replace(given, **changed), project, withdrawn)


@pytest.mark.parametrize(
    ("stored", "four_eyes", "expected"),
    [
        (_stored("a"), False, "counts"),
        (_stored("a"), True, "pending"),
        (_stored("a", approver="grace"), True, "counts"),
        (_stored("a", withdrawn="ada"), False, "withdrawn"),
        (_stored("a", expires="2026-01-01"), False, "counts"),
        (_stored("a", expires="2025-12-31"), False, "expired"),
        (_stored("a", expires="2025-12-31", withdrawn="ada"), True, "withdrawn"),
    ],
)
def test_counted__one__has_the_state_of_today(stored, four_eyes, expected):
    (found,) = decisions.counted([stored], today=TODAY, four_eyes=four_eyes, evidence={})
    assert found.state == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [({}, False), ({"MSP-30": "e" * 64}, False), ({"MSP-30": "f" * 64}, True)],
)
def test_counted__its_evidence__is_another_one_since(evidence, expected):
    found = decisions.counted([_stored("a")], today=TODAY, four_eyes=False, evidence=evidence)
    assert [each.stale for each in found] == [expected]


def _ids(*stored, four_eyes=False):
    found = decisions.counted(stored, today=TODAY, four_eyes=four_eyes, evidence={})
    return [(each.attestation.id, each.state) for each in found]


def test_counted__several_for_a_fact__the_newest_counts_whatever_their_order():
    old, new = _stored("a", made_at=at(1)), _stored("b", made_at=at(2))
    assert _ids(old, new) == _ids(new, old) == [("b", "counts")]


def test_counted__the_newest_is_not_confirmed__the_older_one_counts_on():
    old = _stored("a", made_at=at(1), approver="grace")
    new = _stored("b", made_at=at(2))
    assert _ids(old, new, four_eyes=True) == [("b", "pending"), ("a", "counts")]


def test_counted__of_several_rules__are_in_their_order():
    given = [_stored("a", rule="B", fact="x"), _stored("b", rule="A", fact="z")]
    given.append(_stored("c", rule="A", fact="y"))
    assert [id_ for id_, _ in _ids(*given)] == ["c", "b", "a"]


def test_waive__a_waiver__is_as_it_was_asked_for_but_where_it_stands(store):
    shop(store)
    asked = waiver(approver="ada", inline=True, flaw="", place=Location("x", 9))
    made = decisions.waive(store, ADA, project="shop", waiver=asked, now=NOW)
    place = Location(f"store:{made.id}")
    assert made.waiver == waiver(place=place)
    assert decisions.waivers(store, VIC, project="shop") == (made,)


def test_waive__without_an_owner__it_is_the_visitor(store):
    shop(store)
    made = decisions.waive(store, ADA, project="shop", waiver=waiver(owner=""), now=NOW)
    assert made.waiver.owner == "ada"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"expires": "2026-01-01"}, "is no day to expire"),
        ({"expires": "2027-01-02"}, "is no day to expire"),
        ({"text": ""}, "the text: there is nothing in it"),
        ({"rule": ""}, "the rule: there is nothing in it"),
        ({"reason": "because"}, "'because' is no reason to waive"),
        ({"path": "a\x1bb"}, "cannot be printed"),
    ],
)
def test_waive__what_says_too_little__is_told(store, changed, said):
    shop(store)
    with pytest.raises(UsageError, match=said):
        decisions.waive(store, ADA, project="shop", waiver=waiver(**changed), now=NOW)


def test_approve_waiver__by_a_second_person__it_has_an_approver(store):
    shop(store)
    made = decisions.waive(store, ADA, project="shop", waiver=waiver(), now=NOW)
    decisions.approve_waiver(store, GRACE, made.id, now=at(3))
    assert decisions.waivers(store, VIC, project="shop")[0].waiver.approver == "grace"


@pytest.mark.parametrize("owner", ["grace", "ada"])
def test_approve_waiver__by_who_asked_or_owns_it__is_denied(store, owner):
    shop(store)
    asker = GRACE if owner == "ada" else ADA
    made = decisions.waive(store, asker, project="shop", waiver=waiver(owner=owner), now=NOW)
    with pytest.raises(DeniedError, match="somebody else has to approve it"):
        decisions.approve_waiver(store, GRACE, made.id, now=at(3))


def test_approve_waiver__withdrawn_before__is_told(store):
    shop(store)
    made = decisions.waive(store, ADA, project="shop", waiver=waiver(), now=NOW)
    decisions.withdraw_waiver(store, ADA, made.id, now=at(2))
    with pytest.raises(UsageError, match="was withdrawn"):
        decisions.approve_waiver(store, GRACE, made.id, now=at(3))
    assert decisions.waivers(store, VIC, project="shop")[0].withdrawn_by == "ada"
