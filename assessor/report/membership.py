"""Why a unit is where it is: what ties it to each service, and what a move would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from assessor.model.coupling import Coupling
from assessor.model.partition import Partition, homes
from assessor.model.view import Cell, Sentence, Table, Tone
from assessor.report.wording import NOTHING, Wording, listed, named, say, share, short


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a unit to the other units of a service ("" = to those of no service).

    share: of all the unit's coupling, [0, 1]. uses, used: references to them and from them.
    views: share that each view has in it. moved: references across services more or less if the
    unit were there.
    """

    service: str
    share: float
    uses: int
    used: int
    views: Mapping[str, float]
    moved: int


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit with its service ("" = none) and its ties, strongest first.

    confidence: share of repeated runs that keep it there, None for what was not computed.
    """

    unit: str
    service: str
    confidence: float | None
    ties: tuple[Tie, ...]


def membership(coupling: Coupling, cut: Partition, unit: str) -> Membership:
    """The ties of a unit to each service. Raises ValueError for a unit that is not there."""
    if unit not in cut.home:
        raise ValueError(f"there is no unit {unit!r}")
    row = coupling.units.index(unit)
    inside = homes(cut)
    names = [*sorted(service.name for service in cut.services), ""]
    number = {name: at for at, name in enumerate(names)}
    of = np.array([number[inside.get(each, "")] for each in coupling.units], dtype=np.int64)
    uses = _summed(coupling.directed, row, of=of, count=len(names))
    used = _summed(csr_array(coupling.directed.T), row, of=of, count=len(names))
    weights = {
        view: coupling.weights[view] * _summed(matrix, row, of=of, count=len(names))
        for view, matrix in sorted(coupling.views.items())
    }
    fused = _summed(coupling.fused, row, of=of, count=len(names))
    own = inside.get(unit, "")
    across = _across(uses + used)
    total = float(fused.sum()) or 1.0
    found = [
        Tie(
            service=name,
            share=float(fused[at]) / total,
            uses=round(float(uses[at])),
            used=round(float(used[at])),
            views=_shares({view: float(each[at]) for view, each in weights.items()}),
            moved=across[at] - across[number[own]],
        )
        for at, name in enumerate(names)
        if fused[at] > 0 or uses[at] or used[at] or name == own
    ]
    ranked = sorted(
        found, key=lambda tie: (-round(tie.share, 12), -tie.uses - tie.used, tie.service)
    )
    return Membership(unit, own, cut.confidence.get(unit), tuple(ranked))


def _summed(
    matrix: csr_array, row: int, *, of: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """(count,) what a row has with the units of each service."""
    cells = matrix.tocsr()
    start, end = cells.indptr[row], cells.indptr[row + 1]
    columns, values = cells.indices[start:end], cells.data[start:end]
    other = columns != row
    sums = np.bincount(of[columns[other]], weights=values[other], minlength=count)
    return np.asarray(sums, dtype=np.float64)


def _across(references: NDArray[np.float64]) -> list[int]:
    """How many references would cross with the unit in each service; the last place is none."""
    inside = references[:-1]
    return [*(round(float(inside.sum() - each)) for each in inside), 0]


def _shares(parts: Mapping[str, float]) -> dict[str, float]:
    total = sum(parts.values())
    return {view: part / total for view, part in parts.items() if part > 0}


def sentence(found: Membership, wording: Wording) -> Sentence:
    """Whether it is where it is most tied to, and what comes next."""
    ranked = [tie for tie in found.ties if tie.service and tie.share > 0]
    if not ranked:
        return Sentence(say(wording, "membership.untied"), "unknown")
    best = ranked[0]
    if not found.service:
        said = say(wording, "membership.shared", best=best.service, share=share(best.share))
        return Sentence(said)
    own = next((tie.share for tie in found.ties if tie.service == found.service), 0.0)
    if best.service != found.service:
        words = {"best": best.service, "share": share(best.share), "own": share(own)}
        said = say(wording, "membership.elsewhere", service=found.service, **words)
        return Sentence(said, "fair")
    if len(ranked) == 1:
        return Sentence(say(wording, "membership.only", service=found.service), "good")
    words = {"share": share(own), "second": ranked[1].service, "next": share(ranked[1].share)}
    said = say(wording, "membership.firm", service=found.service, **words)
    return Sentence(said, "good")


def ties_table(found: Membership, wording: Wording) -> Table:
    """Each service that it is tied to; the one it is in is marked."""
    heads = (
        "services.name",
        "membership.share",
        "membership.uses",
        "membership.used",
        "membership.moved",
        "service.by",
    )
    return Table(
        columns=tuple(say(wording, head) for head in heads),
        rows=tuple(_row(tie, found, wording) for tie in found.ties),
        numeric=(1, 2, 3, 4),
        note=say(wording, "membership.note"),
    )


def _row(tie: Tie, found: Membership, wording: Wording) -> tuple[Cell, ...]:
    here = tie.service == found.service
    name = tie.service or say(wording, "compared.none")
    tone: Tone = "plain" if here or not tie.moved else "good" if tie.moved < 0 else "poor"
    return (
        Cell(say(wording, "membership.here", service=name) if here else name, "strong"),
        Cell(share(tie.share), bar=tie.share),
        Cell(f"{tie.uses:,}"),
        Cell(f"{tie.used:,}"),
        Cell(NOTHING if here else f"{tie.moved:+,}" if tie.moved else "±0", tone),
        Cell(_views(tie.views.items(), wording)),
    )


def _views(parts: Iterable[tuple[str, float]], wording: Wording) -> str:
    ranked = sorted(parts, key=lambda part: (-part[1], part[0]))
    return listed(wording, (f"{named(wording, 'view', view)} {share(of)}" for view, of in ranked))


def units_table(coupling: Coupling, cut: Partition, service: str, *, wording: Wording) -> Table:
    """The units of a service, those first that are most tied to another one.

    share, next: of the unit's coupling, inside the service and to the service it is tied to next.
    The link of the first cell is the unit. Raises ValueError for a service that is not there.
    """
    names = [each.name for each in cut.services]
    if service not in names:
        raise ValueError(f"there is no service {service!r}")
    own = names.index(service)
    row = {unit: at for at, unit in enumerate(coupling.units)}
    units = [row[unit] for unit in cut.services[own].units]
    shares = _to_services(coupling, cut, units)
    others = shares.copy()
    others[:, own] = -1.0
    ranked = sorted(
        zip(
            units,
            shares[:, own].tolist(),
            others.argmax(axis=1),
            others.max(axis=1).tolist(),
            strict=True,
        ),
        key=lambda each: (round(each[1] - each[3], 9), coupling.units[each[0]]),
    )
    heads = (
        "shared.unit",
        "services.confidence",
        "membership.inside",
        "membership.next",
        "membership.share",
        "service.folder",
    )
    rows = []
    for at, inside, other, most in ranked:
        unit = coupling.units[at]
        second = most > 0
        tone: Tone = "poor" if most > inside else "plain"
        rows.append(
            (
                Cell(short(unit), link=unit),
                Cell(share(cut.confidence.get(unit))),
                Cell(share(inside), bar=inside),
                Cell(names[int(other)] if second else NOTHING),
                Cell(share(most) if second else NOTHING, tone),
                Cell(unit.rpartition("/")[0], "quiet"),
            )
        )
    return Table(
        columns=tuple(say(wording, head) for head in heads),
        rows=tuple(rows),
        numeric=(1, 2, 4),
    )


def _to_services(coupling: Coupling, cut: Partition, rows: Sequence[int]) -> NDArray[np.float64]:
    """(rows, services) share of each unit's coupling that is to each service."""
    number = {service.name: at for at, service in enumerate(cut.services)}
    inside = homes(cut)
    placed = [(at, number[inside[u]]) for at, u in enumerate(coupling.units) if u in inside]
    at, of = np.array(placed, dtype=np.int64).reshape(-1, 2).T
    shape = (len(coupling.units), len(cut.services))
    member = coo_array((np.ones(len(placed)), (at, of)), shape=shape).tocsr()
    mine = coupling.fused.tocsr()[np.asarray(rows, dtype=np.int64)]
    total = np.asarray(mine.sum(axis=1), dtype=np.float64).reshape(-1, 1)
    ties = np.asarray((mine @ member).toarray(), dtype=np.float64)
    return np.divide(ties, total, out=np.zeros_like(ties), where=total > 0)
