"""Complexity, lines and words of Go, against figures counted by hand."""

import json
from typing import Any, cast

import pytest

from assessor.collect.languages.go import extract


def facts(source: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(json.dumps(extract("a.go", source.encode()))))


# Body of a function -> cyclomatic, cognitive.
BODIES = {
    "nothing": ("", 1, 0),
    "if": ("if a {\n}", 2, 1),
    "if, else": ("if a {\n} else {\n}", 2, 2),
    "if, else if, else": ("if a {\n} else if b {\n} else {\n}", 3, 3),
    "if in if": ("if a {\n if b {\n }\n}", 3, 3),
    "if in else": ("if a {\n} else {\n if b {\n }\n}", 3, 4),
    "if in the second branch": ("if a {\n} else if b {\n if c {\n }\n}", 4, 4),
    "loop": ("for {\n}", 2, 1),
    "loop with three parts": ("for i := 0; i < 3; i++ {\n}", 2, 1),
    "range": ("for range a {\n}", 2, 1),
    "if in a loop": ("for {\n if a {\n }\n}", 3, 3),
    "switch": ("switch a {\ncase 1:\ncase 2, 3:\ndefault:\n}", 3, 1),
    "type switch": ("switch a.(type) {\ncase int:\ndefault:\n}", 2, 1),
    "select": ("select {\ncase <-a:\ncase b <- 1:\ndefault:\n}", 3, 1),
    "if in a case": ("switch a {\ncase 1:\n if b {\n }\n}", 3, 3),
    "one operator": ("_ = a && b && c", 3, 1),
    "two operators": ("_ = a && b || c", 3, 2),
    "the same in parentheses": ("_ = a && (b || c) && d", 4, 2),
    "comparisons between": ("_ = a == 1 && b == 2 && c == 3", 3, 1),
    "condition": ("if a && b {\n}", 3, 2),
    "function literal": ("f := func() {\n if a {\n }\n}", 2, 2),
    "jump to a label": ("L:\nfor {\n continue L\n}", 2, 2),
    "plain jump": ("for {\n break\n}", 2, 1),
    "goto": ("L:\ngoto L", 1, 1),
    "defer": ("defer func() {\n if a {\n }\n}()", 2, 2),
    "no decision": ("a := b + c*d; go f(a); return", 1, 0),
}


@pytest.mark.parametrize(("body", "cyclomatic", "cognitive"), BODIES.values(), ids=BODIES)
def test_extract__body__its_two_measures(body, cyclomatic, cognitive):
    source = f"package a\nfunc f() {{\n{body}\n}}\n"
    assert facts(source)["measures"][:4] == ["f", 2, cyclomatic, cognitive]


def test_extract__functions__name_line_and_length_of_each():
    source = """package a

func Plain() {
}

func (s *Store[K, V]) Get(k K) V {
	return s.m[k]
}
func (Store) Put() {}
func init() { if a {} }
var hook = func() bool {
	return a && b
}
type t struct { f func() }
func extern(a int) int
"""
    measures = facts(source)["measures"]
    rows = list(zip(*[iter(measures)] * 5, strict=True))
    assert rows == [
        ("Plain", 3, 1, 0, 2),
        ("Store.Get", 6, 1, 0, 3),
        ("Store.Put", 9, 1, 0, 1),
        ("init", 10, 2, 1, 1),
        ("hook", 11, 2, 1, 3),
        ("extern", 15, 1, 0, 1),
    ]


def test_extract__lines__code_and_comments():
    source = """// Package a does it.
package a

/* two
lines */
var a = `raw
// no comment` // a comment

var b = "/* no comment */"
var c = '"' // not a string
"""
    said = facts(source)
    assert (said["code"], said["comments"]) == (5, 5)


def test_extract__words__of_names_without_keywords_strings_and_comments():
    source = (
        "// hidden words\npackage order\nfunc LoadOrder(id int) error { return errOrder }\n"
        'var x = "literal text"\n'
    )
    words = facts(source)["words"]
    assert dict(zip(words[::2], words[1::2], strict=True)) == {"load": 1, "order": 3, "err": 1}
