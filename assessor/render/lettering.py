"""The letters of a chart apart from its shapes, for a format that sets letters better than SVG.

typst draws the letters of an SVG in the lightest or the boldest weight of a font that holds them
all, so the report sets them itself, in the same places.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

_SVG = "http://www.w3.org/2000/svg"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
register_namespace("", _SVG)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one size and colour."""

    text: str
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one base line that starts, is centred or ends at (x, y); angle clockwise."""

    x: float
    y: float
    anchor: str
    angle: float
    bold: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of the size (width, height) without its letters, and the letters."""

    svg: str
    width: float
    height: float
    lines: tuple[Line, ...]


def split(svg: str) -> Chart:
    """Shapes and letters of one of our own charts (`render/charts`)."""
    root = fromstring(svg)  # noqa: S314 - made by us a moment ago, not read
    lines = tuple(_taken(root, shift=(0.0, 0.0)))
    return Chart(
        svg=tostring(root, encoding="unicode"),
        width=float(root.get("width", "0")),
        height=float(root.get("height", "0")),
        lines=lines,
    )


def _taken(parent: Element, *, shift: tuple[float, float]) -> Iterator[Line]:
    """The lines below the element, which are taken out of it."""
    for child in list(parent):
        if child.tag == f"{{{_SVG}}}text":
            parent.remove(child)
            yield _line(child, shift=shift)
        else:
            yield from _taken(child, shift=_shifted(child, shift))


def _shifted(element: Element, shift: tuple[float, float]) -> tuple[float, float]:
    found = element.get("transform", "")
    if not found.startswith("translate("):
        return shift
    x, y = map(float, _NUMBERS.findall(found))
    return shift[0] + x, shift[1] + y


def _line(element: Element, *, shift: tuple[float, float]) -> Line:
    x, y = float(element.get("x", "0")), float(element.get("y", "0"))
    angle = 0.0
    if (turned := element.get("transform", "")).startswith("rotate("):
        angle, *centre = map(float, _NUMBERS.findall(turned))
        x, y = _turned((x, y), angle, about=centre or (0.0, 0.0))
    return Line(
        x=x + shift[0],
        y=y + shift[1],
        anchor=element.get("text-anchor", "start"),
        angle=angle,
        bold=element.get("font-weight") == "bold",
        runs=tuple(_runs(element)),
    )


def _turned(
    place: tuple[float, float], angle: float, *, about: Sequence[float]
) -> tuple[float, float]:
    """Where a place comes to lie when it is turned clockwise by so many degrees."""
    x, y = place[0] - about[0], place[1] - about[1]
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    return about[0] + x * cosine - y * sine, about[1] + x * sine + y * cosine


def _runs(element: Element) -> Iterator[Run]:
    size, colour = float(element.get("font-size", "10")), element.get("fill", "#000000")
    if element.text:
        yield Run(element.text, size, colour)
    for part in element:
        own = float(part.get("font-size", size)), part.get("fill", colour)
        yield Run(part.text or "", *own)
        if part.tail:
            yield Run(part.tail, size, colour)
