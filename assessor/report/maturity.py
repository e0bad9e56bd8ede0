"""What an architect looks through: the rules of a standard, and what lifting some would move."""

from collections.abc import Iterator, Sequence
from typing import Literal

from assessor.model import assessment as doc
from assessor.model.kept import Excerpt
from assessor.model.rules import Outcome
from assessor.model.view import Cell, Table
from assessor.report.levels import gap, tone
from assessor.report.wording import NOTHING, Wording, cost, indicative, level, pick, say

State = Literal["all", "open", "unseen", "attested"]
STATES: tuple[State, ...] = ("all", "open", "unseen", "attested")
_UNSEEN = frozenset({Outcome.UNKNOWN, Outcome.MANUAL})


def chosen(pack: doc.Pack, *, state: State = "all", domain: str = "") -> tuple[doc.Rule, ...]:
    """The pack's rules of a domain ("" = of all) in that state, in the pack's order.

    open: something that was seen is not met. unseen: something could not be seen.
    """
    return tuple(
        rule for rule in pack.rules if domain in {"", rule.domain} and _in_state(rule, state=state)
    )


def _in_state(rule: doc.Rule, *, state: State) -> bool:
    outcomes = {result.outcome for result in rule.missing}
    match state:
        case "open":
            return rule.applicable and Outcome.NOT_MET in outcomes
        case "unseen":
            return rule.applicable and bool(outcomes & _UNSEEN)
        case "attested":
            return rule.attested
        case "all":
            return True


def rules_table(
    rules: Sequence[doc.Rule], facts: dict[str, doc.Fact], *, wording: Wording
) -> Table:
    """Each rule in a row: its level, what keeps it from the next one, what that would cost."""
    heads = ("rules.rule", "rules.level", "rules.next", "actions.effort")
    rows = tuple(
        (
            Cell(f"{rule.id} {pick(wording, rule.title)}{_mark(rule)}"),
            Cell(level(rule), tone(rule.level) if rule.applicable else "quiet"),
            Cell(gap(rule, facts, wording=wording)),
            Cell(cost(wording, rule.effort) if rule.missing else NOTHING, "quiet"),
        )
        for rule in rules
    )
    note = say(wording, "rules.note")
    return Table(tuple(say(wording, head) for head in heads), rows, note=note, wide=(0, 2))


def _mark(rule: doc.Rule) -> str:
    return "*" if rule.source.status == "reconstructed" else ""


def next_level(rule: doc.Rule) -> int | None:
    """The level that the rule's missing conditions keep it from; None where nothing is missing."""
    return min((result.level for result in rule.missing), default=None)


def moved(before: doc.Assessment, after: doc.Assessment, *, wording: Wording) -> Table:
    """Every level of a standard, domain and rule that differs."""
    heads = ("changes.what", "changes.after", "maturity.supposed")
    rows = (*_packs(before, after, wording), *_rules(before, after, wording))
    return Table(tuple(say(wording, head) for head in heads), rows, numeric=(1, 2), wide=(0,))


def _packs(
    before: doc.Assessment, after: doc.Assessment, wording: Wording
) -> Iterator[tuple[Cell, ...]]:
    for old, new in zip(before.packs, after.packs, strict=True):
        claimed = say(wording, "packs.claimable")
        yield from _row(f"{new.id} · {claimed}", _plain(old.claimable), _plain(new.claimable))
        mean = say(wording, "packs.indicative")
        yield from _row(
            f"{new.id} · {mean}", indicative(old.indicative), indicative(new.indicative)
        )
        for was, now in zip(old.domains, new.domains, strict=True):
            name = f"{new.id} · {pick(wording, now.title)}"
            yield from _row(name, _plain(was.claimable), _plain(now.claimable))


def _rules(
    before: doc.Assessment, after: doc.Assessment, wording: Wording
) -> Iterator[tuple[Cell, ...]]:
    for old, new in zip(before.packs, after.packs, strict=True):
        for was, now in zip(old.rules, new.rules, strict=True):
            yield from _row(f"{now.id} {pick(wording, now.title)}", level(was), level(now))


def _row(name: str, before: str, after: str) -> Iterator[tuple[Cell, ...]]:
    if before != after:
        yield Cell(name), Cell(before), Cell(after, "strong")


def _plain(value: int | None) -> str:
    return "?" if value is None else str(value)


def numbered(excerpt: Excerpt) -> str:
    """The lines with their numbers; the one that is meant has a mark."""
    last = excerpt.first + len(excerpt.lines) - 1
    width = len(str(last))
    return "\n".join(
        f"{'▶' if number == excerpt.line else ' '} {number:>{width}}  {line}".rstrip()
        for number, line in enumerate(excerpt.lines, start=excerpt.first)
    )
