"""Cyclomatic and cognitive complexity of Java methods, construct by construct."""

import pytest

from assessor.collect.languages.java import extract
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind, Function


def functions(source: str) -> tuple[Function, ...]:
    """The functions of one file."""
    extracted = Extracted(
        File("A.java", FileKind.SOURCE, "java", len(source), ""),
        extract("A.java", source.encode()),
    )
    return resolve([extracted]).units[0].functions


# body -> cyclomatic, cognitive
TABLE = {
    "nothing": ("", 1, 0),
    "if": ("if (a) {}", 2, 1),
    "if else": ("if (a) {} else {}", 2, 2),
    "else if": ("if (a) {} else if (b) {} else {}", 3, 3),
    "if in if": ("if (a) { if (b) {} }", 3, 3),
    "if after else": ("if (a) {} else { if (b) {} }", 3, 4),
    "if as the only statement of if": ("if (a) if (b) x();", 3, 3),
    "for": ("for (;;) {}", 2, 1),
    "for each": ("for (var x : y) {}", 2, 1),
    "while": ("while (a) {}", 2, 1),
    "do": ("do {} while (a);", 2, 1),
    "catch": ("try {} catch (E e) {} finally {}", 2, 1),
    "conditional": ("int x = a ? b : c;", 2, 1),
    "switch": ("switch (x) { case 1: case 2: break; default: }", 3, 1),
    "switch with arrows": ("int y = switch (x) { case 1, 2 -> 1; default -> 2; };", 2, 1),
    "guard": ("switch (x) { case A a when a.b() && c -> d(); default -> e(); }", 3, 2),
    "and": ("boolean x = a && b && c;", 3, 1),
    "and, or": ("boolean x = a && b || c;", 3, 2),
    "and in a call": ("x(a && b, c && d);", 3, 2),
    "in parentheses": ("boolean x = a && (b && c);", 3, 2),
    "jump to a label": ("l: for (;;) { for (;;) { continue l; } }", 3, 4),
    "plain jump": ("for (;;) { break; }", 2, 1),
    "in a lambda": ("run(() -> { if (a) {} });", 2, 2),
    "nothing counts in strings": ('String s = "if (a && b) ?";', 1, 0),
}


@pytest.mark.parametrize(("body", "cyclomatic", "cognitive"), TABLE.values(), ids=TABLE)
def test_complexity__construct__by_the_rules(body: str, cyclomatic: int, cognitive: int) -> None:
    (function,) = functions(f"class A {{ void m() {{ {body} }} }}")
    assert (function.cyclomatic, function.cognitive) == (cyclomatic, cognitive)


def test_functions__several__named_placed_and_apart() -> None:
    source = """class A {
  A() { if (x) {} }

  Object m() {
    return new Object() {
      public String toString() { return a ? b : c; }
    };
  }
  static class B { void n() {} }
}"""
    assert functions(source) == (
        Function("A.A", 2, 2, 1, 1, nesting=1),
        Function("A.m", 4, 1, 0, 5),
        Function("toString", 6, 2, 1, 1, nesting=1),
        Function("B.n", 9, 1, 0, 1),
    )
