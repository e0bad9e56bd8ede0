"""The decision of a gate as a view: each condition, what is new, what is worse, what is waived."""

from collections.abc import Mapping, Sequence

from assessor.model.basis import Text
from assessor.model.gate import (
    HONOURED,
    Action,
    Crossing,
    Finding,
    Gate,
    Judged,
    Standing,
    Waived,
    Worsened,
)
from assessor.model.rules import Outcome
from assessor.model.view import Block, Cell, Section, Sentence, Table, Tone, View
from assessor.report.levels import outcome_tone
from assessor.report.wording import NOTHING, Wording, cost, measured, number, pick, place, say

SHOWN = 50


def gate_view(gate: Gate, *, titles: Mapping[str, Text], wording: Wording) -> View:
    """The decision in the wording's language; sections without content are left out.

    titles: fact -> what it is called.
    """
    sections = (
        Section("gate", say(wording, "gate.conditions"), _decision(gate, wording)),
        Section("cheapest", say(wording, "gate.cheapest"), _cheapest(gate.conditions, wording)),
        Section("worsened", say(wording, "gate.worsened"), _worsened(gate.worsened, wording)),
        Section("crossings", say(wording, "gate.crossings"), _crossings(gate.crossings, wording)),
        Section("new", say(wording, "gate.new"), _new(gate.findings, titles, wording)),
        Section("waivers", say(wording, "gate.waivers"), _waivers(gate.waivers, wording)),
    )
    return View(
        title=say(wording, f"gate.title.{gate.outcome}"),
        subtitle=say(
            wording,
            "gate.subtitle",
            head=gate.head[:10],
            base=gate.base[:10] or NOTHING,
            policy=gate.policy,
        ),
        lang=wording.lang,
        sections=tuple(section for section in sections if section.blocks),
    )


def notes(gate: Gate, wording: Wording) -> tuple[str, ...]:
    """What a reader must know of the decision beside its conditions, in any format."""
    said = []
    if not gate.base:
        said.append(say(wording, "gate.hidden" if gate.hidden else "gate.first"))
    said += [
        say(wording, "gate.changed" if gate.base else "gate.unseen", path=path)
        for path in gate.changed
    ]
    return tuple(said)


def _decision(gate: Gate, wording: Wording) -> tuple[Block, ...]:
    heads = ("gate.condition", "gate.wanted", "gate.found", "gate.outcome")
    known = sum(each.state == "known" for each in gate.findings)
    table = Table(
        columns=tuple(say(wording, head) for head in heads),
        rows=tuple(_row(each, wording) for each in gate.conditions),
        numeric=(1, 2),
        wide=(0,),
        note=say(wording, "gate.known", count=known) if known and gate.base else "",
    )
    told = (Sentence(note, "strong") for note in notes(gate, wording))
    return (*told, table) if gate.conditions else tuple(told)


def _row(judged: Judged, wording: Wording) -> tuple[Cell, ...]:
    return (
        Cell(condition_name(judged, wording)),
        Cell(_figure(judged, judged.wanted, wording)),
        Cell(_figure(judged, judged.found, wording)),
        Cell(outcome_name(judged, wording), outcome_tone(judged.outcome)),
    )


def condition_name(judged: Judged, wording: Wording) -> str:
    """What the condition asks for, in words."""
    subject = judged.subject
    if judged.kind == "max_new":
        subject = say(wording, f"gate.severity.{subject}")
    return say(wording, f"gate.kind.{judged.kind}", subject=subject)


def condition_text(judged: Judged, wording: Wording) -> str:
    """What was wanted, what was found, and what came of it."""
    return say(
        wording,
        "gate.told",
        wanted=_figure(judged, judged.wanted, wording),
        found=_figure(judged, judged.found, wording),
        outcome=outcome_name(judged, wording),
    )


def outcome_name(judged: Judged, wording: Wording) -> str:
    """The outcome; one that only a waiver makes says so."""
    return say(wording, "gate.waived" if judged.waived else f"outcome.{judged.outcome}")


def _figure(judged: Judged, value: float | None, wording: Wording) -> str:
    if value is not None and judged.kind == "min_coverage":
        return say(wording, "value.share", percent=number(value * 100))
    return number(value)


def _cheapest(conditions: Sequence[Judged], wording: Wording) -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell(condition_name(each, wording)),
            Cell(action.rule or NOTHING),
            Cell(_remedy(each, action, wording)),
            Cell(cost(wording, action.effort) if action.effort else NOTHING),
            Cell(str(action.place or NOTHING)),
        )
        for each in conditions
        for action in each.cheapest
    )
    heads = ("gate.condition", "rules.rule", "gate.remedy", "actions.effort", "gate.place")
    return _table(tuple(dict.fromkeys(rows)), heads, wording)


def _remedy(judged: Judged, action: Action, wording: Wording) -> str:
    if action.remedy is None:
        return say(wording, f"gate.remedy.{judged.kind}")
    return pick(wording, action.remedy)


def _worsened(worse: Sequence[Worsened], wording: Wording) -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell(each.rule),
            Cell(number(each.level)),
            Cell(pick(wording, each.title)),
            Cell(measured(wording, each.before, unit=each.unit)),
            Cell(_after(each, wording)),
            Cell("; ".join(_place(found, wording) for found in each.places[:5]) or NOTHING),
        )
        for each in worse
        if not each.waived
    )
    heads = ("rules.rule", "rules.level", "gate.fact", "gate.before", "gate.after", "gate.place")
    return _table(rows, heads, wording)


def _after(each: Worsened, wording: Wording) -> str:
    """The value now; where it may be anything, what was seen of it says nothing."""
    known = None if each.outcome is Outcome.UNKNOWN else each.after
    return measured(wording, known, unit=each.unit)


def _place(found: Finding, wording: Wording) -> str:
    where = place(found.path, line=found.line)
    return say(wording, "gate.was", place=where) if found.was else where


def _crossings(crossings: Sequence[Crossing], wording: Wording) -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell(f"{each.source} → {each.target}"),
            Cell(place(each.use.source, line=each.use.line)),
            Cell(each.use.target),
        )
        for each in crossings
    )
    return _table(rows, ("gate.services", "gate.place", "gate.uses"), wording)


def _new(
    findings: Sequence[Standing], titles: Mapping[str, Text], wording: Wording
) -> tuple[Block, ...]:
    """New findings and, once more, those that only a waiver lets pass."""
    rows = tuple(
        (
            Cell(each.finding.rule),
            Cell(say(wording, f"gate.severity.{each.finding.severity}")),
            Cell(_place(each.finding, wording)),
            Cell(say(wording, "gate.waived") if each.waiver else NOTHING),
            Cell(against(each.finding, titles[each.finding.fact], wording)),
        )
        for each in findings
        if each.state == "new"
    )
    heads = ("rules.rule", "gate.severity", "gate.place", "gate.waiver", "gate.claim")
    return _table(rows, heads, wording)


def against(found: Finding, title: Text, wording: Wording) -> str:
    """What is there and what it speaks against, or, of a lost place, what is gone.

    title: what the fact is called.
    """
    return say(
        wording,
        "gate.lost" if found.was else "gate.against",
        claim=pick(wording, found.claim),
        fact=pick(wording, title),
        place=place(found.path, line=found.line),
    )


def _waivers(waivers: Sequence[Waived], wording: Wording) -> tuple[Block, ...]:
    """All waivers, those that something is wrong with first."""
    ranked = sorted(waivers, key=lambda each: each.state in HONOURED)
    rows = tuple(
        (
            Cell(each.waiver.rule),
            Cell(say(wording, f"gate.waiver.state.{each.state}"), _waiver_tone(each)),
            Cell(each.waiver.expires or NOTHING),
            Cell(number(each.findings)),
            Cell(str(each.waiver.place)),
            Cell(justification(each, wording)),
        )
        for each in ranked
    )
    heads = ("rules.rule", "gate.state", "gate.until", "gate.accepts", "gate.place", "gate.why")
    return _table(rows, heads, wording)


def _waiver_tone(waived: Waived) -> Tone:
    if waived.state == "honoured":
        return "good"
    return "poor" if waived.state in {"expired", "malformed"} else "fair"


def justification(waived: Waived, wording: Wording) -> str:
    """Why the gap is accepted and who answers for it; or what is wrong with the waiver."""
    waiver = waived.waiver
    if waiver.flaw:
        return say(wording, f"gate.flaw.{waiver.flaw}")
    who = (waiver.owner, waiver.approver, waiver.ticket)
    parts = [say(wording, f"gate.waiver.reason.{waiver.reason}"), waiver.text]
    parts += [", ".join(each for each in who if each)]
    return ("：" if wording.lang == "zh" else ": ").join(parts[:2]).rstrip("：: ") + (
        f" ({parts[2]})" if parts[2] else ""
    )


def _table(
    rows: tuple[tuple[Cell, ...], ...], heads: Sequence[str], wording: Wording
) -> tuple[Block, ...]:
    """The first rows, and how many more there are; nothing where there is none."""
    if not rows:
        return ()
    more = len(rows) - SHOWN
    note = say(wording, "gate.more", count=more) if more > 0 else ""
    columns = tuple(say(wording, head) for head in heads)
    return (Table(columns, rows[:SHOWN], note=note, wide=(len(heads) - 1,)),)


def checked_lines(
    fresh: Sequence[Finding], *, changed: int, waived: int, wording: Wording
) -> tuple[str, ...]:
    """One line a new finding, as editors and hooks read it, and one line that sums up."""
    rows = [
        " ".join(
            (
                f"{place(each.path, line=each.line)}:",
                each.rule,
                say(wording, f"gate.severity.{each.severity}"),
                pick(wording, each.claim),
            )
        )
        for each in fresh
    ]
    total = say(wording, "check.total", changed=changed, found=len(fresh), waived=waived)
    return (*rows, total)
