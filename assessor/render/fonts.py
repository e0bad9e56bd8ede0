"""The fonts of a report: full Noto fonts from two pip packages, and what they can show."""

import importlib.util
import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
LATIN, CHINESE = "Noto Sans", "Noto Sans CJK SC"
# The two fonts that the report is set in.
_USUAL = ("NotoSans[", "NotoSansCJK")
# What fontTools lets through of a file that is cut short or is something else.
_BROKEN = (struct.error, EOFError, AssertionError, LookupError, ValueError)
_ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}


def folders() -> tuple[str, ...]:
    """Where the fonts lie. Raises ModuleNotFoundError if the packages are not installed."""
    found: list[str] = []
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError(f"the fonts of the report are missing: install {name}")
        found += spec.submodule_search_locations
    return tuple(found)


def lacking(clusters: Iterable[str], *, within: Iterable[str]) -> frozenset[str]:
    """Those that no one font in the folders can show; fonts are read until all are found.

    clusters: characters, or letters with their marks, which must come from the same font. typst
    looks beyond the usual fonts only for letters that these do not have.
    """
    files = sorted(_files(within))
    usual = [path for path in files if path.name.startswith(_USUAL)]
    left = _left({cluster for cluster in clusters if not _ASCII.issuperset(cluster)}, usual)
    settled = {cluster for cluster in left if any(ord(cluster[0]) in _covered(f) for f in usual)}
    others = [path for path in files if path not in usual]
    return frozenset(settled | _left(left - settled, others))


def _left(clusters: set[str], files: Iterable[Path]) -> set[str]:
    """The clusters that none of the files can show; no more files are read than it takes."""
    left = clusters
    for path in files:
        if not left:
            break
        covered = _covered(path)
        left = {cluster for cluster in left if not covered.issuperset(map(ord, cluster))}
    return left


_ASCII = frozenset(map(chr, range(0x20, 0x7F)))


def _files(within: Iterable[str]) -> list[Path]:
    every = (path for folder in within for path in Path(folder).rglob("*"))
    return [path for path in every if path.suffix.lower() in _ENDINGS]


@cache
def _covered(path: Path) -> frozenset[int]:
    """The code points of a font file (its first font, if it is a collection)."""
    try:
        with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or {})
    except (OSError, TTLibError, *_BROKEN):
        return frozenset()
