"""Elements, paints, scales and the legend that all charts share."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from assessor.model.theme import Palette
from assessor.render.charts.text import clean, shorten, width

Lang = Literal["zh", "en"]
Role = Literal[
    "brand", "accent", "ink", "muted", "rule", "paper", "soft", "good", "fair", "poor", "unknown"
]
Anchor = Literal["start", "middle", "end"]
Parts = Mapping[str, str | float]

WIDTH = 640.0
HIGHEST = 760.0
SMALL, NORMAL = 9.0, 10.0
# Opacity of brand or accent over paper at which text in ink still has a contrast of 4.5 to 1,
# with the light and the dark palette alike.
DARKEST = 0.46
PALEST = 0.06
FONTS: Mapping[Lang, str] = {
    "en": "Noto Sans, Noto Sans CJK SC",
    "zh": "Noto Sans CJK SC, Noto Sans",
}
WORDS: Mapping[str, Mapping[Lang, str]] = {
    "unseen": {"en": "no level", "zh": "无等级"},
    "larger": {"en": "Larger: more {name}", "zh": "越大：{name}越多"},
    "area": {"en": "Area: {name}", "zh": "面积：{name}"},
    "width": {"en": "Width: {name}", "zh": "线宽：{name}"},
    "shade": {"en": "Shade: {name}", "zh": "深浅：{name}"},
    "row": {"en": "Row: {name}", "zh": "行：{name}"},
    "column": {"en": "Column: {name}", "zh": "列：{name}"},
    "low": {"en": "low", "zh": "低"},
    "high": {"en": "high", "zh": "高"},
    "more": {"en": "{count} more, not drawn", "zh": "另有 {count} 项未画出"},
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a chart is drawn on. prefix: makes ids unique in a document."""

    palette: Palette
    prefix: str
    lang: Lang

    def word(self, key: str, **fields: str) -> str:
        """One of the charts' own words with its fields filled in."""
        return WORDS[key][self.lang].format(**fields)


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: a glyph drawn from (0, 0) rightwards, `wide` units, and its text."""

    glyph: Element
    text: str
    wide: float = 14


@dataclass(frozen=True, slots=True)
class Chart:
    """The elements of a chart and the height that they need."""

    elements: tuple[Element, ...]
    height: float


def number(value: float) -> str:
    """The value with at most two decimals; the one way in which charts write numbers."""
    if not math.isfinite(value):
        return "?" if math.isnan(value) else ("∞" if value > 0 else "-∞")
    if abs(value) >= 1e12:  # noqa: PLR2004 - more digits than anybody reads
        return f"{value:.2e}"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def figure(value: float | None, *, decimals: int = 0) -> str:
    """The value as readers see it: ? for unknown, and never 0 for what is not quite nothing.

    decimals: exactly so many, 0 = as many as it needs.
    """
    if value is None:
        return "?"
    if decimals and math.isfinite(value):
        return f"{value:.{decimals}f}"
    text = number(value)
    return ("<0.01" if value > 0 else ">-0.01") if text == "0" and value else text


def identifier(name: str) -> str:
    """The name with all but ASCII letters, digits, - and _ replaced by their code."""
    return "c" + re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", name)


def share(value: float, most: float) -> float:
    """The value's part of the most, held in [0, 1]; 0 where there is nothing to share."""
    return min(max(value / most, 0.0), 1.0) if most > 0 else 0.0


def shade(heat: float) -> float:
    """Opacity for a share in [0, 1]: pale but visible at 0, with readable text at 1."""
    return PALEST + (DARKEST - PALEST) * min(max(heat, 0.0), 1.0)


def ticks(most: float, *, count: int = 6) -> tuple[float, ...]:
    """Round values from 0 to at most `most`, at equal steps, no more than `count` + 1."""
    if not 0 < most < math.inf:
        return (0.0,)
    power = 10.0 ** math.floor(math.log10(most / count))
    steps = (power * factor for factor in (1, 2, 2.5, 5, 10))
    step = next((step for step in steps if most / step <= count + 1e-9), most)
    return tuple(step * i for i in range(math.floor(most / step + 1e-9) + 1))


def fill(sheet: Sheet, role: Role, *, opacity: float = 1) -> Parts:
    """Attributes that fill with the role's colour, also when a style sheet changes it."""
    shown: Parts = {"fill": getattr(sheet.palette, role), "class": f"fill-{role}"}
    return shown if opacity == 1 else {**shown, "fill-opacity": opacity}


def stroke(
    sheet: Sheet, role: Role, *, wide: float = 1, opacity: float = 1, dash: str = ""
) -> Parts:
    """Attributes that draw an outline in the role's colour. dash: lengths on and off."""
    shown: dict[str, str | float] = {
        "stroke": getattr(sheet.palette, role),
        "class": f"stroke-{role}",
        "stroke-width": wide,
    }
    if opacity != 1:
        shown["stroke-opacity"] = opacity
    return {**shown, "stroke-dasharray": dash} if dash else shown


def shape(tag: str, *parts: Parts) -> Element:
    """An element with the attributes of all parts; what has no fill is not filled."""
    merged = {key: value for part in parts for key, value in part.items()}
    classes = " ".join(str(part["class"]) for part in parts if "class" in part)
    made = Element(tag)
    if "fill" not in merged and tag not in {"g", "title", "defs"}:
        made.set("fill", "none")
    for key, value in merged.items():
        made.set(key, value if isinstance(value, str) else number(value))
    if classes:
        made.set("class", classes)
    return made


def group(children: Iterable[Element], *parts: Parts) -> Element:
    """A <g> around the children."""
    made = shape("g", *parts)
    made.extend(children)
    return made


def moved(child: Element, *, x: float, y: float) -> Element:
    """The child at another place."""
    return group([child], {"transform": f"translate({number(x)} {number(y)})"})


def title(text: str) -> Element:
    """What a browser shows when the pointer rests on the parent."""
    made = Element("title")
    made.text = shorten(text, size=1, room=160)
    return made


def text(
    sheet: Sheet,
    content: str,
    *,
    at: tuple[float, float],
    size: float = NORMAL,
    anchor: Anchor = "start",
    role: Role = "ink",
    bold: bool = False,
    angle: float = 0,
) -> Element:
    """One line of text whose height is centred on `at`. angle: degrees, clockwise."""
    x, y = at
    parts: dict[str, str | float] = {
        "x": x,
        "y": y + size * 0.36,
        "font-family": FONTS[sheet.lang],
        "font-size": size,
    }
    if anchor != "start":
        parts["text-anchor"] = anchor
    if bold:
        parts["font-weight"] = "bold"
    if angle:
        parts["transform"] = f"rotate({number(angle)} {number(x)} {number(y)})"
    made = shape("text", parts, fill(sheet, role))
    made.text = clean(content)
    return made


def line(start: tuple[float, float], end: tuple[float, float], *parts: Parts) -> Element:
    """A straight line."""
    return shape("line", {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}, *parts)


def rect(x: float, y: float, *parts: Parts, size: tuple[float, float]) -> Element:
    """A rectangle from its upper left corner."""
    return shape("rect", {"x": x, "y": y, "width": size[0], "height": size[1]}, *parts)


def diamond(x: float, y: float, *parts: Parts, radius: float = 4.5) -> Element:
    """A square on its corner around (x, y)."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return shape("polygon", {"points": points(corners)}, *parts)


def points(places: Iterable[tuple[float, float]]) -> str:
    """Places as the `points` attribute writes them."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)


def hatch(sheet: Sheet) -> Element:
    """The definition of the hatching that stands for unknown."""
    pattern = shape(
        "pattern",
        {"id": f"{sheet.prefix}-hatch", "width": 5, "height": 5},
        {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"},
    )
    del pattern.attrib["fill"]
    pattern.append(line((0, 0), (0, 5), stroke(sheet, "unknown", wide=1.6, opacity=0.7)))
    defs = shape("defs")
    defs.append(pattern)
    return defs


def hatched(sheet: Sheet) -> Parts:
    """Attributes for an area whose value is unknown; needs `hatch` in the same drawing."""
    outline = stroke(sheet, "unknown", wide=0.8, dash="3 2")
    return {"fill": f"url(#{sheet.prefix}-hatch)", **outline}


def unseen(sheet: Sheet) -> Key:
    """The entry of the legend for unknown values."""
    glyph = rect(0.5, -4.5, hatched(sheet), size=(13, 9))
    return Key(glyph, f"? {sheet.word('unseen')}")


def legend(sheet: Sheet, keys: Iterable[Key], *, y: float) -> Chart:
    """Entries in rows from the left, the first centred on y; its height includes the last row."""
    made, x, row = [], 0.0, y
    for key in keys:
        shown = shorten(key.text, size=SMALL, room=WIDTH - key.wide - 8)
        need = key.wide + 6 + width(shown, size=SMALL)
        if x and x + need > WIDTH:
            x, row = 0.0, row + 16
        made.append(moved(key.glyph, x=x, y=row))
        made.append(text(sheet, shown, at=(x + key.wide + 6, row), size=SMALL, role="muted"))
        x += need + 22
    return Chart(tuple(made), row + 8)
