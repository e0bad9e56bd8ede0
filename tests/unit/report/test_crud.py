"""Tables by services, with what each does to each."""

from assessor.model.data import TableAccess, TableUse
from assessor.report.crud import SERVICES, crud
from assessor.resources import wording

EN = wording("en")


def _use(name, **done):
    accesses = tuple(
        TableAccess(f"{u}.py", letters, 1, f"{u}.py", 1) for u, letters in done.items()
    )
    return TableUse(name, accesses=accesses)


def _texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_crud__tables_of_several_services__have_a_row_and_the_busiest_service_leads():
    home = {"a.py": "one", "b.py": "two", "c.py": "two", "d.py": "three"}
    uses = [
        _use("alone", a="CR"),
        _use("shared", a="R", b="C", c="UR"),
        _use("wide", a="C", b="R", d="D"),
        _use("nowhere", x="C", y="C"),
    ]
    table = crud(uses, home, EN, most=12)
    assert table.columns == ("Table used by several services", "one", "two", "three")
    assert _texts(table) == [["wide", "C", "R", "D"], ["shared", "R", "CRU", "–"]]
    assert table.note == "C creates, R reads, U updates, D deletes."


def test_crud__more_than_fits__is_said():
    units = [f"u{number}" for number in range(SERVICES + 2)]
    home = {f"{unit}.py": unit for unit in units}
    uses = [_use(name, **dict.fromkeys(units, "R")) for name in ("a", "b", "c")]
    table = crud(uses, home, EN, most=2)
    assert (len(table.rows), len(table.columns)) == (2, SERVICES + 1)
    assert table.note.endswith("Left out: 1 tables, 2 services.")


def test_crud__nothing_shared__has_no_rows():
    assert crud([_use("a", a="CRUD")], {"a.py": "one"}, EN, most=12).rows == ()
