import pytest
from histories import history

from assessor.graph.hotspots import DAY, hotspots
from assessor.model.records import FileKind, Unit


def unit(path, cyclomatic, kind=FileKind.SOURCE):
    return Unit(path, "java", path, kind, code_lines=1, cyclomatic=cyclomatic, cognitive=0)


def test_hotspots__often_changed_and_complex__comes_first():
    past = history(["hot", "cold"], ["hot"], ["hot"], ["plain"], ["plain"])
    found = hotspots([unit("cold", 9), unit("hot", 9), unit("plain", 1)], past)
    assert [(spot.path, spot.revisions) for spot in found] == [
        ("hot", 3),
        ("cold", 1),
        ("plain", 2),
    ]
    assert found[0].score == pytest.approx(1.0 * 2.5 / 3)
    assert found[0].commit == past.commits["id"][0]


def test_hotspots__a_unit_never_changed__is_no_hotspot():
    assert hotspots([unit("still", 99)], history(["other"])) == ()


def test_hotspots__changes_before_the_window__do_not_count():
    past = history(["a"], ["b"], columns={"time": [100 * DAY, 89 * DAY]})
    units = [unit("a", 1), unit("b", 1)]
    assert [spot.path for spot in hotspots(units, past, days=10)] == ["a"]
    assert [spot.path for spot in hotspots(units, past, days=None)] == ["a", "b"]


def test_hotspots__renamed_files__keep_their_changes():
    past = history([("R", "old", "new")], ["old"], ["old"])
    assert [(s.path, s.revisions) for s in hotspots([unit("new", 1)], past)] == [("new", 3)]


def test_hotspots__bots_and_mass_commits__do_not_count():
    mass = ["a", *(f"x{n}" for n in range(30))]
    past = history(["a"], mass, ["a"], columns={"bot": [True, False, False]})
    (spot,) = hotspots([unit("a", 1)], past)
    assert (spot.revisions, spot.commit) == (1, past.commits["id"][2])


def test_hotspots__a_test_file__is_no_unit_of_the_system():
    assert hotspots([unit("a", 1, FileKind.TEST)], history(["a"])) == ()


def test_hotspots__units_in_another_order__gives_the_same():
    past = history(["a", "b"], ["b", "c"])
    units = [unit("a", 3), unit("b", 2), unit("c", 2)]
    assert hotspots(units, past) == hotspots(reversed(units), past)


def test_hotspots__an_empty_history__has_none():
    assert hotspots([unit("a", 1)], history()) == ()
