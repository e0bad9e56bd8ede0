"""Hotspots to look into: ranked, where they lie, who changes them, what changes with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

from assessor.model.coupling import Hotspot
from assessor.model.partition import Partition, homes
from assessor.model.records import Unit
from assessor.model.seen import Seen
from assessor.model.view import Cell, Table, Tile, Treemap
from assessor.report.wording import NOTHING, Wording, number, place, say, share, short

Size = Literal["complexity", "lines"]
Group = Literal["service", "folder", "none"]
SIZES: tuple[Size, ...] = ("complexity", "lines")
GROUPS: tuple[Group, ...] = ("service", "folder", "none")
FUNCTIONS = 60


@dataclass(frozen=True, slots=True)
class Hot:
    """A hotspot with its unit and service; None and "" where there is none."""

    spot: Hotspot
    unit: Unit | None
    service: str


def hot(seen: Seen, cut: Partition | None) -> tuple[Hot, ...]:
    """All of them, hottest first: changed more than once, with a decision in them."""
    units = {unit.path: unit for unit in seen.records.units}
    home = homes(cut)
    return tuple(
        Hot(spot, units.get(spot.path), home.get(spot.path, ""))
        for spot in seen.hotspots
        if spot.revisions > 1 and spot.complexity > 0
    )


def grouped(found: Sequence[Hot], by: Group, wording: Wording) -> dict[str, tuple[Hot, ...]]:
    """Service or folder -> its hotspots, sorted by name; all under "" where they are not grouped.

    Those of no service stand last.
    """
    apart = say(wording, "shared.title")
    made: dict[str, list[Hot]] = {}
    for each in found:
        name = ""
        if by == "service":
            name = each.service or apart
        elif by == "folder":
            name = each.spot.path.rpartition("/")[0] or "."
        made.setdefault(name, []).append(each)
    return {
        name: tuple(own) for name, own in sorted(made.items(), key=lambda i: (i[0] == apart, i))
    }


def treemaps(
    groups: Mapping[str, Sequence[Hot]], *, size: Size, wording: Wording
) -> dict[str, Treemap]:
    """The hotspots of each group as tiles: area by complexity or lines of code, shade by score.

    The darkest is changed most often and most complex of all, by the product of both.
    """
    return {
        name: Treemap(
            tuple(
                sorted(
                    (_tile(each, size, heat=heat, wording=wording) for each, heat in own),
                    key=lambda tile: (-tile.size, tile.label),
                )
            ),
            say(wording, f"heat.{size}"),
            say(wording, "heat.score"),
        )
        for name, own in _heated(groups).items()
    }


def _heated(groups: Mapping[str, Sequence[Hot]]) -> dict[str, list[tuple[Hot, float]]]:
    """Every hotspot with its heat among all of them, in [0, 1], on a logarithmic scale."""
    worth = [_worth(each) for own in groups.values() for each in own]
    low, high = min(worth, default=0.0), max(worth, default=0.0)
    span = high - low
    return {
        name: [(each, (_worth(each) - low) / span if span else 1.0) for each in own]
        for name, own in groups.items()
    }


def _worth(each: Hot) -> float:
    return log(max(1, each.spot.revisions * each.spot.complexity))


def _tile(each: Hot, size: Size, *, heat: float, wording: Wording) -> Tile:
    figures = {"complexity": each.spot.complexity, "revisions": each.spot.revisions}
    return Tile(
        short(each.spot.path), _size(each, size), heat, say(wording, "figure.hot", **figures)
    )


def _size(each: Hot, size: Size) -> float:
    lines = each.unit.code_lines if each.unit else 0
    return float(max(1, lines if size == "lines" else each.spot.complexity))


def hot_table(seen: Seen, found: Sequence[Hot], wording: Wording) -> Table:
    """Every hotspot in a row, hottest first."""
    owners = {each.path: each for each in seen.ownership}
    heads = ("unit", "service", "score", "revisions", "complexity", "lines", "authors", "owner")
    rows = []
    for each in found:
        owned = owners.get(each.spot.path)
        rows.append(
            (
                Cell(each.spot.path, "strong"),
                Cell(each.service or NOTHING),
                Cell(f"{each.spot.score:.2f}"),
                Cell(f"{each.spot.revisions:,}"),
                Cell(f"{each.spot.complexity:,}"),
                Cell(f"{each.unit.code_lines:,}" if each.unit else NOTHING),
                Cell(str(owned.authors) if owned else NOTHING),
                Cell(f"{owned.owner} ({share(owned.share)})" if owned else NOTHING),
            )
        )
    columns = tuple(say(wording, f"heat.{head}") for head in heads)
    return Table(columns, tuple(rows), numeric=(2, 3, 4, 5, 6))


def functions_table(unit: Unit, wording: Wording) -> Table:
    """The functions of a unit, the most complex first."""
    ranked = sorted(unit.functions, key=lambda f: (-f.cyclomatic, -f.cognitive, f.line))[
        :FUNCTIONS
    ]
    heads = ("function", "line", "cyclomatic", "cognitive", "nesting", "parameters", "lines")
    return Table(
        tuple(say(wording, f"heat.{head}") for head in heads),
        tuple(
            (
                Cell(each.name),
                Cell(str(each.line)),
                Cell(str(each.cyclomatic)),
                Cell(str(each.cognitive)),
                Cell(str(each.nesting)),
                Cell(str(each.parameters)),
                Cell(str(each.lines)),
            )
            for each in ranked
        ),
        numeric=(1, 2, 3, 4, 5, 6),
    )


def owned(seen: Seen, path: str, wording: Wording) -> str:
    """Who changes a unit, in a sentence; "" where there is no history of it."""
    found = next((each for each in seen.ownership if each.path == path), None)
    if found is None:
        return ""
    return say(
        wording,
        "heat.owned",
        owner=found.owner,
        share=share(found.share),
        revisions=found.revisions,
        authors=found.authors,
        fragmentation=number(found.fragmentation),
    )


def methods_table(seen: Seen, path: str, wording: Wording) -> Table:
    """Methods of a unit that change together, as the X-ray found them, most often first."""
    found = [pair for pair in seen.xray.methods if pair.path == path] if seen.xray else []
    rows = tuple(
        (
            Cell(pair.a),
            Cell(pair.b),
            Cell(str(pair.shared)),
            Cell(place("", commit=pair.commit), "quiet"),
        )
        for pair in sorted(found, key=lambda each: (-each.shared, each.a, each.b))
    )
    heads = ("methods.a", "methods.b", "methods.shared", "heat.commit")
    return Table(tuple(say(wording, head) for head in heads), rows, numeric=(2,))


def changed_with(seen: Seen, path: str, *, home: Mapping[str, str], wording: Wording) -> Table:
    """What changes together with a unit, most strongly first."""
    heads = ("unit", "service", "shared", "degree", "commit")
    pairs = [pair for pair in seen.cochange if path in {pair.a, pair.b}]
    rows = []
    for pair in sorted(pairs, key=lambda each: (-each.degree, each.a, each.b)):
        other = pair.b if pair.a == path else pair.a
        rows.append(
            (
                Cell(other),
                Cell(home.get(other, NOTHING)),
                Cell(str(pair.shared)),
                Cell(share(pair.degree)),
                Cell(place("", commit=pair.commit), "quiet"),
            )
        )
    columns = tuple(say(wording, f"heat.{head}") for head in heads)
    return Table(columns, tuple(rows), numeric=(2, 3))
