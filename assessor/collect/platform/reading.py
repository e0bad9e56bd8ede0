"""What a reader of one kind of file gives back, and how image references fall apart."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessor.collect.platform.nodes import Plain, node
from assessor.model.basis import Location, Node, Skip, Unread
from assessor.model.records import Artefact

OPEN = "\0"
"""Stands for a variable without a value inside a text that is being taken apart."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The artefacts of one file and what of it could not be read."""

    artefacts: tuple[Artefact, ...] = ()
    skips: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """An image reference in its parts, each None where it is not given."""

    image: str | Unread | None
    name: str | Unread | None
    tag: str | Unread | None
    digest: str | Unread | None


def artefact(kind: str, path: str, root: Node) -> Artefact:
    """An artefact that stands where its root stands."""
    return Artefact(kind, Location(path, root.line), root)


def together(readings: Iterable[Reading]) -> Reading:
    """Several readings as one."""
    parts = list(readings)
    return Reading(
        tuple(found for part in parts for found in part.artefacts),
        tuple(skip for part in parts for skip in part.skips),
    )


def record(line: int, **values: Plain) -> Node:
    """A mapping on `line`; plain values get the same line, nodes keep their own."""
    return node(values, line=line)


def image_parts(reference: str | None) -> Image:
    """An image reference taken apart; `OPEN` in it makes the parts that it may reach templated."""
    if not reference:
        return Image(None, None, None, None)
    rest, _, digest = reference.partition("@")
    folder, slash, last = rest.rpartition("/")
    base, colon, tag = last.partition(":")
    hidden = OPEN in last and not digest
    return Image(
        _settled(reference),
        _settled(folder + slash + base),
        _settled(tag) if colon else (Unread.TEMPLATED if OPEN in base else None),
        _settled(digest) if digest else (Unread.TEMPLATED if hidden else None),
    )


def _settled(part: str) -> str | Unread | None:
    if OPEN in part:
        return Unread.TEMPLATED
    return part or None


def scanned_image(reference: str | None) -> Image:
    """The parts of a reference in which `$X`, `${X}`, `{{x}}`, `<x>` and `%x%` are unknown."""
    return image_parts(None if reference is None else _VARIABLE.sub(OPEN, reference))


def substituted(text: str, values: Mapping[str, str]) -> str:
    """The text with `$x` and `${x:-y}` replaced; one that has no value becomes `OPEN`."""
    for _ in range(4):
        changed = _NESTED.sub(lambda match: _variable(match, values), text)
        if changed == text:
            break
        text = changed
    return text


def _variable(match: re.Match[str], values: Mapping[str, str]) -> str:
    if match[5]:
        return match[0]
    name, operator, word = match[1] or match[4], (match[2] or "").lstrip(":"), match[3] or ""
    value = values.get(name)
    if match[1] and not operator and word:
        return OPEN
    if operator == "+":
        return word if value else ""
    if value or (value is not None and not operator):
        return value
    return word if operator == "-" else OPEN


_NESTED = re.compile(r"\$\{(\w+)(:?[-+?])?([^{}]*)\}|\$(\w+)|\\(.)")
_VARIABLE = re.compile(
    r"\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|\$\[\[[^\[\]]*\]\]"
    r"|\$[A-Za-z_]\w*|<[^<>]*>|%\w+%"
)
