"""A view whose every text can be printed: whatever a repository writes into its names."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

from assessor.model.view import View

MOST = 1000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Printable:
    """A view that can be printed, how many characters were replaced in it and texts shortened."""

    view: View
    replaced: int
    shortened: int


def texts(value: object) -> Iterator[str]:
    """Every text in the value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, Mapping):
        yield from texts(list(value.values()))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def printable(view: View, *, lacking: Callable[[set[str]], frozenset[str]]) -> Printable:
    """The view with unprintable characters shown as `U+XXXX` and long texts cut.

    Unprintable: controls, marks that turn the direction of text, halves of surrogate pairs, and
    what `lacking` says of the rest: which of these characters no font can show.
    """
    found = list(texts(view))
    characters = {character for text in set(found) for character in text}
    bad = {character for character in characters if _steers(character)}
    bad |= lacking(characters - bad)
    codes = str.maketrans({character: f"U+{ord(character):04X}" for character in sorted(bad)})
    pattern = re.compile("[" + re.escape("".join(sorted(bad))) + "]") if bad else None
    replaced = sum(len(pattern.findall(text)) for text in found) if pattern else 0
    return Printable(
        _mapped(view, lambda text: _cut(text).translate(codes)),
        replaced=replaced,
        shortened=sum(len(text) > MOST for text in found),
    )


def _steers(character: str) -> bool:
    """Controls, format characters (bidi, zero-width, tags), surrogates; also line separators."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}


def _cut(text: str) -> str:
    return text if len(text) <= MOST else f"{text[:MOST]}… (+{len(text) - MOST:,})"


def _mapped(value: _T, change: Callable[[str], str]) -> _T:
    """The value with every text in it changed."""
    made: object = value
    if isinstance(value, str):
        made = change(value)
    elif isinstance(value, tuple):
        made = tuple(_mapped(each, change) for each in value)
    elif isinstance(value, Mapping):
        made = {key: _mapped(each, change) for key, each in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: _mapped(getattr(value, each.name), change) for each in fields(value)}
        made = type(value)(**parts)
    return made  # type: ignore[return-value]  # the same type, part by part
