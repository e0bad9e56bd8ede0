"""What a unit or a service is tied to, in exact figures with the lines behind them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from assessor.model.partition import Partition
from assessor.model.records import Reference
from assessor.model.seen import Seen
from assessor.model.view import Cell, Matrix, Table
from assessor.report.network import SERVICE, services, ties_of
from assessor.report.wording import Wording, number, place, say, short

Direction = Literal["both", "out", "in"]
MOST_REFERENCES, MOST_LABELS = 300, 80


def ties_table(
    seen: Seen, cut: Partition, *, node: str, fused: csr_array | None, wording: Wording
) -> Table:
    """Every service that the node is tied to: references to it and from it, coupling.

    The link of the first cell is the name of the service.
    """
    found = () if seen.coupling is None else ties_of(seen.coupling, cut, node=node, fused=fused)
    heads = ("service", "out", "in", "coupling")
    return Table(
        columns=tuple(say(wording, f"ties.{head}") for head in heads),
        rows=tuple(
            (
                Cell(name or say(wording, "shared.title"), "strong", link=name),
                Cell(f"{out:,.0f}"),
                Cell(f"{into:,.0f}"),
                Cell(number(both)),
            )
            for name, out, into, both in found
        ),
        numeric=(1, 2, 3),
    )


def members(cut: Partition, node: str) -> frozenset[str]:
    """The units of a service by its id, or the unit itself."""
    if node.startswith(SERVICE):
        return frozenset(services(cut).get(node.removeprefix(SERVICE), ()))
    return frozenset({node})


def references_table(
    seen: Seen,
    cut: Partition,
    *,
    node: str,
    other: str | None,
    direction: Direction,
    wording: Wording,
) -> Table:
    """The references between the node and another service (None = any), with their first lines.

    direction: away from the node, towards it, or both. Most first.
    """
    own = members(cut, node)
    there = None if other is None else members(cut, f"{SERVICE}{other}")
    found = _between(seen, own, there=there, direction=direction)
    rows = tuple(
        (
            Cell(short(source)),
            Cell(short(target)),
            Cell(f"{sum(each.count for each in refs):,}"),
            Cell(", ".join(sorted({str(each.kind) for each in refs}))),
            Cell(place(source, line=min(each.line for each in refs)), "quiet"),
        )
        for (source, target), refs in found[:MOST_REFERENCES]
    )
    heads = ("from", "to", "references", "kind", "first")
    note = ""
    if len(found) > len(rows):
        note = say(wording, "ties.note", shown=len(rows), total=len(found))
    columns = tuple(say(wording, f"ties.{head}") for head in heads)
    return Table(columns, rows, numeric=(2,), note=note)


def _between(
    seen: Seen, own: frozenset[str], *, there: frozenset[str] | None, direction: Direction
) -> list[tuple[tuple[str, str], list[Reference]]]:
    pairs: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for each in seen.records.references:
        out = each.source in own and each.target not in own
        into = each.target in own and each.source not in own
        outside = each.target if out else each.source
        if not (out or into) or (there is not None and outside not in there):
            continue
        if direction == "both" or (direction == "out") == out:
            pairs[each.source, each.target].append(each)
    return sorted(pairs.items(), key=lambda item: (-sum(r.count for r in item[1]), item[0]))


def units_matrix(
    seen: Seen, cut: Partition, *, opened: Collection[str], wording: Wording
) -> Matrix | None:
    """Who refers to whom among the units of up to two opened services; None where none is open.

    The largest `MOST_LABELS` by references, in the order of the services.
    """
    if seen.coupling is None:
        return None
    known = services(cut)
    units = [unit for name in sorted(set(opened) & known.keys())[:2] for unit in known[name]]
    if not units:
        return None
    row = {unit: at for at, unit in enumerate(seen.coupling.units)}
    rows = np.array([row[unit] for unit in units], dtype=np.int64)
    values = seen.coupling.directed.tocsr()[rows][:, rows].toarray()
    busy = np.argsort(-(values.sum(axis=0) + values.sum(axis=1)), kind="stable")[:MOST_LABELS]
    kept = np.sort(busy)
    return Matrix(
        labels=tuple(short(units[at]) for at in kept.tolist()),
        values=tuple(tuple(float(v) for v in line) for line in values[kept][:, kept].tolist()),
        row_name=say(wording, "ties.from"),
        column_name=say(wording, "ties.to"),
    )
