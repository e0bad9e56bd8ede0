"""What a front end shows: sections of sentences and tables, already in one language."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "good", "fair", "poor", "unknown", "quiet", "strong"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, how it should strike the reader, and where its evidence stands ("" = none).

    bar: a share in [0, 1] to draw beside the text, or None.
    """

    text: str
    tone: Tone = "plain"
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headed columns; `numeric` names the columns (by position) to align right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more sentences that belong together."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part; `id` is stable over languages."""

    id: str
    title: str
    blocks: tuple[Sentence | Table, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole report in one language."""

    title: str
    subtitle: str
    lang: Literal["zh", "en"]
    sections: tuple[Section, ...]
