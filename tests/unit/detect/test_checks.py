"""Three-valued checks: every operator, what is missing, what a template leaves open."""

import pytest

from assessor.detect.checks import judge, version
from assessor.model.basis import Node, Unread
from assessor.model.rules import Check

T = Node(7, Unread.TEMPLATED)
ROOT = Node(
    1,
    {
        "tag": Node(2, "1.21.3"),
        "user": Node(3, "root"),
        "count": Node(4, 3),
        "zero": Node(4, 0),
        "flag": Node(5, value=True),
        "none": Node(6, None),
        "open": T,
        "ports": Node(8, (Node(9, 80), Node(10, "443"))),
        "mixed": Node(11, (Node(11, "a"), T)),
        "map": Node(12, {"x": Node(13, 1)}),
        "empty": Node(14, {}),
    },
)


@pytest.mark.parametrize(
    ("operator", "path", "operand", "holds"),
    [
        ("exists", "tag", True, True),
        ("exists", "none", True, False),
        ("exists", "nowhere", True, False),
        ("exists", "nowhere", False, True),
        ("exists", "open", True, None),
        ("exists", "open.deeper", False, None),
        ("exists", "empty", True, True),
        ("equals", "user", "root", True),
        ("equals", "count", "3", True),
        ("equals", "flag", "true", True),
        ("equals", "flag", 1, False),
        ("equals", "zero", False, False),
        ("equals", "none", None, True),
        ("equals", "open", "x", None),
        ("equals", "map", "x", False),
        ("not_equals", "user", "root", False),
        ("not_equals", "nowhere", "root", True),
        ("not_equals", "open", "root", None),
        ("one_of", "ports[*]", (443, 8443), True),
        ("one_of", "user", ("a", "b"), False),
        ("none_of", "user", ("root", "0"), False),
        ("none_of", "nowhere", ("root",), True),
        ("at_least", "count", 3, True),
        ("at_least", "tag", 1, False),
        ("at_least", "flag", 1, False),
        ("at_most", "count", 2.5, False),
        ("at_most", "ports[1]", 443, True),
        ("matches", "tag", r"^1\.", True),
        ("matches", "map", "x", False),
        ("matches", "none", "", False),
        ("not_matches", "user", "^(root|0)$", False),
        ("not_matches", "open", "a", None),
        ("contains", "ports", 443, True),
        ("contains", "mixed", "a", True),
        ("contains", "mixed", "b", None),
        ("contains", "map", "x", True),
        ("contains", "user", "oo", True),
        ("contains", "nowhere", "a", False),
        ("count_at_least", "ports", 2, True),
        ("count_at_least", "ports[*]", 3, False),
        ("count_at_least", "mixed", 1, True),
        ("count_at_least", "mixed", 2, None),
        ("count_at_least", "empty", 1, False),
        ("count_at_least", "tag", 1, True),
        ("count_at_least", "nowhere", 1, False),
        ("count_at_least", "open", 1, None),
        ("version_at_least", "tag", "1.9", True),
        ("version_at_least", "tag", "1.21.4", False),
        ("version_at_least", "user", "1", False),
    ],
)
def test_judge__operator__three_valued(
    *, operator: str, path: str, operand: object, holds: bool | None
) -> None:
    check = Check(operator, path=path, operand=operand)  # type: ignore[arg-type]  # any operand
    assert judge(check, ROOT).holds is holds


YES = Check("equals", path="user", operand="root")
NO = Check("equals", path="user", operand="app")
OPEN = Check("equals", path="open", operand="x")


@pytest.mark.parametrize(
    ("operator", "parts", "holds"),
    [
        ("all", (YES, YES), True),
        ("all", (YES, OPEN), None),
        ("all", (OPEN, NO), False),
        ("any", (NO, OPEN), None),
        ("any", (OPEN, YES), True),
        ("any", (NO, NO), False),
        ("not", (NO,), True),
        ("not", (YES, YES), False),
        ("not", (OPEN,), None),
    ],
)
def test_judge__combination__as_kleene_has_it(
    *, operator: str, parts: tuple[Check, ...], holds: bool | None
) -> None:
    assert judge(Check(operator, parts=parts), ROOT).holds is holds


def test_judge__decided__line_of_the_deciding_node() -> None:
    assert judge(YES, ROOT).line == 3
    assert judge(Check("at_least", path="count", operand=9), ROOT).line == 4
    assert judge(Check("exists", path="nowhere", operand=True), ROOT).line == 0
    assert judge(Check("all", parts=(YES, NO)), ROOT).line == 3
    assert judge(Check("one_of", path="ports[*]", operand=("443",)), ROOT).line == 10


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("v1.20.0-alpine", (1, 20)),
        ("^3.11", (3, 11)),
        ("21", (21,)),
        ("latest", None),
        ("", None),
    ],
)
def test_version__text__its_numbers(text: str, numbers: tuple[int, ...] | None) -> None:
    assert version(text) == numbers


def test_judge__huge_hostile_text__quick_and_cut() -> None:
    root = Node(1, {"run": Node(1, "a" * 1_000_000 + "secret")})
    assert judge(Check("matches", path="run", operand="secret"), root).holds is False
    assert judge(Check("at_least", path="run", operand=1), root).holds is False
