"""What people want of the cut, and what of it is kept."""

from collections.abc import Iterator
from typing import Literal

from assessor.model import assessment as doc
from assessor.model.decisions import ConstraintKind
from assessor.model.view import Cell, Sentence, Table, Tone
from assessor.report.wording import Wording, say

MOST = 30
State = Literal["broken", "gone", "kept"]
_TONES: dict[State, Tone] = {"broken": "poor", "gone": "quiet", "kept": "good"}
_ORDER: tuple[State, ...] = ("broken", "gone", "kept")


def blocks(cut: doc.Partition, wording: Wording) -> tuple[Sentence | Table, ...]:
    """How many constraints the cut respects, and each of them, broken ones first.

    Those whose units are gone are told, but not counted. Nothing where there are none.
    """
    found = sorted(_standing(cut), key=lambda each: _ORDER.index(each[3]))
    if not found:
        return ()
    kept = sum(state == "kept" for *_, state in found)
    total = sum(state != "gone" for *_, state in found)
    key = "constraints.kept" if kept == total else "constraints.some"
    heads = ("kind", "unit", "with", "state")
    shown = found[:MOST]
    note = say(wording, "constraints.note", shown=len(shown), total=len(found))
    table = Table(
        columns=tuple(say(wording, f"constraints.{head}") for head in heads),
        rows=tuple(
            (
                Cell(say(wording, f"constraints.kind.{kind}")),
                Cell(a),
                Cell(b),
                Cell(say(wording, f"constraints.state.{state}"), _TONES[state]),
            )
            for kind, a, b, state in shown
        ),
        note=note if len(found) > MOST else "",
        wide=(1, 2),
    )
    return Sentence(say(wording, key, kept=kept, total=total)), table


def _standing(cut: doc.Partition) -> Iterator[tuple[ConstraintKind, str, str, State]]:
    """Each constraint and what came of it: kind, unit, other unit or service, state."""
    wanted = cut.constraints
    broken = {(each.kind, each.a, each.b) for each in cut.broken}
    loose = {each.a for each in cut.broken if each.kind == "pinned"}
    there = {unit for service in cut.services for unit in service.units}
    there |= {shared.unit for shared in cut.shared}
    for pin in wanted.pinned:
        state: State = "broken" if pin.unit in loose else "kept"
        yield "pinned", pin.unit, pin.service, state if pin.unit in there else "gone"
    for a, b in wanted.together:
        state = "broken" if ("together", a, b) in broken else "kept"
        yield "together", a, b, state if {a, b} <= there else "gone"
    for a, b in wanted.apart:
        state = "broken" if ("apart", a, b) in broken else "kept"
        yield "apart", a, b, state if {a, b} <= there else "gone"
