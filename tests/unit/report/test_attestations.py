"""What people signed is shown apart, and what they had no business to sign is named."""

from dataclasses import replace

import pytest
from unit.report.assessments import assessment, condition, fact, pack, rule, tables, texts, told

from assessor.model.basis import EvidenceKind
from assessor.model.decisions import Attestation, Attested
from assessor.model.rules import Outcome
from assessor.report.attestations import attestations
from assessor.report.findings import status
from assessor.report.levels import capped, gap
from assessor.report.method import method
from assessor.report.view import AUDIENCES, view
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
SIGNED = Attestation(
    id="a",
    rule="R-1",
    fact="told",
    value=True,
    statement="It is so.",
    person="Ann",
    role="operations",
    made_at="2025-01-31T12:00:00Z",
    expires="2025-12-31",
    evidence="e" * 64,
    approver="Bob",
    approved_at="2025-02-01T12:00:00Z",
)
FACTS = (replace(fact("told", value=True), kind=EvidenceKind.ATTESTATION), fact("seen"))


def _found(*given):
    return assessment(pack("CTR", rule("R-1")), facts=FACTS, attestations=given)


def test_attestations__none__no_section():
    section = attestations(_found(), EN)
    assert (section.blocks, section.sections) == ((), ())


def test_attestations__one_that_counts__is_told_in_a_row():
    section = attestations(_found(Attested(SIGNED, "counts")), EN)
    [table] = tables(section)
    assert texts(table) == [
        (
            "R-1",
            "fact told in English",
            "yes: It is so.",
            "Ann (operations)",
            "2025-01-31",
            "2025-12-31",
            "counts",
            "Bob",
        )
    ]


def test_attestations__stale_and_pending__is_said_in_its_state():
    section = attestations(_found(Attested(SIGNED, "pending", stale=True)), EN)
    assert texts(tables(section)[0])[0][6] == (
        "waits for a second person (the evidence is another one since)"
    )


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (EN, "What no file can prove, people may sign. Attestations given: 2, counted: 1."),
        (ZH, "文件无法证明的内容可由人签署声明。共有声明 2 项，其中计入 1 项。"),
    ],
    ids=["en", "zh"],
)
def test_attestations__counts__are_told(words, start):
    given = Attested(SIGNED, "counts"), Attested(replace(SIGNED, id="b"), "expired")
    assert any(text.startswith(start) for text in told(attestations(_found(*given), words)))


@pytest.mark.parametrize("name", ["seen", "gone"])
def test_attestations__of_what_is_to_be_proven__is_named_and_not_counted(name):
    section = attestations(_found(Attested(replace(SIGNED, fact=name), "counts")), EN)
    said = "Passed over, because files, history or imported evidence have to prove it: "
    assert told(section)[f"{said}R-1 {name}."] == "poor"
    assert any("given: 1, counted: 0." in text for text in told(section))


@pytest.mark.parametrize("audience", ["board", "architect", "auditor"])
def test_view__attestations_given__have_a_section(audience):
    shown = view(_found(Attested(SIGNED, "counts")), wording=EN, audience=audience)
    assert "attestations" in [section.id for section in shown.sections]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_view__no_attestations__have_none(audience):
    shown = view(_found(), wording=EN, audience=audience)
    assert "attestations" not in [section.id for section in shown.sections]


@pytest.mark.parametrize("audience", ["architect", "auditor"])
def test_view__attestations__stand_after_the_evidence(audience):
    unmet = rule("R-1", condition("seen"))
    found = replace(_found(Attested(SIGNED, "counts")), packs=(pack("CTR", unmet),))
    ids = [section.id for section in view(found, wording=EN, audience=audience).sections]
    assert ids.index("attestations") == ids.index("evidence") + 1


def test_method__attestations_given__are_not_said_to_be_absent():
    absent = [text for text in told(method(_found(), EN)) if text.startswith("Not part")]
    assert ["attestations" in text for text in absent] == [True]
    given = method(_found(Attested(SIGNED, "counts")), EN)
    absent = [text for text in told(given) if text.startswith("Not part")]
    assert ["attestations" in text for text in absent] == [False]


def _reached(level, *outcomes):
    return replace(rule("R-1", level=level, outcomes=outcomes), missing=())


MET = condition("seen", Outcome.MET, level=3)
ATTESTED = condition("told", Outcome.MET, level=4, kind=EvidenceKind.ATTESTATION)


def test_capped__higher_level_attested_alone__is_so():
    held = _reached(3, MET, ATTESTED)
    assert capped(held)
    assert status(held) == "capped"
    assert gap(held, {}, wording=EN) == (
        "nothing seen is missing; a signed answer alone reaches no level above 3"
    )


def test_capped__all_levels_reached__is_not_so():
    top = _reached(4, MET, replace(ATTESTED, kind=EvidenceKind.REPOSITORY))
    assert not capped(top)
    assert status(top) == "top"
    assert gap(top, {}, wording=EN) == "nothing: highest level"
