"""What a front end shows: sections of sentences, tables and figures, already in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["plain", "good", "fair", "poor", "unknown", "quiet", "strong"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and how it should strike the reader.

    bar: a share in [0, 1] to draw beside the text, or None. link: id of the section of the same
    view that proves or explains the text, "" = none.
    """

    text: str
    tone: Tone = "plain"
    bar: float | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headed columns.

    numeric: columns (by position) to align right. wide: columns of running text, which share the
    room that the others leave; none = all may. filters: columns of few different values, by which
    an interactive format lets its reader choose rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""
    wide: tuple[int, ...] = ()
    filters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more sentences that belong together."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled length; `mark` is a second value on the same scale. None = could not be seen.

    decimals: how many the value has where it is a mean, 0 = as many as it needs.
    """

    label: str
    value: float | None
    mark: float | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars on one scale from 0 to `most`; the names say what bar and mark stand for."""

    bars: tuple[Bar, ...]
    most: float
    value_name: str
    mark_name: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One outline of a radar: a value for each axis, None = could not be seen.

    decimals: how many the values have where they are means, 0 = as many as they need.
    """

    name: str
    values: tuple[float | None, ...]
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Radar:
    """Outlines over at least three axes, each from 0 to `most`."""

    axes: tuple[str, ...]
    series: tuple[Series, ...]
    most: float


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a graph; its area grows with `size`. link: id of the section about it, or ""."""

    label: str
    size: float
    link: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes (by position); its width grows with `weight`."""

    source: int
    target: int
    weight: float


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed graph; edges sorted, heaviest first. The names say what sizes and weights are."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    size_name: str
    weight_name: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square of values, `values[row][column]`; None on the diagonal = nothing to say.

    row_name, column_name: what rows and columns are, e.g. "uses" and "is used by".
    """

    labels: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    row_name: str
    column_name: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle whose area is `size`; heat in [0, 1] is its shade, `detail` its figures."""

    label: str
    size: float
    heat: float
    detail: str


@dataclass(frozen=True, slots=True)
class Treemap:
    """Tiles, largest first, that fill one rectangle. The names say what area and shade are."""

    tiles: tuple[Tile, ...]
    size_name: str
    heat_name: str


Drawing = Bars | Radar | Graph | Matrix | Treemap


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its title; `alt` tells what it shows with all its figures in words.

    table: the same figures, for formats where one can be unfolded; None = a table beside it has
    them.
    """

    title: str
    alt: str
    drawing: Drawing
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """Names with their values, e.g. where a result comes from."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Blanks for a pen: each row is a set of labelled lines, e.g. name, date and signature."""

    rows: tuple[tuple[str, ...], ...]


Block = Sentence | Table | Figure | Fields | Form


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part with its sub-sections; `id` is stable over languages and unique in a view.

    page: starts on a page of its own where there are pages.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple["Section", ...] = ()
    page: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A whole report in one language.

    header: short lines for the head of every page (revision, digests). dated: time of the revision
    (ISO 8601, UTC), "" if it has none. words: what a format itself has to say ("Contents", "Page
    {page} of {pages}"), by key. cover: fields of the cover, name and text, in order.
    """

    title: str
    subtitle: str
    lang: Literal["zh", "en"]
    sections: tuple[Section, ...]
    header: tuple[str, ...] = ()
    dated: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    cover: tuple[tuple[str, str], ...] = ()
