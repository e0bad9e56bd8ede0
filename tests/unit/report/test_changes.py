"""What is told of the difference between two runs."""

from dataclasses import replace

from unit.report.assessments import FOUND, assessment, coupling, cut, pack, rule, tables, told

from assessor.model.coupling import Cycle
from assessor.model.decisions import Constraints
from assessor.report.changes import changes
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")


def _rows(before, after, words=EN):
    found = changes(before, after, words)
    return [[cell.text for cell in row] for table in tables(found) for row in table.rows]


def _tones(before, after):
    found = changes(before, after, EN)
    return [row[2].tone for table in tables(found) for row in table.rows]


def _read(share):
    return replace(FOUND, inventory=replace(FOUND.inventory, coverage=share))


def _circling(number):
    cycle = Cycle(("a.py", "b.py"), ("a.py", "b.py"))
    return replace(FOUND, coupling=replace(coupling(), cycles=(cycle,) * number))


def test_changes__the_same_assessment_twice__says_that_nothing_moved():
    found = changes(FOUND, FOUND, EN)
    said = "Nothing that is measured changed since commit 0123456789 of 2024-02-29."
    assert told(found) == {said: "quiet"}
    assert tables(found) == []


def test_changes__a_lower_coverage__is_told_as_worse():
    assert _rows(_read(1.0), _read(0.5)) == [["Coverage of the files", "100 %", "50 %"]]
    assert _tones(_read(1.0), _read(0.5)) == ["poor"]


def test_changes__fewer_cycles__are_told_as_better():
    assert _rows(_circling(3), _circling(1)) == [["Cycles of units", "3", "1"]]
    assert _tones(_circling(3), _circling(1)) == ["good"]


def test_changes__more_units__are_neither_better_nor_worse():
    more = replace(FOUND, coupling=coupling(units=4))
    assert _rows(FOUND, more, ZH) == [["单元数", "3", "4"]]
    assert _tones(FOUND, more) == ["plain"]


def test_changes__a_higher_level_of_a_standard__is_told_for_both_measures():
    one = assessment(pack("CTR", claimable=1, indicative=2.0))
    other = assessment(pack("CTR", claimable=2, indicative=2.5))
    assert [row[1:] for row in _rows(one, other)] == [["1", "2"], ["2.0", "2.5"]]
    assert _tones(one, other) == ["good", "good"]


def test_changes__a_rule_that_cannot_be_seen_any_more__is_told_with_a_question_mark():
    one = assessment(pack("CTR", rule("CTR-01", level=3)))
    other = assessment(pack("CTR", rule("CTR-01", level=None)))
    assert _rows(one, other) == [["CTR-01 title of CTR-01 in English", "3", "?"]]
    assert _tones(one, other) == ["plain"]


def test_changes__a_rule_that_is_new__is_not_told():
    one = assessment(pack("CTR"))
    other = assessment(pack("CTR", rule("CTR-01", level=3)))
    assert _rows(one, other) == []


def test_changes__a_cut_that_people_agreed_on_since__is_told_beside_the_figures():
    agreed = replace(cut(), constraints=Constraints(together=(("a.py", "b.py"),)))
    said = list(
        told(changes(replace(FOUND, partition=cut()), replace(FOUND, partition=agreed), EN))
    )
    assert said[0].endswith("What people agreed on for the cut is different too.")


def test_changes__the_same_constraints__are_not_told():
    agreed = replace(cut(), constraints=Constraints(together=(("a.py", "b.py"),)))
    found = replace(FOUND, partition=agreed)
    assert "agreed" not in next(iter(told(changes(found, found, EN))))


def test_changes__no_services_in_one_of_the_runs__is_no_other_agreement():
    agreed = _said_agreed(FOUND, replace(FOUND, partition=None))
    assert not agreed


def _said_agreed(before, after):
    return any("agreed on" in sentence for sentence in told(changes(before, after, EN)))
