"""Charts as scalable vector graphics, for paper and for screens."""

from typing import Literal
from xml.etree.ElementTree import Element, tostring

from assessor.model.theme import Palette
from assessor.model.view import Bars, Drawing, Graph, Matrix, Radar
from assessor.render.charts.bars import bars
from assessor.render.charts.graph import graph
from assessor.render.charts.matrix import matrix
from assessor.render.charts.radar import radar
from assessor.render.charts.svg import WIDTH, Chart, Sheet, identifier, number, text
from assessor.render.charts.treemap import treemap

_EMPTY = 40.0


def to_svg(drawing: Drawing, *, palette: Palette, name: str, lang: Literal["zh", "en"]) -> str:
    """One `<svg>` without outside references, scripts and styles; lengths are in its own units.

    Colours are attributes from the palette and classes (`fill-brand`, `stroke-rule`), so that a
    style sheet can change them. name: unique in the document, prefix of all ids. A drawing of
    nothing is a dash.
    """
    sheet = Sheet(palette=palette, prefix=identifier(name), lang=lang)
    chart = _chart(drawing, sheet=sheet) or _nothing(sheet)
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    root.set("viewBox", f"0 0 {number(WIDTH)} {number(chart.height)}")
    root.set("width", number(WIDTH))
    root.set("height", number(chart.height))
    root.set("role", "img")
    root.set("class", "chart")
    root.extend(chart.elements)
    return tostring(root, encoding="unicode")


def _chart(drawing: Drawing, *, sheet: Sheet) -> Chart | None:
    """The chart of its kind, or None for a drawing of nothing."""
    match drawing:
        case Bars():
            return bars(drawing, sheet=sheet)
        case Radar():
            return radar(drawing, sheet=sheet)
        case Graph():
            return graph(drawing, sheet=sheet)
        case Matrix():
            return matrix(drawing, sheet=sheet)
        case _:
            return treemap(drawing, sheet=sheet)


def _nothing(sheet: Sheet) -> Chart:
    """A dash in the middle."""
    dash = text(sheet, "–", at=(WIDTH / 2, _EMPTY / 2), size=12, anchor="middle", role="muted")
    return Chart((dash,), _EMPTY)
