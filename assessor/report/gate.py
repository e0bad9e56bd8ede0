"""The decision of a gate as a view: each condition, what is new, what is worse."""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from assessor.model.gate import Action, Finding, Gate, Judged, Told, Worsened
from assessor.model.rules import Outcome
from assessor.model.view import Block, Cell, Section, Sentence, Table, View
from assessor.report.levels import outcome_tone
from assessor.report.wording import NOTHING, Wording, cost, measured, number, pick, place, say

SHOWN = 50


def gate_view(gate: Gate, *, wording: Wording) -> View:
    """The decision in the wording's language; sections without content are left out."""
    sections = (
        Section("gate", say(wording, "gate.conditions"), _decision(gate, wording)),
        Section("cheapest", say(wording, "gate.cheapest"), _cheapest(gate.conditions, wording)),
        Section("worsened", say(wording, "gate.worsened"), _worsened(gate.worsened, wording)),
        Section("new", say(wording, "gate.new"), _new(gate.new, wording)),
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


def _decision(gate: Gate, wording: Wording) -> tuple[Block, ...]:
    heads = ("gate.condition", "gate.wanted", "gate.found", "gate.outcome")
    notes = []
    if not gate.base:
        notes.append(say(wording, "gate.shallow" if gate.shallow else "gate.first"))
    notes += [say(wording, "gate.changed", path=path) for path in gate.changed]
    table = Table(
        columns=tuple(say(wording, head) for head in heads),
        rows=tuple(_row(each, wording) for each in gate.conditions),
        numeric=(1, 2),
        wide=(0,),
    )
    told = (Sentence(note, "strong") for note in notes)
    return (*told, table) if gate.conditions else tuple(told)


def _row(judged: Judged, wording: Wording) -> tuple[Cell, ...]:
    return (
        Cell(_named(judged, wording)),
        Cell(_figure(judged, judged.wanted, wording)),
        Cell(_figure(judged, judged.found, wording)),
        Cell(say(wording, f"outcome.{judged.outcome}"), outcome_tone(judged.outcome)),
    )


def _named(judged: Judged, wording: Wording) -> str:
    subject = judged.subject
    if judged.kind == "max_new":
        subject = say(wording, f"gate.severity.{subject}")
    return say(wording, f"gate.kind.{judged.kind}", subject=subject)


def _figure(judged: Judged, value: float | None, wording: Wording) -> str:
    if value is not None and judged.kind == "min_coverage":
        return say(wording, "value.share", percent=number(value * 100))
    return number(value)


def _cheapest(conditions: Sequence[Judged], wording: Wording) -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell(_named(each, wording)),
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
            Cell(measured(wording, each.after, unit=each.unit)),
            Cell("; ".join(_place(found, wording) for found in each.places[:5]) or NOTHING),
        )
        for each in worse
    )
    heads = ("rules.rule", "rules.level", "gate.fact", "gate.before", "gate.after", "gate.place")
    return _table(rows, heads, wording)


def _place(found: Finding, wording: Wording) -> str:
    where = place(found.path, line=found.line)
    return say(wording, "gate.was", place=where) if found.was else where


def _new(fresh: Sequence[Finding], wording: Wording) -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell(found.rule),
            Cell(say(wording, f"gate.severity.{found.severity}")),
            Cell(_place(found, wording)),
            Cell(pick(wording, found.claim)),
        )
        for found in fresh
    )
    heads = ("rules.rule", "gate.severity", "gate.place", "gate.claim")
    return _table(rows, heads, wording)


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


def conditions_told(gate: Gate, wording: Wording) -> tuple[Told, ...]:
    """Every condition of the gate in words, in the policy's order."""
    return tuple(
        Told(
            name=_named(each, wording),
            text=say(
                wording,
                "gate.told",
                wanted=_figure(each, each.wanted, wording),
                found=_figure(each, each.found, wording),
                outcome=say(wording, f"outcome.{each.outcome}"),
            ),
            outcome=each.outcome,
        )
        for each in gate.conditions
    )


def findings_told(gate: Gate, wording: Wording) -> tuple[Told, ...]:
    """What the change made worse: new findings, then places of conditions that were met before.

    A place that is named as a new finding of the same rule is not named again.
    """
    lost = (place_ for each in gate.worsened for place_ in each.places)
    every = {(each.rule, each.path, each.line, each.claim): each for each in (*gate.new, *lost)}
    return tuple(_told(tuple(every.values()), wording))


def _told(found: Sequence[Finding], wording: Wording) -> Iterator[Told]:
    seen: Counter[str] = Counter()
    for each in found:
        basis = f"{each.rule}\n{each.fact}\n{each.path}\n{each.claim.en}"
        seen[basis] += 1
        digest = sha256(f"{basis}\n{seen[basis]}".encode("utf-8", "surrogateescape")).hexdigest()
        claim = pick(wording, each.claim)
        text = say(wording, "gate.was", place=claim) if each.was else claim
        yield Told(
            each.rule, text, Outcome.NOT_MET, each.severity, each.path, each.line, digest[:32]
        )
