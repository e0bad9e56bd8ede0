from dataclasses import replace

import pytest
from unit.report.assessments import (
    assessment,
    condition,
    fact,
    pack,
    proof,
    rule,
    tables,
    texts,
    told,
    words,
)

from assessor.model.rules import Outcome
from assessor.model.view import Cell, Sentence, Table
from assessor.report.findings import anchor, evidence, findings, shown, status
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
BAD = condition("f.bad", Outcome.NOT_MET)
DARK = condition("f.dark", Outcome.UNKNOWN, value=None)
HUMAN = condition("f.human", Outcome.MANUAL, value=None)
GOOD = condition("f.good", Outcome.MET, value=True)
NAMES = ("f.bad", "f.dark", "f.human", "f.good", "f.none")
GAP = rule("R-01", BAD)
HIGH = rule("R-07", replace(BAD, level=4), level=3)
MIXED = rule("R-02", DARK, BAD, potential=3)
OPEN = rule("R-03", DARK, level=2, potential=4)
UNSEEN = rule("R-04", DARK, level=None, potential=5)
TOP = rule("R-05", level=5, outcomes=(GOOD,))
ASIDE = rule("R-06", level=None, applicable=False, outcomes=(condition("f.none"),))
EVERY = (GAP, MIXED, OPEN, UNSEEN, TOP, ASIDE)
FACTS = (
    fact("f.bad", value=False, proofs=(proof("yes.yaml"), proof("no.yaml", line=9, holds=False))),
    fact("f.dark", reason=words("too dark")),
    fact("f.human", reason=words("ask someone")),
    fact("f.good", value=True),
    fact("f.none", applies=False, reason=words("no image here")),
)
HELD = "Items held below their next level by something that was measured"
FOUND = assessment(pack("STD", *EVERY), facts=FACTS)


def _rows(found=FOUND, *, gaps_only=False, language=EN):
    return [
        row
        for part in findings(found, language, gaps_only=gaps_only).sections
        for table in tables(part)
        for row in table.rows
    ]


def _sections(found=FOUND, *, gaps_only=False, language=EN):
    parts = evidence(found, language, gaps_only=gaps_only).sections
    return {each.id: each for part in parts for each in part.sections}


def _of(found, *, facts=FACTS, language=EN):
    """The evidence section of a rule."""
    made = assessment(pack("STD", found), facts=facts)
    return _sections(made, language=language)[anchor(found)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (GAP, "gap"),
        (MIXED, "gap"),
        (OPEN, "open"),
        (rule("R", HUMAN), "open"),
        (UNSEEN, "unseen"),
        (rule("R", BAD, level=None), "unseen"),
        (TOP, "top"),
        (ASIDE, "not-applicable"),
        (rule("R", BAD, level=3, applicable=False), "not-applicable"),
    ],
    ids=["gap", "mixed", "open", "manual", "unseen", "unscored", "top", "aside", "aside-first"],
)
def test_status__what_is_missing_and_was_seen__decides(found, expected):
    assert status(found) == expected


def test_shown__gaps_only__leaves_what_nobody_can_close_by_looking_at_the_code():
    assert shown(FOUND.packs[0], gaps_only=True) == [GAP, MIXED]
    assert shown(FOUND.packs[0], gaps_only=False) == list(EVERY)


@pytest.mark.parametrize(
    ("gaps_only", "language", "said"),
    [
        (
            True,
            EN,
            f"{HELD}; each links to its evidence.",
        ),
        (False, EN, "All items of all standards; each links to its evidence."),
        (True, ZH, "存在已确认差距、未达到下一等级的能力项；每一项均可跳转到其证据。"),
        (False, ZH, "各标准的全部能力项；每一项均可跳转到其证据。"),
    ],
)
def test_findings__its_first_sentence__says_which_items_are_listed(gaps_only, language, said):
    first, note = findings(FOUND, language, gaps_only=gaps_only).blocks
    assert first.text == said
    assert note == Sentence(language.sentences["rules.note"], "quiet")


def test_findings__every_item__has_its_status_with_a_tone_that_tells_it_apart():
    assert [(row[0].text[:4], row[2].text, row[2].tone) for row in _rows()] == [
        ("R-01", "gap", "plain"),
        ("R-02", "gap", "plain"),
        ("R-03", "evidence missing", "unknown"),
        ("R-04", "not scored", "unknown"),
        ("R-05", "highest level", "good"),
        ("R-06", "not applicable", "quiet"),
    ]


def test_findings__level_gap_and_effort__stand_in_their_columns():
    (part,) = findings(FOUND, EN, gaps_only=False).sections
    (table,) = tables(part)
    assert table.columns == (
        "Item", "Level", "Status", "What keeps it from the next level", "Effort",
    )  # fmt: skip
    assert [row[1:] for row in texts(table)] == [
        ("1", "gap", "fact f.bad in English: no, needs yes", "2 h per image in English"),
        (
            "1..3",
            "gap",
            "fact f.dark in English: not seen, needs yes; fact f.bad in English: no, needs yes",
            "2 h per image in English",
        ),
        (
            "2..4",
            "evidence missing",
            "fact f.dark in English: not seen, needs yes",
            "2 h per image in English",
        ),
        (
            "?",
            "not scored",
            "fact f.dark in English: not seen, needs yes",
            "2 h per image in English",
        ),
        ("5", "highest level", "nothing: highest level", "–"),
        ("–", "not applicable", "not applicable", "–"),
    ]
    assert (part.id, part.title) == ("findings-std", "STD · pack STD in English")
    assert told(part) == {"source of STD in English": "quiet"}


def test_findings__in_chinese__are_chinese():
    (row,) = _rows(assessment(pack("STD", GAP), facts=FACTS), language=ZH)
    assert [cell.text for cell in row] == [
        "R-01 title of R-01的中文",
        "1",
        "有差距",
        "fact f.bad的中文：否，要求 是",
        "每个image的中文 2 小时",
    ]


def test_findings__a_reconstructed_clause__has_an_asterisk():
    made = assessment(pack("STD", GAP, rule("R-09", BAD, status="reconstructed")), facts=FACTS)
    assert [row[0].text for row in _rows(made)] == [
        "R-01 title of R-01 in English",
        "R-09 title of R-09 in English*",
    ]


@pytest.mark.parametrize("gaps_only", [True, False])
def test_findings__links_of_the_rows__lead_to_the_evidence_of_the_same_item(gaps_only):
    sections = _sections(gaps_only=gaps_only)
    rows = _rows(gaps_only=gaps_only)
    assert [row[0].link for row in rows] == list(sections)
    assert all(sections[row[0].link].title == row[0].text for row in rows)


def test_anchor__of_a_rule__is_its_id_in_small_letters():
    assert anchor(rule("ARCH-11")) == "rule-arch-11"


@pytest.mark.parametrize("make", [findings, evidence])
def test_findings_and_evidence__gaps_only__leave_out_a_standard_without_any(make):
    made = assessment(pack("FINE", TOP, OPEN), pack("STD", GAP), facts=FACTS)
    assert [part.title for part in make(made, EN, gaps_only=True).sections] == [
        "STD · pack STD in English"
    ]
    assert len(make(made, EN, gaps_only=False).sections) == 2


@pytest.mark.parametrize(
    ("found", "said", "tone"),
    [
        (GAP, "Level 1, gap. Each level needs the ones below it.", "poor"),
        (HIGH, "Level 3, gap. Each level needs the ones below it.", "good"),
        (OPEN, "Level 2..4, evidence missing. Each level needs the ones below it.", "fair"),
        (UNSEEN, "Level ?, not scored. Each level needs the ones below it.", "unknown"),
        (TOP, "Level 5, highest level. Each level needs the ones below it.", "good"),
    ],
    ids=["gap", "gap-at-3", "open", "unseen", "top"],
)
def test_evidence__first_sentence__has_level_status_and_kind_of_ladder(found, said, tone):
    assert _of(found).blocks[0] == Sentence(said, tone)


def test_evidence__of_a_gap__is_level_why_ladder_places_remedy_and_clause_in_that_order():
    blocks = _of(GAP).blocks
    assert [type(block) for block in blocks] == [
        Sentence, Sentence, Table, Table, Sentence, Sentence,
    ]  # fmt: skip
    assert [block.text for block in blocks if isinstance(block, Sentence)][1:] == [
        "why R-01 in English",
        "Remedy: remedy for R-01 in English (2 h per image in English)",
        "STD, clause of R-01 in English",
    ]
    assert _of(GAP).title == "R-01 title of R-01 in English"


def test_evidence__in_chinese__has_chinese_remedy_and_clause():
    said = told(_of(GAP, language=ZH))
    assert said["整改建议：remedy for R-01的中文（每个image的中文 2 小时）"] == "strong"
    assert said["STD，clause of R-01的中文"] == "quiet"
    assert "等级 1，有差距。每一等级都以其下各级为前提。" in said


def test_evidence__a_reconstructed_clause__is_called_our_interpretation():
    said = told(_of(replace(GAP, source=replace(GAP.source, status="reconstructed"))))
    assert "STD, clause of R-01 in English (reconstructed: our interpretation)" in said


def test_evidence__ladder__has_every_condition_with_what_was_measured():
    both = replace(GAP, outcomes=(GOOD, replace(BAD, level=3)))
    ladder, *_ = tables(_of(both))
    assert ladder.columns == ("For", "Condition", "Outcome", "Fact")
    assert texts(ladder) == [
        ("2", "fact f.good in English: yes, needs yes", "met", "f.good"),
        ("3", "fact f.bad in English: no, needs yes", "not met", "f.bad"),
    ]
    assert [row[2].tone for row in ladder.rows] == ["good", "poor"]


def test_evidence__places__are_those_against_first_each_with_claim_and_fact():
    _, places = tables(_of(GAP))
    assert places.columns == ("Where", "What stands there", "Fact")
    assert places.rows == (
        (
            Cell("no.yaml:9"),
            Cell("claim on no.yaml in English", "poor"),
            Cell("f.bad", "quiet"),
        ),
        (
            Cell("yes.yaml:1"),
            Cell("claim on yes.yaml in English", "good"),
            Cell("f.bad", "quiet"),
        ),
    )
    assert places.note == ""


@pytest.mark.parametrize(
    ("known", "total", "rows", "note"),
    [
        (24, 24, 24, ""),
        (25, 25, 24, "24 of 25 places."),
        (3, 40, 3, "3 of 40 places."),
    ],
    ids=["just-all", "one-too-many", "cut-before"],
)
def test_evidence__many_places__are_limited_and_counted(known, total, rows, note):
    proofs = [proof(f"f{at:02}.py") for at in range(known)]
    made = fact("f.bad", value=False, proofs=proofs, total=total)
    _, places = tables(_of(GAP, facts=(made,)))
    assert [row[0].text for row in places.rows] == [f"f{at:02}.py:1" for at in range(rows)]
    assert places.note == note


def test_evidence__many_places__the_ones_against_are_among_those_that_are_shown():
    proofs = [proof(f"f{at:02}.py") for at in range(23)] + [proof("bad.py", holds=False)]
    _, places = tables(_of(GAP, facts=(fact("f.bad", value=False, proofs=proofs),)))
    assert places.rows[0][0].text == "bad.py:1"


def test_evidence__a_commit_as_proof__is_shown_by_its_short_id():
    made = fact("f.bad", value=False, proofs=(proof("", commit="0123456789abcdef", line=0),))
    _, places = tables(_of(GAP, facts=(made,)))
    assert places.rows[0][0].text == "0123456789"


def test_evidence__nothing_seen__has_the_reason_and_no_table_of_places():
    section = _of(OPEN)
    assert told(section)["fact f.dark in English: too dark in English"] == "unknown"
    assert len(tables(section)) == 1


@pytest.mark.parametrize("found", [GAP, MIXED, OPEN, UNSEEN], ids=["gap", "mixed", "open", "dark"])
def test_evidence__something_is_missing__has_a_remedy(found):
    assert [text for text in told(_of(found)) if text.startswith("Remedy: ")] == [
        f"Remedy: remedy for {found.id} in English (2 h per image in English)"
    ]


@pytest.mark.parametrize("found", [TOP, ASIDE], ids=["top", "not-applicable"])
def test_evidence__nothing_is_missing__has_no_remedy(found):
    assert not any("emedy" in text for text in told(_of(found)))


def test_evidence__not_applicable__is_short_says_what_is_not_there_and_why_it_is_asked():
    assert _of(ASIDE).blocks == (
        Sentence("Not applicable. no image here in English", "quiet"),
        Sentence("why R-06 in English"),
        Sentence("STD, clause of R-06 in English", "quiet"),
    )
    assert _of(ASIDE, language=ZH).blocks[0] == Sentence("不适用。no image here的中文", "quiet")


def test_evidence__not_applicable_for_one_reason_twice__tells_it_once_and_leaves_out_others():
    twice = replace(
        ASIDE, outcomes=(condition("f.none"), condition("f.none", level=3), DARK, GOOD)
    )
    assert _of(twice).blocks[0].text == "Not applicable. no image here in English"


def _places(names, *, each, outcome=Outcome.MET, unmet=()):
    """Facts of the places of a rule with so many of each, and what is noted of them."""
    facts = [fact(n, value=1, proofs=[proof(f"{n}{at}") for at in range(each)]) for n in names]
    results = [condition(n, Outcome.NOT_MET if n in unmet else outcome) for n in names]
    _, table = tables(_of(rule("R", outcomes=tuple(results)), facts=facts))
    return [row[2].text for row in table.rows], table.note


def test_evidence__places_of_several_facts__share_the_room_alike():
    shown, note = _places("abc", each=20)
    assert {name: shown.count(name) for name in "abc"} == {"a": 8, "b": 8, "c": 8}
    assert note == "24 of 60 places."


def test_evidence__places_of_many_facts__are_at_least_four_of_each_as_far_as_they_go():
    shown, note = _places("abcdefgh", each=9)
    assert shown == sorted("abcdef" * 4)
    assert note == "24 of 72 places."


def test_evidence__places_of_unmet_conditions__come_first():
    shown, _ = _places("abc", each=2, unmet=("b",))
    assert shown == ["b", "b", "a", "a", "c", "c"]
    shown, _ = _places("abcdefgh", each=9, unmet=("h",))
    assert shown[:4] == ["h"] * 4


def test_evidence__places_against_a_met_condition__come_after_those_of_unmet_ones():
    against = proof("x.py", holds=False)
    facts = (
        fact("f.good", value=True, proofs=(against,)),
        fact("f.bad", value=0, proofs=(proof("y"),)),
    )
    _, table = tables(_of(rule("R", BAD, outcomes=(GOOD, BAD)), facts=facts))
    assert [row[2].text for row in table.rows] == ["f.bad", "f.good"]
