"""Hotspots to look into: ranked, where they lie, who changes them, what changes with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.model.coupling import Hotspot
from assessor.model.partition import Partition
from assessor.model.records import Unit
from assessor.model.seen import Seen
from assessor.model.view import Cell, Table, Tile, Treemap
from assessor.report.wording import NOTHING, Wording, number, place, say, share, short

SIZES = ("complexity", "lines")
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
    home = {unit: s.name for s in cut.services for unit in s.units} if cut else {}
    return tuple(
        Hot(spot, units.get(spot.path), home.get(spot.path, ""))
        for spot in seen.hotspots
        if spot.revisions > 1 and spot.complexity > 0
    )


def treemap(found: Sequence[Hot], *, size: str, wording: Wording) -> Treemap:
    """The hotspots as tiles: area by complexity or lines of code, shade by score."""
    most = max((each.spot.score for each in found), default=1.0) or 1.0
    tiles = [
        Tile(
            short(each.spot.path),
            _size(each, size),
            each.spot.score / most,
            say(
                wording,
                "figure.hot",
                complexity=each.spot.complexity,
                revisions=each.spot.revisions,
            ),
        )
        for each in found
    ]
    return Treemap(
        tuple(sorted(tiles, key=lambda tile: (-tile.size, tile.label))),
        say(wording, f"heat.{size}"),
        say(wording, "heat.score"),
    )


def _size(each: Hot, size: str) -> float:
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
    heads = ("function", "line", "cyclomatic", "cognitive", "lines")
    return Table(
        tuple(say(wording, f"heat.{head}") for head in heads),
        tuple(
            (
                Cell(each.name),
                Cell(place(unit.path, line=each.line), "quiet"),
                Cell(str(each.cyclomatic)),
                Cell(str(each.cognitive)),
                Cell(str(each.lines)),
            )
            for each in ranked
        ),
        numeric=(2, 3, 4),
    )


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
                Cell(number(pair.degree)),
                Cell(place("", commit=pair.commit), "quiet"),
            )
        )
    columns = tuple(say(wording, f"heat.{head}") for head in heads)
    return Table(columns, tuple(rows), numeric=(2, 3))
