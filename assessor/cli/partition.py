"""`assessor partition`: services for a dependency graph of your own."""

import csv
import io
import math
from pathlib import Path
from typing import Annotated

import typer

from assessor.cli import common
from assessor.errors import SourceError, UsageError

Edge = tuple[str, str, float]
HEADS = {"source", "src", "from"}
ENDS, WEIGHTED = 2, 3
BLANKS = " \t"


def partition(
    edges: Annotated[
        Path, typer.Option("--edges", help="CSV with the columns source,target[,weight].")
    ],
    output: common.Output = None,
    services: common.Services = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the random choices.")] = 0,
) -> None:
    """Propose services for a graph of your own: source,target[,weight] in, node,service out."""
    from assessor.graph.fuse import couple_edges
    from assessor.model.table import Table
    from assessor.partition.propose import propose
    from assessor.render.tables import to_csv

    found = propose(couple_edges(read(edges)), services=services, seed=seed)
    homes = sorted(found.home.items())
    table = Table(
        columns=("node", "service"),
        rows=tuple(homes),
        nodes=tuple((node, {"service": service}) for node, service in homes),
    )
    common.write(to_csv(table), output=output)


def read(path: Path) -> list[Edge]:
    """The edges of the file, in its order. Raises UsageError naming the line that is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8 text.") from None
    found: list[Edge] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            cells = [cell.strip(BLANKS) for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if not found and cells[0].lower() in HEADS:
                continue
            found.append(_edge(cells, where=f"{path}:{reader.line_num}"))
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: is not CSV ({error}).") from None
    if not found:
        raise SourceError(f"{path}: holds no edge, so there is nothing to cut.")
    return found


def _edge(cells: list[str], *, where: str) -> Edge:
    if len(cells) < ENDS or not cells[0] or not cells[1]:
        raise UsageError(f"{where}: wants source,target[,weight].")
    if len(cells) < WEIGHTED or not cells[2]:
        return cells[0], cells[1], 1.0
    try:
        weight = float(cells[2])
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight) or weight < 0:
        raise UsageError(f"{where}: {cells[2]!r} is no weight; it must be a number from 0 up.")
    return cells[0], cells[1], weight
