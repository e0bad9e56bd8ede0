"""YAML with a line for every value."""

import pytest

from assessor.packs.tree import Place, Problem, read


def test_read__every_value__has_its_line() -> None:
    tree, problems = read(b"a:\n  - b: 1\n  - [x,\n     y]\nc: 2026-01-01\n", file="f.yaml")
    assert problems == ()
    assert tree.value == {"a": [{"b": 1}, ["x", "y"]], "c": "2026-01-01"}
    assert [tree.line(path) for path in ((), ("a",), ("a", 0, "b"), ("a", 1, 1))] == [1, 1, 2, 4]
    assert tree.line(("a", 0, "missing", 3)) == 2


def test_place__steps_that_lead_nowhere__none_with_the_nearest_line() -> None:
    tree, _ = read(b"a:\n  b: 1\n", file="f.yaml")
    place = Place(tree).inside("a", "b", "c")
    assert place.value() is None
    assert place.problem("no") == Problem("f.yaml", 2, "no")
    assert str(place) == "f.yaml:2"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"1.10", 1.1),
        (b"'1.10'", "1.10"),
        (b"true", True),
        (b"~", None),
        (b"12", 12),
        (b"text", "text"),
    ],
)
def test_read__scalar__typed(content: bytes, value: object) -> None:
    assert read(b"a: " + content, file="f")[0].value == {"a": value}


def test_problem__without_line__names_the_file_only() -> None:
    assert str(Problem("f.yaml", 0, "gone")) == "f.yaml: gone"
