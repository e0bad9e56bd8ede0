"""Who does what to which table: tables as rows, services as columns, letters of CRUD between."""

from collections import Counter
from collections.abc import Iterable, Mapping

from assessor.model.data import TableUse
from assessor.model.view import Cell, Table
from assessor.report.wording import NOTHING, Wording, say

SERVICES = 8  # columns that a page has room for
_ORDER = "CRUD"


def crud(
    tables: Iterable[TableUse], home: Mapping[str, str], wording: Wording, *, most: int
) -> Table:
    """The tables that most services touch, and the services that touch most of them.

    Only tables that more than one service touches.
    """
    cells = {table.table: letters(table, home) for table in tables}
    shared = sorted(
        (name for name, own in cells.items() if len(own) > 1),
        key=lambda name: (-len(cells[name]), name),
    )
    counts = Counter(service for name in shared[:most] for service in cells[name])
    services = sorted(counts, key=lambda name: (-counts[name], name))[:SERVICES]
    rows = tuple(
        (Cell(name, "strong"), *(_cell(cells[name].get(service, "")) for service in services))
        for name in shared[:most]
    )
    left = len(shared) - len(rows), len(counts) - len(services)
    note = say(wording, "data.crud.note")
    if any(left):
        more = say(wording, "data.crud.left", tables=left[0], services=left[1])
        note = f"{note} {more}" if wording.lang == "en" else f"{note}{more}"
    return Table((say(wording, "data.crud.table"), *services), rows, note=note)


def letters(table: TableUse, home: Mapping[str, str]) -> dict[str, str]:
    """Service -> what its units do to the table, in the order of CRUD."""
    found: dict[str, set[str]] = {}
    for access in table.accesses:
        if access.unit in home:
            found.setdefault(home[access.unit], set()).update(access.operations)
    return {name: "".join(sorted(own, key=_ORDER.index)) for name, own in found.items()}


def _cell(operations: str) -> Cell:
    if not operations:
        return Cell(NOTHING, "quiet")
    return Cell(operations, "plain" if operations == "R" else "strong")
