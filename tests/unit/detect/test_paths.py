"""The path language of declared facts."""

import pytest

from assessor.detect.paths import Every, find, has_wildcard, parse
from assessor.model.basis import Node, Unread


def node(value: object, line: int = 1) -> Node:
    """A plain value as a node; every item of a sequence stands one line further down."""
    if isinstance(value, dict):
        return Node(line, {key: node(part, line) for key, part in value.items()})
    if isinstance(value, list):
        return Node(line, tuple(node(part, line + at) for at, part in enumerate(value, start=1)))
    assert value is None or isinstance(value, (str, int, float, bool))
    return Node(line, value)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("", ()),
        ("tag", ("tag",)),
        ("spec.containers[*].image", ("spec", "containers", Every.ITEM, "image")),
        ("a.*", ("a", Every.ITEM)),
        ("*.b", (Every.ITEM, "b")),
        ("[0].b", (0, "b")),
        ("a[2][*]", ("a", 2, Every.ITEM)),
        ('labels["app.kubernetes.io/name"].x', ("labels", "app.kubernetes.io/name", "x")),
        ("labels['*']", ("labels", "*")),
        ("with.cache-from", ("with", "cache-from")),
    ],
)
def test_parse__good_path__its_steps(text: str, steps: tuple[object, ...]) -> None:
    assert parse(text) == steps


@pytest.mark.parametrize("text", [".a", "a.", "a..b", "a[", "a[x]", "a.[0]", "[0]b", 'a["b]'])
def test_parse__wrong_path__says_where(text: str) -> None:
    with pytest.raises(ValueError, match="is wrong at"):
        parse(text)


def values(root: Node, path: str) -> list[object]:
    return [found.value for found in find(root, parse(path)).nodes]


def test_find__wildcards_in_sequences_and_mappings__all_in_order() -> None:
    root = node({"a": [{"b": 1}, {"c": 2}, {"b": 3}], "m": {"x": {"b": 4}, "y": {"b": 5}}})
    assert values(root, "a[*].b") == [1, 3]
    assert values(root, "m.*.b") == [4, 5]
    assert values(root, "a[2].b") == [3]


def test_find__missing_key_index_or_scalar__nothing() -> None:
    root = node({"a": [1], "s": "text"})
    assert [values(root, path) for path in ("b", "a[7]", "a.x", "s.x", "s[0]")] == [[]] * 5


def test_find__templated_on_the_way__unsettled_but_not_at_the_end() -> None:
    root = Node(1, {"a": Node(2, Unread.TEMPLATED)})
    assert find(root, parse("a.b")).unsettled
    assert not find(root, parse("a")).unsettled
    assert find(root, parse("a")).nodes[0].line == 2


def test_has_wildcard__quoted_star__is_a_key() -> None:
    assert has_wildcard(parse("a[*]"))
    assert not has_wildcard(parse('a["*"]'))
