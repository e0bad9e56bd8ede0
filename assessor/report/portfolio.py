"""Many projects side by side: how they stand, which are at risk, what moved since."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessor.model.stored import Figures, Project, RunHead
from assessor.model.view import Cell, Table
from assessor.report.levels import tone
from assessor.report.wording import NOTHING, Wording, indicative, place, say, share

LEAST_LEVEL, LEAST_COVERAGE = 2, 0.5
_GRAVE = ("critical", "major")


@dataclass(frozen=True, slots=True)
class Entry:
    """A project with its newest run and the one before; None where there is none."""

    project: Project
    run: RunHead | None
    before: RunHead | None


def named(entry: Entry, part: str) -> bool:
    """Whether this is part of the project's name or location, in capitals or not."""
    fold = part.casefold()
    return fold in entry.project.name.casefold() or fold in entry.project.location.casefold()


def at_risk(entry: Entry) -> bool:
    """A claimable level under 2, a coverage under a half, or a mean level lower than before.

    A project that was never audited is not at risk but unknown.
    """
    if entry.run is None:
        return False
    figures = entry.run.figures
    low = any(p.claimable is not None and p.claimable < LEAST_LEVEL for p in figures.packs)
    return low or figures.coverage < LEAST_COVERAGE or _worse(entry)


def _worse(entry: Entry) -> bool:
    if entry.run is None or entry.before is None:
        return False
    old = {pack.id: pack.indicative for pack in entry.before.figures.packs}
    return any(
        pack.indicative is not None
        and (was := old.get(pack.id)) is not None
        and pack.indicative < was
        for pack in entry.run.figures.packs
    )


def portfolio_table(entries: Sequence[Entry], wording: Wording) -> Table:
    """A project in each row; levels with their move since the run before."""
    packs = sorted({p.id for e in entries if e.run for p in e.run.figures.packs})
    heads = ("project", "revision", "date", "risk")
    after = ("coverage", "services", "across", "cycles", "grave")
    return Table(
        columns=(
            *(say(wording, f"portfolio.{head}") for head in heads),
            *packs,
            *(say(wording, f"portfolio.{head}") for head in after),
        ),
        rows=tuple(_row(entry, packs, wording) for entry in entries),
        numeric=tuple(range(len(heads), len(heads) + len(packs) + len(after))),
        note=say(wording, "portfolio.note"),
    )


def _row(entry: Entry, packs: Sequence[str], wording: Wording) -> tuple[Cell, ...]:
    run = entry.run
    if run is None:
        blank = (Cell(NOTHING, "quiet"),) * (len(packs) + 5)
        never = say(wording, "portfolio.never")
        return Cell(entry.project.name, "strong"), Cell(NOTHING), Cell(never), Cell("?"), *blank
    risk = at_risk(entry)
    figures = run.figures
    return (
        Cell(entry.project.name, "strong"),
        Cell(place("", commit=run.revision)),
        Cell(run.revision_time[:10] or run.made_at[:10]),
        Cell(say(wording, "value.yes" if risk else "value.no"), "poor" if risk else "good"),
        *(_level(entry, pack) for pack in packs),
        Cell(share(figures.coverage)),
        Cell(str(figures.services)),
        Cell(share(figures.across)),
        Cell(str(figures.cycles)),
        Cell(str(grave(figures))),
    )


def grave(figures: Figures) -> int:
    """Critical and major findings."""
    return sum(figures.findings.get(each, 0) for each in _GRAVE)


def _level(entry: Entry, pack: str) -> Cell:
    """The indicative level, and by how much it rose or fell."""
    now, was = _of(entry.run, pack), _of(entry.before, pack)
    if now is None:
        return Cell(NOTHING, "quiet")
    moved = "" if was is None or was == now else f" ({now - was:+.1f})"
    return Cell(f"{indicative(now)}{moved}", tone(now))


def _of(run: RunHead | None, pack: str) -> float | None:
    if run is None:
        return None
    return next((each.indicative for each in run.figures.packs if each.id == pack), None)
