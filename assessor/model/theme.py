"""How a report looks: what an organisation may change without touching a template."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`. good, fair, poor, unknown go with levels and never stand alone.

    brand: titles, first series. accent: marks, second series. ink: text. muted: notes. rule:
    lines. paper: background. soft: background of table heads and boxes.
    """

    brand: str
    accent: str
    ink: str
    muted: str
    rule: str
    paper: str
    soft: str
    good: str
    fair: str
    poor: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Theme:
    """light: for paper and bright screens. dark: for dark screens. logo: an SVG or PNG file's
    bytes and its alternative text, empty = none. fonts: families to prefer, in order.
    """

    light: Palette
    dark: Palette
    logo: bytes = b""
    logo_alt: str = ""
    fonts: tuple[str, ...] = ()
    cover: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """A template's text and where it was read from, for messages."""

    place: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Style:
    """All that a format needs to look right.

    files: name below `reports/` (`html/report.css`, `pdf/report.typ`) -> file. font_folders: where
    further fonts lie.
    """

    theme: Theme
    files: Mapping[str, File]
    font_folders: tuple[str, ...] = ()
