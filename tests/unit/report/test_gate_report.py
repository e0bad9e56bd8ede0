"""A gate's decision in one language, for the formats of CI systems."""

from dataclasses import replace

import pytest
from builders_rules import rule as rule_of
from builders_rules import rules as rules_of
from unit.report.assessments import assessment as bare
from unit.report.assessments import domain, fact, pack, rule, words

from assessor.model.basis import Location
from assessor.model.gate import (
    Finding,
    Gate,
    Judged,
    Policy,
    Standing,
    Waived,
    Waiver,
    WantedLevel,
    WantedRule,
)
from assessor.model.gate_report import ToldCondition, ToldFinding, ToldWaiver
from assessor.model.rules import Outcome
from assessor.report.gate_report import gate_report
from assessor.report.wording import pick
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
WAIVER = Waiver(
    "CTR-02",
    "planned",
    "next release",
    "2026-12-31",
    Location("waivers.yaml", 3),
    owner="Lin",
    approver="Wang",
    ticket="SHOP-7",
)
FOUND = Finding("order/Dockerfile", 7, "CTR-02", "f.x", 2, "critical", words("no tag"))
GATE = Gate(
    head="a" * 40,
    base="b" * 40,
    hidden=False,
    policy="ratchet",
    today="2026-10-01",
    outcome=Outcome.NOT_MET,
    conditions=(Judged("max_new", "critical", 0, 1, Outcome.NOT_MET),),
    findings=(Standing(FOUND, "new", "f" * 32),),
    worsened=(),
    crossings=(),
    waivers=(),
)


def assessment(*packs):
    """An assessment that knows the fact of the finding."""
    return replace(bare(*packs), facts=(fact("f.x"),))


HEAD = assessment(pack("P", rule("CTR-02")))


def _told(gate=GATE, *, head=HEAD, rules=None, policy=None, lang=EN):
    known = rules or rules_of(*(rule_of(r.id, {2: "f.x"}) for p in head.packs for r in p.rules))
    return gate_report(gate, head, rules=known, policy=policy or Policy(), wording=lang)


def _waived(waiver=WAIVER, state="honoured", *, lang=EN):
    standing = Standing(FOUND, "new", "f" * 32, waiver.place)
    gate = replace(GATE, findings=(standing,), waivers=(Waived(waiver, state, 1),))
    return _told(gate, lang=lang)


def test_gate_report__a_finding__is_told_with_what_it_is():
    assert _told().findings == (
        ToldFinding(
            rule="CTR-02",
            text="no tag in English (speaks against: fact f.x in English)",
            severity="critical",
            state="new",
            path="order/Dockerfile",
            line=7,
            fingerprint="f" * 32,
        ),
    )


@pytest.mark.parametrize("state", ["new", "known"])
def test_gate_report__state_of_a_finding__is_told(state):
    gate = replace(GATE, findings=(Standing(FOUND, state, "f" * 32),))
    assert _told(gate).findings[0].state == state


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (EN, "No longer there: no tag in English, order/Dockerfile:7"),
        (ZH, "已不存在：no tag的中文，order/Dockerfile:7"),
    ],
    ids=["en", "zh"],
)
def test_gate_report__a_lost_finding__says_what_was_there(lang, text):
    gate = replace(GATE, findings=(Standing(replace(FOUND, was=True), "lost", "f" * 32),))
    (found,) = _told(gate, lang=lang).findings
    assert (found.text.startswith(text), found.state) == (True, "lost")
    assert pick(lang, words("fact f.x")) in found.text


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (EN, "to be mended as planned: next release (Lin, Wang, SHOP-7); until 2026-12-31"),
        (ZH, "已列入整改计划：next release (Lin, Wang, SHOP-7);有效期至 2026-12-31"),
    ],
    ids=["en", "zh"],
)
def test_gate_report__a_waived_finding__says_why_and_until_when(lang, text):
    assert _waived(lang=lang).findings[0].waiver == text


def test_gate_report__an_inline_waiver_without_words__says_its_reason_alone():
    waiver = Waiver("CTR-02", "planned", "", "2026-12-31", Location("a.py", 3), inline=True)
    told = _waived(waiver).findings[0].waiver
    assert told == "to be mended as planned; until 2026-12-31"


@pytest.mark.parametrize(
    ("lang", "state", "text"),
    [
        (EN, "honoured", "honoured (last day 2026-12-31): "),
        (EN, "expiring", "honoured, expires soon (last day 2026-12-31): "),
        (EN, "expired", "expired, not honoured (last day 2026-12-31): "),
        (EN, "unmatched", "accepts nothing that is there (last day 2026-12-31): "),
        (EN, "pending", "brought by the change, not honoured yet (last day 2026-12-31): "),
        (ZH, "honoured", "有效（有效期至 2026-12-31）："),
        (ZH, "expiring", "有效，即将到期（有效期至 2026-12-31）："),
        (ZH, "expired", "已过期，不予采纳（有效期至 2026-12-31）："),
        (ZH, "unmatched", "没有对应的问题（有效期至 2026-12-31）："),
        (ZH, "pending", "由本次变更提出，尚未生效（有效期至 2026-12-31）："),
    ],
)
def test_gate_report__a_waiver__says_its_state_in_both_languages(lang, state, text):
    start = "Waiver of CTR-02, " if lang is EN else "对 CTR-02 的豁免，"
    reason = "to be mended as planned: " if lang is EN else "已列入整改计划："
    told = f"{start}{text}{reason}next release (Lin, Wang, SHOP-7)"
    assert _waived(state=state, lang=lang).waivers == (
        ToldWaiver("CTR-02", state, told, "waivers.yaml", 3),
    )


@pytest.mark.parametrize(
    ("flaw", "expires", "text"),
    [
        ("expires", "", "(last day ?): It names no last day (until=YYYY-MM-DD)."),
        ("reason", "2026-12-31", "(last day 2026-12-31): It names no reason of the list"),
        ("too-long", "2028-01-01", "(last day 2028-01-01): Its last day is more than 365 days"),
    ],
)
def test_gate_report__a_malformed_waiver__says_what_is_wrong(flaw, expires, text):
    waiver = replace(WAIVER, flaw=flaw, expires=expires)
    gate = replace(GATE, waivers=(Waived(waiver, "malformed", 0),))
    start = f"Waiver of CTR-02, not valid, not honoured {text}"
    assert _told(gate).waivers[0].text.startswith(start)


def test_gate_report__two_waivers_on_one_line__each_finding_has_its_own():
    other = replace(WAIVER, rule="CTR-03", text="mesh")
    found = (FOUND, replace(FOUND, rule="CTR-03"))
    gate = replace(
        GATE,
        findings=tuple(Standing(each, "new", "f" * 32, WAIVER.place) for each in found),
        waivers=(Waived(WAIVER, "honoured", 1), Waived(other, "honoured", 1)),
    )
    assert ["next release" in each.waiver for each in _told(gate).findings] == [True, False]


@pytest.mark.parametrize(
    ("ladder", "own", "severity"),
    [
        ({2: "f.x", 3: "f.y"}, None, "major"),
        ({3: "f.x"}, None, "minor"),
        ({4: "f.x", 5: "f.y"}, None, "info"),
        ({4: "f.x"}, "critical", "critical"),
        ({2: "f.x"}, "info", "info"),
    ],
)
def test_gate_report__severity_of_a_rule__is_the_gravest_it_can_have(ladder, own, severity):
    known = rules_of(replace(rule_of("CTR-02", ladder), severity=own))
    assert _told(rules=known).rules[0].severity == severity


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        (Policy(), 2),
        (Policy(required_rules=(WantedRule("CTR-02", 4),)), 4),
        (Policy(required_rules=(WantedRule("CTR-03", 4),)), 2),
        (Policy(min_level=(WantedLevel("P", 2.5),)), 2.5),
        (Policy(min_level=(WantedLevel("Q", 5),)), 2),
        (Policy(min_level=(WantedLevel("P", 3, "d"),)), 3),
        (Policy(min_level=(WantedLevel("P", 3, "e"),)), 2),
        (Policy((WantedLevel("P", 3), WantedLevel("P", 4, "d")), (WantedRule("CTR-02", 2),)), 4),
        (Policy(min_level=(WantedLevel("P", 1),)), 1),
    ],
    ids=[
        "nothing", "rule", "other-rule", "pack", "other-pack", "domain", "other-domain", "most",
        "pack-below-two",
    ],
)  # fmt: skip
def test_gate_report__wanted_level__is_the_highest_that_is_asked(policy, wanted):
    assert _told(policy=policy).rules[0].wanted == wanted


def test_gate_report__a_rule__is_told_in_words():
    (found,) = _told(head=assessment(pack("P", rule("CTR-02", level=2, potential=4)))).rules
    assert (found.id, found.pack, found.domain) == ("CTR-02", "P", "d")
    assert (found.title, found.clause) == (
        "title of CTR-02 in English",
        "clause of CTR-02 in English",
    )
    assert (found.standard, found.source, found.effort) == (
        "STD",
        "found",
        "2 h per image in English",
    )
    assert (found.applicable, found.level, found.potential) == (True, 2, 4)


def test_gate_report__a_pack__is_told_with_its_domains():
    head = assessment(pack("P", rule("CTR-02"), domains=(domain("d", claimable=None),)))
    (found,) = _told(head=head).packs
    assert (found.id, found.title, found.claimable, found.indicative) == (
        "P", "pack P in English", 1, 2.0,
    )  # fmt: skip
    assert [(each.id, each.claimable, each.indicative) for each in found.domains] == [
        ("d", None, 1)
    ]


@pytest.mark.parametrize(
    ("lang", "title", "name", "text"),
    [
        (
            EN,
            "The gate is not met",
            "New findings, critical, at most",
            "wanted 0, found 1: not met",
        ),
        (ZH, "门禁未通过", "新增问题（致命）不多于", "要求 0，实际 1："),
    ],
    ids=["en", "zh"],
)
def test_gate_report__conditions__are_told_in_both_languages(lang, title, name, text):
    found = _told(lang=lang)
    (told,) = found.conditions
    assert (found.lang, found.title, told.name) == (lang.lang, title, name)
    assert told.text.startswith(text)


def test_gate_report__a_condition_met_by_a_waiver__says_so():
    judged = Judged("min_level", "P", 3, 1, Outcome.MET, waived=True)
    assert _told(replace(GATE, conditions=(judged,))).conditions == (
        ToldCondition("Level of P at least", "wanted 3, found 1: met by a waiver", Outcome.MET),
    )


@pytest.mark.parametrize(("policy", "least"), [(Policy(), 0.0), (Policy(min_coverage=0.8), 0.8)])
def test_gate_report__coverage__beside_the_least_that_is_asked(policy, least):
    found = _told(policy=policy)
    assert (found.coverage, found.least_coverage) == (1.0, least)


@pytest.mark.parametrize(
    ("change", "starts"),
    [
        ({}, []),
        ({"base": ""}, ["There is nothing earlier"]),
        ({"base": "", "hidden": True}, ["The history of this clone is cut"]),
        (
            {"changed": ("p.yaml", "w.yaml")},
            ["The change edits p.yaml", "The change edits w.yaml"],
        ),
        (
            {"base": "", "hidden": True, "changed": ("p.yaml",)},
            ["The history of this clone is cut", "p.yaml lies in the repository"],
        ),
    ],
    ids=["none", "first", "hidden", "changed", "unseen"],
)
def test_gate_report__notes__say_what_a_reader_must_know(change, starts):
    notes = _told(replace(GATE, **change)).notes
    assert len(notes) == len(starts)
    assert all(note.startswith(start) for note, start in zip(notes, starts, strict=True))


def test_gate_report__what_it_is_about__is_told():
    found = _told()
    assert (found.repository, found.head, found.base) == ("shop", "a" * 40, "b" * 40)
    assert (found.dated, found.today, found.policy) == (
        "2024-02-29T00:00:00Z", "2026-10-01", "ratchet",
    )  # fmt: skip
    assert found.outcome is Outcome.NOT_MET


def test_gate_report__words_of_the_formats__are_alike_in_both_languages():
    assert _told(lang=ZH).words["badge.met"] == "门禁通过"
    assert _told(lang=ZH).words.keys() == _told(lang=EN).words.keys()
