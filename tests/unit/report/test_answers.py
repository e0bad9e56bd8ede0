"""What only a person can answer, and what was answered."""

from dataclasses import replace

from unit.report.assessments import assessment, condition, fact, pack, rule

from assessor.model.basis import EvidenceKind
from assessor.model.decisions import Attestation, Attested
from assessor.model.rules import Outcome
from assessor.report.answers import answers_table, questions, questions_table
from assessor.resources import wording

EN = wording("en")


def _asked(name):
    return replace(fact(name), kind=EvidenceKind.ATTESTATION)


def _answer(name, state="counts", *, at="2026-11-01T10:00:00Z", stale=False, value=True):
    signed = Attestation(
        id=at,
        rule="R-1",
        fact=name,
        value=value,
        statement="It is so.",
        person="ann",
        role="head of platform",
        made_at=at,
        expires="2027-05-01",
        evidence="0123456789abcdef" * 4,
    )
    return Attested(signed, state, stale=stale)


RULE = rule("R-1", condition("seen"), condition("told", Outcome.MANUAL))
FOUND = assessment(pack("CTR", RULE), facts=(fact("seen"), _asked("told")))


def test_questions__facts_that_files_prove__are_not_asked():
    assert [each.fact.name for each in questions(FOUND, ())] == ["told"]


def test_questions__a_rule_that_does_not_apply__asks_nothing():
    away = assessment(pack("CTR", replace(RULE, applicable=False)), facts=FOUND.facts)
    assert questions(away, ()) == ()


def test_questions__several_answers__the_newest_is_the_standing():
    old = _answer("told", "expired", at="2026-01-01T10:00:00Z")
    [question] = questions(FOUND, (_answer("told", "pending"), old))
    assert question.standing == "pending"


def test_questions__an_older_answer_that_counts__is_the_standing():
    counting = _answer("told", at="2026-01-01T10:00:00Z")
    [question] = questions(FOUND, (_answer("told", "withdrawn"), counting))
    assert question.answer == counting


def test_questions__no_answer__is_open():
    [question] = questions(FOUND, ())
    assert question.standing == "open"
    row = questions_table((question,), EN).rows[0]
    assert [cell.text for cell in row] == [
        "R-1 title of R-1 in English",
        "1",
        "fact told in English",
        "not answered",
        "–",
    ]
    assert row[3].tone == "unknown"


def test_answers_table__a_stale_answer__is_told_as_such():
    table = answers_table((_answer("told", stale=True),), FOUND, wording=EN)
    assert [cell.text for cell in table.rows[0]] == [
        "R-1",
        "fact told in English",
        "yes: It is so.",
        "ann (head of platform)",
        "2026-11-01",
        "2027-05-01",
        "counts (the evidence is another one since)",
        "–",
        "0123456789ab",
    ]


def test_answers_table__a_fact_that_is_gone__is_named_by_its_id():
    table = answers_table((_answer("gone"),), FOUND, wording=EN)
    assert table.rows[0][1].text == "gone"
