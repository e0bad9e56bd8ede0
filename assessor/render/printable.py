"""A view whose every text can be printed: whatever a repository writes into its names."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

from assessor.model.view import Figure, Section, View

# PDF/A holds no string of more than 32,767 bytes; a character takes up to four.
MOST, MOST_TOLD = 1000, 8000
# Controls, format characters (direction, zero width, tags), halves of surrogate pairs, private
# use, unassigned characters, separators of lines and paragraphs: they steer a reader, no font has
# them, or an archive must not depend on what a font makes of them.
_STEERING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
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


def clusters(text: str) -> Iterator[str]:
    """The text in letters with the marks on them, which must be drawn with one font."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _is_mark(text[at]):
            yield text[start:at]
            start = at


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def printable(view: View, *, lacking: Callable[[set[str]], frozenset[str]]) -> Printable:
    """The view with unprintable characters shown as `U+XXXX` and long texts cut.

    lacking: which of so many clusters no font can show. What figures say in words may be longer.
    """
    found = list(texts(view))
    odd = {cluster for text in set(found) if not _plain(text) for cluster in clusters(text)}
    codes = _codes(odd, lacking)

    told = set(_alternatives(view.sections))

    def most(text: str) -> int:
        return MOST_TOLD if text in told else MOST

    def shown(text: str) -> str:
        left = len(text) - most(text)
        text = text if left <= 0 else f"{text[: most(text)]}… (+{left:,})"
        return text if _plain(text) else "".join(codes.get(c, c) for c in clusters(text))

    return Printable(
        _mapped(view, shown),
        replaced=sum(_replaced(text, codes) for text in found),
        shortened=sum(len(text) > most(text) for text in found),
    )


def _alternatives(sections: Sequence[Section]) -> Iterator[str]:
    """What figures say in words: as much of it as a PDF can hold, for who cannot see them."""
    for section in sections:
        yield from (block.alt for block in section.blocks if isinstance(block, Figure))
        yield from _alternatives(section.sections)


def _plain(text: str) -> bool:
    """Whether there is nothing in the text that could need a code."""
    return text.isascii() and text.isprintable()


def _codes(odd: Iterable[str], lacking: Callable[[set[str]], frozenset[str]]) -> dict[str, str]:
    """Cluster -> what stands for it, for those that cannot be printed as they are."""
    steering = {cluster for cluster in odd if any(map(_steers, cluster)) or _is_mark(cluster[0])}
    rest = set(odd) - steering
    letters = {cluster[0] for cluster in odd} - {c for c in steering if len(c) == 1}
    unshown = lacking(rest | {letter for letter in letters if not _steers(letter)})
    return {
        cluster: _code(cluster, unshown)
        for cluster in odd
        if cluster in steering or cluster in unshown
    }


def _code(cluster: str, unshown: frozenset[str]) -> str:
    """The letter, if it can be shown, and a code for each mark on it."""
    first = cluster[0]
    whole = not (_steers(first) or _is_mark(first) or first in unshown)
    parts = cluster[1:] if whole else cluster
    return first * whole + "".join(f"U+{ord(character):04X}" for character in parts)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in _STEERING


def _replaced(text: str, codes: Mapping[str, str]) -> int:
    """How many characters of the text a code stands for."""
    if _plain(text):
        return 0
    changed = (cluster for cluster in clusters(text) if cluster in codes)
    return sum(len(cluster) - codes[cluster].startswith(cluster[0]) for cluster in changed)


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
