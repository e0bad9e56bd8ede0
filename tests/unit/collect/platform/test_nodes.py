"""YAML and JSON with lines, and the limits on hostile ones."""

import time

import pytest

from assessor.collect.platform.nodes import (
    UnreadableError,
    child,
    decode,
    decoded,
    encode,
    fields,
    items,
    load_yaml,
    text,
    typed,
)
from assessor.model.basis import Node, Unread

MANIFEST = """\
on: push
off: yes
a: &base
  x: 1
  y: 1.10
b:
  <<: *base
  y: !!str 2
  run: |
    one
    two
list:
- 0644
- null
- !Ref thing
"""


def _load(source: str) -> Node:
    (root,) = load_yaml(source)
    return root


def test_load_yaml__words_of_yaml_1_1__stay_text():
    root = _load(MANIFEST)
    assert child(root, "on") == Node(1, "push")
    assert child(root, "off") == Node(2, "yes")


def test_load_yaml__merge_key__own_value_wins_and_lines_are_those_of_the_origin():
    root = _load(MANIFEST)
    assert child(root, "b", "x") == Node(4, 1)
    assert child(root, "b", "y") == Node(8, "2")
    assert child(root, "b", "run") == Node(9, "one\ntwo\n")
    assert [each.line for each in fields(root).values()] == [1, 2, 3, 6, 12]


def test_load_yaml__sequence__keeps_what_a_number_would_lose():
    assert items(child(_load(MANIFEST), "list")) == (
        Node(13, "0644"),
        Node(14, None),
        Node(15, "thing"),
    )


def test_load_yaml__first_of_merged_mappings__wins():
    root = _load("p: &p {k: 1}\nq: &q {k: 2, l: 3}\nr: {<<: [*p, *q]}\n")
    merged = fields(child(root, "r"))
    assert {key: text(each) for key, each in merged.items()} == {"k": "1", "l": "3"}


def test_load_yaml__key_given_twice__last_value_counts():
    assert child(_load("a: 1\na: 2\n"), "a") == Node(2, 2)


def test_load_yaml__json_with_tabs__has_lines():
    root = _load('{\n\t"a": [\n\t\t"x",\n\t\ttrue\n\t]\n}')
    assert items(child(root, "a")) == (Node(3, "x"), Node(4, value=True))


def test_load_yaml__several_documents__empty_ones_are_left_out():
    assert [child(each, "a") for each in load_yaml("---\na: 1\n---\n---\na: 2\n")] == [
        Node(2, 1),
        Node(5, 2),
    ]


def test_load_yaml__kept_tag__becomes_a_mapping():
    (root,) = load_yaml("s: !reference [a, script]\n", keep=frozenset({"!reference"}))
    assert [text(each) for each in items(child(root, "s", "!reference"))] == ["a", "script"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1", 1),
        ("-3", -3),
        ("0.5", 0.5),
        ("1.10", "1.10"),
        ("010", "010"),
        ("1e3", "1e3"),
        ("22:22", "22:22"),
        ("9" * 5000, "9" * 5000),
        ("True", True),
        ("~", None),
        ("no", "no"),
        (".inf", ".inf"),
    ],
)
def test_typed__plain_scalar__loses_nothing(written, value):
    assert typed(written) == value
    assert type(typed(written)) is type(value)


def _laughs(levels: int) -> str:
    head = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    steps = (f"a{at}: &a{at} [{','.join([f'*a{at - 1}'] * 9)}]" for at in range(1, levels))
    return head + "\n".join(steps)


def _merges(levels: int) -> str:
    steps = (
        f"a{at}: &a{at} {{<<: [{','.join([f'*a{at - 1}'] * 9)}], k{at}: 1}}"
        for at in range(1, levels)
    )
    return "a0: &a0 {k: 1}\n" + "\n".join(steps)


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(_laughs(10), id="aliases"),
        pytest.param(_merges(10), id="merge-keys"),
        pytest.param("- " * 500_000, id="deep-block"),
        pytest.param("[" * 1_000_000, id="deep-flow"),
        pytest.param("{" * 300_000, id="deep-mappings"),
        pytest.param("? " * 300_000, id="deep-keys"),
        pytest.param("a: &a [*a]", id="recursive"),
        pytest.param("s: &s " + "x" * 500_000 + "\nl: [" + "*s," * 999 + "]", id="long-text"),
    ],
)
def test_load_yaml__bomb__is_refused_at_once(bomb):
    started = time.perf_counter()
    with pytest.raises(UnreadableError):
        load_yaml(bomb)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("a: 1\nb: [\n", 2, id="open-bracket"),
        pytest.param("a: 1\n\tb: 2\n", 2, id="tab"),
        pytest.param("a: 1\nb: *x\n", 2, id="alias"),
        pytest.param("a: 1\nb: \x01\n", 2, id="control"),
        pytest.param("<<: 3\n", 1, id="merge-of-a-number"),
    ],
)
def test_load_yaml__wrong_syntax__tells_the_line(source, line):
    with pytest.raises(UnreadableError) as caught:
        load_yaml(source)
    assert caught.value.line == line


def test_decoded__windows_file_with_mark__has_plain_newlines():
    assert decoded("\ufeffa\r\nb".encode()) == "a\nb"
    assert decoded("a\nb".encode("utf-16")) == "a\nb"


@pytest.mark.parametrize(
    ("content", "text_of_it"),
    [
        ("# 注释\na: 1".encode("gb18030"), "# 注释\na: 1"),
        ("# é\n".encode("latin-1"), "# é\n"),
        ('<?xml version="1.0" encoding="koi8-r"?>д'.encode("koi8-r"), "д"),
        (b'<?xml encoding="no-such"?>\xe9 ', "\xe9 "),
    ],
)
def test_decoded__other_encodings__are_read_too(content, text_of_it):
    assert decoded(content).endswith(text_of_it)


def test_decoded__binary__tells_the_line():
    with pytest.raises(UnreadableError) as caught:
        decoded(b"a\nb\0\n")
    assert caught.value.line == 2


def test_decode__what_encode_wrote__is_the_same():
    root = Node(1, {"a": Node(2, (Node(2, None), Node(3, Unread.TEMPLATED))), "b": Node(4, 0.5)})
    assert encode(root) == [1, {"a": [2, [[2, None], [3, "templated", 1]]], "b": [4, 0.5]}]
    assert decode(encode(root)) == root


@pytest.mark.parametrize("foreign", [None, [], [1], ["a", 1], [1, [2]], [1, "other", 2]])
def test_decode__any_other_shape__is_refused(foreign):
    with pytest.raises(ValueError, match="not an encoded node"):
        decode(foreign)
