"""Decisions counted in the tree: the same as radon, construct by construct."""

from typing import Any, cast

import pytest
from radon.complexity import add_inner_blocks, cc_visit

from assessor.collect.languages.python import extract

BODIES = {
    "nothing": "pass",
    "if": "if a: b",
    "elif": "if a: b\nelif c: d\nelif e: f\nelse: g",
    "for-else": "for a in b: c\nelse: d",
    "while-else": "while a: b\nelse: c",
    "if-else": "if a: b\nelse: c",
    "if-in-for-else": "for a in b:\n  if c: d\n  else: e\nelse:\n  f",
    "try": "try: a\nexcept B: c\nexcept (D, E): f\nelse: g\nfinally: h",
    "try-finally": "try: a\nfinally: b",
    "except-star": "try: a\nexcept* B: c",
    "boolean": "return a and b and c or d",
    "boolean-brackets": "return (a or b) and (c or (d and e))",
    "conditional": "return a if b else c if d else e",
    "comprehension": "return [a for a in b if c if d for e in f]",
    "dictionary": "return {a: b for a, b in c if d and e}",
    "generator": "return any(a for a in b)",
    "async-comprehension": "return [a async for a in b if c]",
    "assert": "assert a and b, c if d else e",
    "lambda": "return lambda a: a if b else c",
    "lambda-default": "return lambda a=1 if b else 2: a",
    "with": "with a as b: c",
    "match": "match a:\n  case 1: b\n  case [c, d]: e\n  case _: f",
    "match-capture": "match a:\n  case 1: b\n  case c: d",
    "match-guard": "match a:\n  case 1 if b and c: d\n  case e if f: g\n  case _: h",
    "match-only-rest": "match a:\n  case _: b",
    "match-brackets": "match a:\n  case 1: b\n  case (c): d",
    "match-none": "match a:\n  case None: b\n  case True: c",
    "match-attribute": "match a:\n  case b.c: d",
    "match-pair": "match a:\n  case b, c: d",
    "match-or": "match a:\n  case 1 | 2: d",
    "match-as": "match a:\n  case [_] as b: d",
    "closure": "if a: b\ndef inner():\n  if c: d\nreturn inner",
    "decorated-closure": "@d(a if b else c)\ndef inner(): pass",
    "class-inside": "class C:\n  x = a if b else c\n  def m(self):\n    if d: e",
    "formatted": "return f'{a if b else c:{d or e}}'",
    "annotated": "x: (a if b else c) = 1",
    "string": "return 'if a and b or c'",
    "comment": "return (a  # and b\n  and  # or\n  c)",
    "walrus": "while (a := b()) and c: d",
}


def facts(source: str) -> dict[str, Any]:
    return cast("dict[str, Any]", extract("a.py", source.encode()))


def of_radon(source: str) -> dict[int, int]:
    blocks = add_inner_blocks(cc_visit(source))
    return {one.lineno: one.complexity for one in blocks if one.letter in "FM"}


def ours(source: str) -> dict[int, int]:
    return {line: count for _, line, count, _, _ in facts(source)["functions"]}


def indented(body: str, spaces: int) -> str:
    return "".join(f"{' ' * spaces}{row}\n" for row in body.split("\n"))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_extract__construct__cyclomatic_complexity_as_radon(body):
    source = f"async def f():\n{indented(body, 2)}"
    found, expected = ours(source), of_radon(source)
    assert {line: found[line] for line in expected} == expected


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_extract__construct_in_a_method__cyclomatic_complexity_as_radon(body):
    source = (
        "@d(a if b else c)\nclass C(a or b):\n  x = a or b\n"
        f"  async def f(self, a=b or c) -> d(e or f):\n{indented(body, 4)}"
    )
    found, expected = ours(source), of_radon(source)
    assert {line: found[line] for line in expected} == expected


def test_extract__functions__qualified_names_lines_and_nested_ones():
    source = (
        "class A:\n  class B:\n    def m(self):\n      def inner():\n"
        "        pass\n\n\nasync def f():\n  pass\n"
    )
    found = [(name, line, lines) for name, line, _, _, lines in facts(source)["functions"]]
    assert found == [("A.B.m", 3, 3), ("A.B.m.inner", 4, 2), ("f", 8, 2)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("pass", 0),
        ("if a: b", 1),
        ("if a: b\nelif c: d\nelse: e", 3),
        ("if a:\n  if b:\n    if c: d", 6),
        ("for a in b:\n  while c:\n    if d: e\n    else: f", 7),
        ("for a in b: c\nelse: d", 2),
        ("try: a\nexcept B:\n  if c: d\nfinally: e", 3),
        ("try: a\nexcept B: c\nelse: d", 1),
        ("return a if b else c", 1),
        ("return a and b and c", 1),
        ("return a and b or c and d", 3),
        ("return a and (b and c)", 2),
        ("if a and b: c", 2),
        ("match a:\n  case 1:\n    if b: c\n  case _: d", 3),
        ("return lambda: a if b else c", 2),
        ("return [a for a in b if c]", 0),
        ("if a:\n  def inner():\n    if b: c", 1),
        ("with a: b", 0),
    ],
)
def test_extract__cognitive_complexity__breaks_of_the_flow_and_nesting(body, expected):
    source = f"def f():\n{indented(body, 2)}"
    assert facts(source)["functions"][0][3] == expected
