"""A gate as a badge that needs no service to draw it."""

from collections.abc import Mapping
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from assessor.model.gate_report import GateReport
from assessor.render.badges import Colour, badge

_HEIGHT, _CORNER, _MARGIN, _SIZE = 20, 3, 6, 11  # pixels
_FONTS = "Verdana,DejaVu Sans,Noto Sans CJK SC,Microsoft YaHei,PingFang SC,sans-serif"
# Share of the font's size that a letter takes, about that of Verdana.
_NARROW, _COMMON, _BROAD, _FULL = 0.38, 0.62, 0.9, 1.0
_NARROW_LETTERS = frozenset("fijlrtIJ .,:;!'|()[]/·-")
_BROAD_LETTERS = frozenset("mwMW@%")
# Behind the text, and the text on it; at least 4.5 : 1 apart (WCAG 2.2, AA).
LABEL = ("#444444", "#ffffff")
PAIRS: Mapping[Colour, tuple[str, str]] = {
    "brightgreen": ("#44cc11", "#1a1a1a"),
    "green": ("#97ca00", "#1a1a1a"),
    "yellow": ("#dfb317", "#1a1a1a"),
    "orange": ("#fe7d37", "#1a1a1a"),
    "red": ("#c0392b", "#ffffff"),
    "lightgrey": ("#b4b4b4", "#1a1a1a"),
}


def to_svg(report: GateReport) -> bytes:
    """A flat badge without scripts, links or fonts of its own; a screen reader says all of it."""
    shown = badge(report)
    label, message = _drawable(shown.label), _drawable(shown.message)
    left, right = (_width(text) + 2 * _MARGIN for text in (label, message))
    said = f"{label}: {message}"
    root = Element("svg", _sizes(left + right), role="img")
    root.attrib |= {"xmlns": "http://www.w3.org/2000/svg", "aria-label": said}
    SubElement(root, "title").text = said
    SubElement(root, "path", d=_rounded(0, left, end="left"), fill=LABEL[0])
    ground, ink = PAIRS[shown.colour]
    SubElement(root, "path", d=_rounded(left, right, end="right"), fill=ground)
    _text(root, label, start=_MARGIN, ink=LABEL[1])
    _text(root, message, start=left + _MARGIN, ink=ink)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=False)) + b"\n"


def _sizes(width: int) -> dict[str, str]:
    box = f"0 0 {width} {_HEIGHT}"
    return {"width": str(width), "height": str(_HEIGHT), "viewBox": box}


def _rounded(start: int, width: int, *, end: str) -> str:
    """A box of the badge's height with round corners on one side."""
    inner, side = width - _CORNER, _HEIGHT - 2 * _CORNER
    if end == "left":
        down = f"a{_CORNER} {_CORNER} 0 0 0 -{_CORNER} {_CORNER}v{side}"
        back = f"a{_CORNER} {_CORNER} 0 0 0 {_CORNER} {_CORNER}"
        return f"M{start + width} 0h-{inner}{down}{back}h{inner}z"
    down = f"a{_CORNER} {_CORNER} 0 0 1 {_CORNER} {_CORNER}v{side}"
    back = f"a{_CORNER} {_CORNER} 0 0 1 -{_CORNER} {_CORNER}"
    return f"M{start} 0h{inner}{down}{back}h-{inner}z"


def _text(root: Element, text: str, *, start: int, ink: str) -> None:
    """A text that takes the width it was measured to, whichever font there is."""
    place = {"x": str(start), "y": "14", "textLength": str(_width(text))}
    font = {"font-family": _FONTS, "font-size": str(_SIZE)}
    each = SubElement(root, "text", place | font, lengthAdjust="spacingAndGlyphs", fill=ink)
    each.text = text


def _width(text: str) -> int:
    return round(sum(map(_share, text)) * _SIZE)


def _share(letter: str) -> float:
    if east_asian_width(letter) in {"W", "F"}:
        return _FULL
    if letter in _NARROW_LETTERS:
        return _NARROW
    return _BROAD if letter in _BROAD_LETTERS else _COMMON


def _drawable(text: str) -> str:
    """The text with what XML cannot hold shown as U+FFFD."""
    return text.translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
