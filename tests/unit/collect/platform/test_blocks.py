"""Groovy and Kotlin scripts as tokens, groups and calls."""

import time

import pytest

from assessor.collect.platform.blocks import Token, arguments, calls, deep, first_text, tokens
from assessor.collect.platform.nodes import UnreadableError

SCRIPT = """\
#!/usr/bin/env groovy
// sh 'commented'
/* sh 'commented too'
*/
outer('a // b') {
  inner "x ${y("z")}", key: 'v' // more
  x = call(script: '''two
lines''')
  regex =~ /a\\/b {/
  n = a / b
}
"""


def test_calls__comments_and_strings__are_told_apart():
    found = [(call.name, call.line) for call in deep(tokens(SCRIPT))]
    assert found == [("outer", 5), ("inner", 6), ("call", 7)]


def test_calls__arguments__have_names_and_lines():
    (outer,) = calls(tokens(SCRIPT))
    inner, call = calls(outer.body or ())
    (label,) = outer.arguments
    assert (label.text, label.live) == ("a // b", False)
    assert [(key, part[0].text) for key, part in arguments(inner.arguments)] == [
        ("", 'x ${y("z")}'),
        ("key", "v"),
    ]
    assert first_text(call.arguments, "script") == Token("text", "two\nlines", 7)
    assert first_text(call.arguments, "other") is None


def test_calls__kotlin__is_read_alike():
    found = deep(tokens('dependencies {\n  implementation(platform("a:b:1"))\n}\n'))
    assert [(call.name, call.line) for call in found] == [
        ("dependencies", 1),
        ("implementation", 2),
        ("platform", 2),
    ]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("a {\n b {\n}\n", 1, id="open-brace"),
        pytest.param("a {\n)\n", 2, id="wrong-bracket"),
        pytest.param("a\n'x\n", 2, id="open-quote"),
        pytest.param('a\n"""x\n', 2, id="open-long-text"),
        pytest.param("a\n/* x\n", 2, id="open-comment"),
        pytest.param("{" * 200_000, 1, id="deep"),
        pytest.param('"' + "${a}" * 50_000, 1, id="many-variables"),
    ],
)
def test_tokens__wrong_script__tells_the_line(source, line):
    with pytest.raises(UnreadableError) as caught:
        tokens(source)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("a " * 100_000, id="words"),
        pytest.param("a 'x' " * 50_000, id="words-and-texts"),
        pytest.param("a(b," * 99 + "c," * 100_000 + ")" * 99, id="commas"),
        pytest.param("a/" * 100_000, id="slashes"),
    ],
)
def test_deep__long_line__takes_time_in_proportion(source):
    started = time.perf_counter()
    assert sum(1 for _ in deep(tokens(source))) <= 100
    assert time.perf_counter() - started < 5
