"""What is different between two assessments of a repository."""

from collections.abc import Iterator

from assessor.model import assessment as doc
from assessor.model.decisions import Constraints
from assessor.model.view import Block, Cell, Section, Sentence, Table, Tone
from assessor.report.wording import NOTHING, Wording, indicative, joined, number, pick, say, share

# What more of is worse, and what more of is neither good nor bad.
_WORSE = frozenset({"cycles", "across"})
_PLAIN = frozenset({"units", "services"})


def changes(before: doc.Assessment, after: doc.Assessment, wording: Wording) -> Section:
    """The figures that moved, and every rule whose level did; a sentence where nothing did."""
    rows = [*_figures(before, after, wording), *_rules(before, after, wording)]
    heads = ("what", "before", "after")
    table = Table(
        columns=tuple(say(wording, f"changes.{head}") for head in heads),
        rows=tuple(rows),
        numeric=(1, 2),
        wide=(0,),
    )
    said = say(
        wording,
        "changes.since" if rows else "changes.none",
        revision=before.repository.revision[:10] or NOTHING,
        date=before.repository.revision_time[:10] or NOTHING,
    )
    agreed = say(wording, "changes.agreed") if _agreed_anew(before, after) else ""
    told = Sentence(joined(wording, (said, agreed)), "quiet")
    blocks: tuple[Block, ...] = (told, *((table,) if rows else ()))
    return Section("changes", say(wording, "changes.title"), blocks)


def _agreed_anew(before: doc.Assessment, after: doc.Assessment) -> bool:
    """Whether people want something else of the cut than before."""
    wanted = [
        found.partition.constraints if found.partition else Constraints()
        for found in (before, after)
    ]
    return wanted[0] != wanted[1]


def _figures(
    before: doc.Assessment, after: doc.Assessment, wording: Wording
) -> Iterator[tuple[Cell, ...]]:
    old = {pack.id: pack for pack in before.packs}
    for pack in after.packs:
        was = old.get(pack.id)
        if was is None:
            continue
        pair = (
            ("claimable", was.claimable, pack.claimable),
            ("indicative", was.indicative, pack.indicative),
        )
        for measure, one, other in pair:
            name = f"{pack.id} · {say(wording, f'packs.{measure}')}"
            shown = (indicative(one), indicative(other)) if measure == "indicative" else None
            yield from _row(name, one, other, shown=shown)
    for key, one, other in _measured(before, after):
        as_share = key in {"coverage", "across"}
        shown = (share(one), share(other)) if as_share else (number(one), number(other))
        direction = 0 if key in _PLAIN else -1 if key in _WORSE else 1
        yield from _row(
            say(wording, f"changes.{key}"), one, other, shown=shown, direction=direction
        )


def _measured(
    before: doc.Assessment, after: doc.Assessment
) -> Iterator[tuple[str, float | None, float | None]]:
    yield "coverage", before.inventory.coverage, after.inventory.coverage
    yield "units", before.coupling.units, after.coupling.units
    yield "services", _services(before), _services(after)
    yield "across", _across(before), _across(after)
    yield "cycles", len(before.coupling.cycles), len(after.coupling.cycles)


def _services(found: doc.Assessment) -> float | None:
    return len(found.partition.services) if found.partition else None


def _across(found: doc.Assessment) -> float | None:
    return found.partition.quality.icp if found.partition else None


def _rules(
    before: doc.Assessment, after: doc.Assessment, wording: Wording
) -> Iterator[tuple[Cell, ...]]:
    old = {rule.id: rule for pack in before.packs for rule in pack.rules}
    for pack in after.packs:
        for rule in pack.rules:
            was = old.get(rule.id)
            if was is not None:
                yield from _row(f"{rule.id} {pick(wording, rule.title)}", was.level, rule.level)


def _row(
    name: str,
    before: float | None,
    after: float | None,
    *,
    shown: tuple[str, str] | None = None,
    direction: int = 1,
) -> Iterator[tuple[Cell, ...]]:
    """A row where the two differ; better or worse is told by its tone."""
    if before == after:
        return
    one, other = shown or (_plain(before), _plain(after))
    yield Cell(name), Cell(one), Cell(other, _tone(before, after, direction=direction))


def _plain(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"


def _tone(before: float | None, after: float | None, *, direction: int) -> Tone:
    """direction: 1 = more is better, -1 = less is, 0 = neither."""
    if before is None or after is None or not direction:
        return "plain"
    return "good" if (after > before) == (direction > 0) else "poor"
