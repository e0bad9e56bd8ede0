"""Strings of PHP code that matter when a system moves; secrets by the names they are given to."""

import re

from tree_sitter import Node

from assessor.collect.languages.java_literals import speaks_of_secrets
from assessor.collect.languages.python_literals import MASK, findings, is_secret, masked
from assessor.collect.languages.typed_walk import Walk, inside, text_of

_WINDOW = 96
_LEADS = frozenset("=>,(:")
_SHORTEST = 2
_TOKEN = 20  # characters of the shortest known token
# What a string is given to: `'name' =>`, `$name =`, `define('NAME',`, `setName(`, `["name"] =`.
_GIVEN = re.compile(
    r"(?:['\"](?P<key>[\w.-]+)['\"]\s*(?:=>|\]\s*=)"
    r"|(?<!\w)(?:define|env|\w*set\w*|put|add\w*|with\w*|bind\w*)\s*\(\s*['\"](?P<first>[\w.-]+)['\"]\s*,"
    r"|(?<!\w)(?P<name>\w+)\s*(?::\s*\??\w+\s*)?(?<![=!<>])="
    r"|(?<![^\W_])(?:set|with)_?(?P<setter>\w+)\s*\(|(?<!\w)(?P<argument>\w+)\s*:)$",
    re.IGNORECASE,
)
# Rules for what a user enters, and types of columns and fields, stand under a secret's name too.
_RULE = re.compile(
    r"(?:required|nullable|string|sometimes|confirmed|present|filled|hidden|text|hashed|varchar"
    r"|encrypted|bail|min:|max:)",
    re.IGNORECASE,
)
_TRANSLATIONS = re.compile(r"(?:^|/)(?:lang|languages?|locales?|translations?|i18n|l10n)/")


def may_name_secrets(path: str) -> bool:
    """False for a file of translations, where the word for password stands under `password`."""
    return _TRANSLATIONS.search(path) is None


def string(walk: Walk, node: Node) -> str:
    """A string in quotes; only names inside of one in double quotes are code."""
    text = text_of(walk, node)
    if text[:1] in "bB":
        text = text[1:]
    look_at(walk, text[1:-1], node.start_byte)
    return inside(walk, node) if text[:1] == '"' and "$" in text else ""


def heredoc(walk: Walk, node: Node) -> str:
    """A string of several lines."""
    body = node.child_by_field_name("value")
    if body is not None:
        look_at(walk, text_of(walk, body).strip("\r\n"), node.start_byte)
        inside(walk, body)
    return ""


def look_at(walk: Walk, value: str, start: int) -> None:
    """Lists the string if it is an address, a path or a secret."""
    if len(value) < _SHORTEST:
        return
    found: list[tuple[str, str]] = []
    if (
        len(value) >= _TOKEN
        or ":" in value or "/" in value or "." in value or "=" in value
        or value == "localhost"
    ):  # fmt: skip
        found = findings(value.encode("latin-1"))
    if walk.secretive and not any(kind == "secret" for kind, _ in found):
        found = [("secret", MASK)] if _is_secret(walk, value, start) else found
    walk.literals += [(kind, text.encode().decode("latin-1"), start) for kind, text in found]


def _is_secret(walk: Walk, value: str, start: int) -> bool:
    before = walk.text[max(0, start - _WINDOW) : start].rstrip()
    if before[-1:] not in _LEADS or not speaks_of_secrets(before):
        return False
    given = _GIVEN.search(before)
    if given is None or "$" in value or _RULE.match(value):
        return False
    name = next(text for text in given.groups() if text is not None)
    return is_secret(name, value)


def without_secrets(text: str) -> str:
    """The text of an argument, secrets masked."""
    return masked(text.replace("=>", ":"))
