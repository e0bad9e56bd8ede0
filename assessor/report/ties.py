"""What a unit or a service is tied to, in exact figures with the lines behind them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from assessor.model.assessment import ServiceTie
from assessor.model.coupling import Coupling, Cycle
from assessor.model.kept import Excerpt
from assessor.model.partition import Partition
from assessor.model.records import Reference
from assessor.model.seen import Seen
from assessor.model.view import Cell, Figure, Matrix, Table
from assessor.report.network import Direction, services
from assessor.report.wording import NOTHING, Wording, number, place, say, short

MOST_LINKS, MOST_LABELS, MOST_CYCLES = 300, 60, 200


@dataclass(frozen=True, slots=True)
class Bond:
    """What ties some units to a service ("" = the shared units).

    out, into: references to it and from it. views: name of the view -> its part of the coupling.
    """

    service: str
    out: float
    into: float
    views: Mapping[str, float]

    @property
    def coupling(self) -> float:
        """The sum of the parts."""
        return sum(self.views.values())


@dataclass(frozen=True, slots=True)
class Link:
    """All references from one unit to another: one record for each kind, by first line."""

    source: str
    target: str
    references: tuple[Reference, ...]

    @property
    def count(self) -> int:
        """How many references there are."""
        return sum(each.count for each in self.references)

    @property
    def line(self) -> int:
        """The first line in the source that has one."""
        return self.references[0].line


def bonds(
    coupling: Coupling, cut: Partition, *, own: Collection[str], weights: Mapping[str, float]
) -> tuple[Bond, ...]:
    """What ties these units to each service that has others, strongest coupling first.

    weights: of the views, by name.
    """
    row = {unit: at for at, unit in enumerate(coupling.units)}
    mine = np.array(sorted(row[unit] for unit in set(own) & row.keys()), dtype=np.int64)
    members = services(cut)
    of = _numbered(row, members, without=mine)
    out = _sums(coupling.directed, mine, of=of)
    into = _sums(csr_array(coupling.directed.T), mine, of=of)
    parts = {
        name: _sums(view, mine, of=of) * weights.get(name, 0.0)
        for name, view in sorted(coupling.views.items())
    }
    found = (
        Bond(name, out[at], into[at], {view: part[at] for view, part in parts.items()})
        for at, name in enumerate(members)
    )
    tied = (each for each in found if each.out or each.into or each.coupling)
    return tuple(sorted(tied, key=lambda b: (-round(b.coupling, 9), -b.out - b.into, b.service)))


def _numbered(
    row: Mapping[str, int], members: Mapping[str, Sequence[str]], *, without: np.ndarray
) -> tuple[np.ndarray, int]:
    """For every unit the number of its service (the last one = none that counts), and how many."""
    of = np.full(len(row), len(members), dtype=np.int64)
    for at, units in enumerate(members.values()):
        of[[row[unit] for unit in units if unit in row]] = at
    of[without] = len(members)
    return of, len(members)


def _sums(weights: csr_array, mine: np.ndarray, *, of: tuple[np.ndarray, int]) -> np.ndarray:
    """The weight in these rows, summed over the units of each service."""
    cells = weights.tocsr()[mine].tocoo()
    found = np.bincount(of[0][cells.col], weights=cells.data, minlength=of[1] + 1)
    return np.asarray(found[: of[1]])


def links(
    seen: Seen,
    *,
    own: Collection[str],
    there: Collection[str] | None = None,
    direction: Direction = "both",
) -> tuple[Link, ...]:
    """The references between these units and others, most first.

    there: only those with one of these. direction: away from the units, towards them, or both.
    """
    inside, other = frozenset(own), None if there is None else frozenset(there)
    pairs: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for each in seen.records.references:
        out = each.source in inside
        outside = each.target if out else each.source
        if out == (each.target in inside) or (other is not None and outside not in other):
            continue
        if direction == "both" or (direction == "out") == out:
            pairs[each.source, each.target].append(each)
    made = (
        Link(source, target, tuple(sorted(found, key=lambda r: (r.line, r.kind))))
        for (source, target), found in pairs.items()
    )
    return tuple(sorted(made, key=lambda link: (-link.count, link.source, link.target)))


def bonds_table(
    found: Sequence[Bond], every: Sequence[Link], *, cut: Partition, wording: Wording
) -> Table:
    """Every service that some units are tied to, with the first place that shows it.

    every: the references of the units. The link of the first cell is the name of the service.
    """
    first = _first(every, cut)
    heads = ("service", "out", "in", "coupling", "first")
    rows = tuple(
        (
            _named(each, wording),
            Cell(f"{each.out:,.0f}"),
            Cell(f"{each.into:,.0f}"),
            Cell(number(each.coupling)),
            Cell(first.get(each.service, NOTHING), "quiet"),
        )
        for each in found
    )
    return Table(tuple(say(wording, f"ties.{head}") for head in heads), rows, numeric=(1, 2, 3))


def views_table(found: Sequence[Bond], wording: Wording) -> Table:
    """The parts of the coupling that each view adds."""
    views = list(found[0].views) if found else []
    columns = (say(wording, "ties.service"), *(say(wording, f"view.{view}") for view in views))
    rows = tuple(
        (_named(each, wording), *(Cell(number(each.views[view])) for view in views))
        for each in found
    )
    return Table(columns, rows, numeric=tuple(range(1, len(columns))))


def _named(bond: Bond, wording: Wording) -> Cell:
    return Cell(bond.service or say(wording, "shared.title"), "strong", link=bond.service)


def _first(every: Iterable[Link], cut: Partition) -> dict[str, str]:
    """Service at either end -> the place of the first reference, by path and line."""
    home = {unit: name for name, units in services(cut).items() for unit in units}
    found: dict[str, str] = {}
    for link in sorted(every, key=lambda each: (each.source, each.line, each.target)):
        for unit in (link.source, link.target):
            if unit in home:
                found.setdefault(home[unit], place(link.source, line=link.line))
    return found


def pairs_table(every: Sequence[ServiceTie], wording: Wording) -> Table:
    """All references between two services in a row, most first."""
    heads = ("from", "to", "references", "first")
    rows = tuple(
        (
            Cell(tie.source, "strong"),
            Cell(tie.target, "strong"),
            Cell(f"{tie.references:,}"),
            Cell(place(tie.path, line=tie.line), "quiet"),
        )
        for tie in every
    )
    return Table(tuple(say(wording, f"ties.{head}") for head in heads), rows, numeric=(2,))


def links_table(found: Sequence[Link], wording: Wording) -> Table:
    """The units that refer to each other, with the first line of each: the first `MOST_LINKS`."""
    rows = tuple(
        (
            Cell(short(link.source)),
            Cell(short(link.target)),
            Cell(f"{link.count:,}"),
            Cell(", ".join(sorted({str(each.kind) for each in link.references}))),
            Cell(place(link.source, line=link.line), "quiet"),
        )
        for link in found[:MOST_LINKS]
    )
    heads = ("from", "to", "references", "kind", "first")
    note = ""
    if len(found) > len(rows):
        note = say(wording, "ties.note-units", shown=len(rows), total=len(found))
    columns = tuple(say(wording, f"ties.{head}") for head in heads)
    return Table(columns, rows, numeric=(2,), note=note)


def kinds_table(link: Link, wording: Wording) -> Table:
    """The references from one unit to another by kind, with the first line of each."""
    rows = tuple(
        (Cell(str(each.kind)), Cell(f"{each.count:,}"), Cell(str(each.line)))
        for each in link.references
    )
    columns = tuple(say(wording, key) for key in ("ties.kind", "ties.references", "heat.line"))
    return Table(columns, rows, numeric=(1, 2))


def excerpt(link: Link, kept: Iterable[Excerpt]) -> Excerpt | None:
    """The first piece of code that shows one of the references, None where none was kept."""
    lines = {each.line for each in link.references}
    return next(
        (
            each
            for each in kept
            if each.path == link.source
            and any(each.first <= line < each.first + len(each.lines) for line in lines)
        ),
        None,
    )


def cycles_table(found: Sequence[Cycle], wording: Wording) -> Table:
    """Circles of units with a shortest way round, largest first: the first `MOST_CYCLES`."""
    ranked = sorted(found, key=lambda cycle: (-len(cycle.units), cycle.units))
    rows = tuple(
        (
            Cell(f"{len(cycle.units):,}"),
            Cell(" → ".join(short(unit) for unit in (*cycle.example, cycle.example[0]))),
        )
        for cycle in ranked[:MOST_CYCLES]
    )
    columns = tuple(say(wording, f"cycles.{head}") for head in ("size", "example"))
    note = ""
    if len(found) > len(rows):
        note = say(wording, "cycles.note", shown=len(rows), total=len(found))
    return Table(columns, rows, numeric=(0,), wide=(1,), note=note)


def units_matrix(
    seen: Seen, cut: Partition, *, opened: Collection[str], wording: Wording
) -> Figure | None:
    """Who refers to whom among the units of up to two opened services; None where none is open.

    The `MOST_LABELS` with the most references, in the order of the services; the title says so.
    """
    known = services(cut)
    names = sorted(set(opened) & known.keys())[:2]
    units = [unit for name in names for unit in known[name]]
    if seen.coupling is None or not units:
        return None
    row = {unit: at for at, unit in enumerate(seen.coupling.units)}
    rows = np.array([row[unit] for unit in units], dtype=np.int64)
    values = seen.coupling.directed.tocsr()[rows][:, rows]
    busy = np.asarray(values.sum(axis=0)).ravel() + np.asarray(values.sum(axis=1)).ravel()
    kept = np.sort(np.argsort(-busy, kind="stable")[:MOST_LABELS])
    shown = values[kept][:, kept].toarray()
    drawing = Matrix(
        labels=tuple(short(units[at]) for at in kept.tolist()),
        values=tuple(tuple(float(value) for value in line) for line in shown.tolist()),
        row_name=say(wording, "ties.from"),
        column_name=say(wording, "ties.to"),
    )
    title = say(
        wording,
        "ties.matrix" if len(kept) == len(units) else "ties.matrix-part",
        services=" + ".join(name or say(wording, "shared.title") for name in names),
        shown=len(kept),
        total=f"{len(units):,}",
    )
    return Figure(title, title, drawing)
