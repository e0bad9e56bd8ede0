"""Injection by a token: where a container is told what it gives, and who asks for it."""

import re
from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_facts import HERE, ScriptFacts
from assessor.collect.languages.javascript_injection import Type, Types, type_named
from assessor.collect.languages.javascript_scene import under

Row = list[str | int]
Token = tuple[str, str]  # path and name of what stands for it, or "" and its text
_PROVIDE = re.compile(rb"provide\s*:")
_WANTED = re.compile(
    rb"@Inject(?:\s*<[^()\n]{1,80}>)?\(\s*(['\"][^'\"\n]{1,100}['\"]|[A-Za-z_$][\w$.]{0,100})\s*\)"
)
_CLASS = re.compile(r"[A-Za-z_$][\w$]*")
_MADE = re.compile(r"\bnew\s+([A-Z][\w$]*)\s*\(")
_MOST = 500


def tokens(source: bytes, root: Node) -> dict[str, list[Row]]:
    """`provided`: [token, name of a class, line]; `wanted`: [token, line]; none if empty."""
    provided = list(_provided(source, root)) if b"provide" in source else []
    wanted = list(_wanted(source, root)) if b"@Inject" in source else []
    found = {"provided": provided, "wanted": wanted}
    return {name: rows for name, rows in found.items() if rows}


def given(known: Types) -> Iterator[tuple[str, str, int]]:
    """(path that asks, path of the class that it is given, line) for each token, sorted."""
    classes: dict[Token, set[Type]] = {}
    for path, said in sorted(known.facts.items()):
        for token, name, _ in said.get("provided", []):
            found = type_named(known, path, str(name))
            if found is not None:
                classes.setdefault(_token(known, path, str(token)), set()).add(found)
    for path, said in sorted(known.facts.items()):
        for token, line in said.get("wanted", []):
            for target, _ in sorted(classes.get(_token(known, path, str(token)), ())):
                yield path, target, int(line)


def _provided(source: bytes, root: Node) -> Iterator[Row]:
    """`{ provide: TOKEN, useClass: X }`, `useExisting`, and `useFactory` that makes a class."""
    for match in islice(_PROVIDE.finditer(source), _MOST):
        node = root.descendant_for_byte_range(match.start(), match.start())
        pair = node.parent if node is not None else None
        holder = pair.parent if pair is not None else None
        token = under(holder, "provide")
        if holder is None or token is None or node is None or text_of(node) != "provide":
            continue
        line = int(node.start_point[0]) + 1
        for name in _names(holder):
            yield [_written(text_of(token)), name, line]


def _names(holder: Node) -> list[str]:
    for key in ("useClass", "useExisting"):
        value = under(holder, key)
        if value is not None and _CLASS.fullmatch(text_of(value)):
            return [text_of(value)]
    factory = under(holder, "useFactory")
    return sorted(set(_MADE.findall(text_of(factory)))) if factory is not None else []


def _wanted(source: bytes, root: Node) -> Iterator[Row]:
    for match in islice(_WANTED.finditer(source), _MOST):
        node = root.descendant_for_byte_range(match.start() + 1, match.start() + 1)
        if node is not None and node.type == "identifier":
            line = source.count(b"\n", 0, match.start()) + 1
            yield [_written(match[1].decode(errors="replace")), line]


def _written(token: str) -> str:
    """A text with one kind of quotes."""
    return f"'{token[1:-1]}'" if token[:1] in "'\"" else token


def _token(known: Types, path: str, written: str) -> Token:
    if written.startswith("'"):
        return "", written
    said: ScriptFacts = known.facts[path]
    root, _, rest = written.partition(".")
    number, imported = said["bindings"].get(root, (HERE, root))
    target = path if number == HERE else known.targets[path][number]
    name = ".".join(part for part in (imported or root, rest) if part)
    found = type_named(known, path, written)
    return found or (target or f"?{said['imports'][number][0]}", name)
