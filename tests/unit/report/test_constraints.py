"""What people want of the cut is named beside the services, broken constraints first."""

import pytest
from unit.report.assessments import assessment, cut, service, tables, texts, told

from assessor.model.decisions import Broken, Constraints, Pin
from assessor.report.constraints import blocks
from assessor.report.coupled import services
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
WANTED = Constraints(
    pinned=(Pin("a.py", "order", ("a.py",)), Pin("gone.py", "order", ("a.py",))),
    together=(("a.py", "b.py"),),
    apart=(("a.py", "c.py"),),
)
SERVICES = service("order", "a.py", "b.py"), service("stock", "c.py")


def _shown(*broken, constraints=WANTED):
    return blocks(cut(*SERVICES, constraints=constraints, broken=broken), EN)


def test_blocks__no_constraints__are_none():
    assert _shown(constraints=Constraints()) == ()


def test_blocks__all_kept__are_told_and_named():
    said, table = _shown()
    assert said.text == (
        "The cut respects all constraints that people gave it (3). Levels are measured on the"
        " cut that the data give, without constraints."
    )
    assert texts(table) == [
        ("belongs to the service", "gone.py", "order", "the unit is gone"),
        ("belongs to the service", "a.py", "order", "kept"),
        ("stay together", "a.py", "b.py", "kept"),
        ("are kept apart", "a.py", "c.py", "kept"),
    ]


@pytest.mark.parametrize(
    ("broken", "first"),
    [
        (Broken("pinned", "a.py", "stock"), ("belongs to the service", "a.py", "order", "broken")),
        (Broken("together", "a.py", "b.py"), ("stay together", "a.py", "b.py", "broken")),
        (Broken("apart", "a.py", "c.py"), ("are kept apart", "a.py", "c.py", "broken")),
    ],
    ids=["pinned", "together", "apart"],
)
def test_blocks__broken_one__stands_first_in_red(broken, first):
    said, table = _shown(broken)
    assert said.text.startswith("The cut respects 2 of 3 constraints that people gave it.")
    assert texts(table)[0] == first
    assert table.rows[0][3].tone == "poor"


def test_blocks__many__are_cut_with_a_note():
    pairs = tuple((f"{n:02}.py", "z.py") for n in range(40))
    _, table = _shown(constraints=Constraints(together=pairs))
    assert (len(table.rows), table.note) == (30, "30 of 40 constraints.")


def test_services__with_constraints__names_them_below_the_figures():
    found = assessment(partition=cut(*SERVICES, constraints=WANTED))
    section = services(found, ZH)
    assert any(text.startswith("该划分满足人工给出的全部约束（3 项）。") for text in told(section))
    assert texts(tables(section)[1])[1] == ("归属于服务", "a.py", "order", "已满足")
