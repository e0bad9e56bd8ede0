"""The fonts of a report: full Noto fonts from two pip packages, and what they can show."""

import importlib.util
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
LATIN, CHINESE = "Noto Sans", "Noto Sans CJK SC"
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


def lacking(characters: Iterable[str], *, within: Iterable[str]) -> frozenset[str]:
    """The characters that no font in the folders can show; the fonts are read until all are found.

    Private use characters are lacking whatever a font says: an archive must not depend on them.
    """
    left = {character for character in characters if character not in _ASCII}
    private = {character for character in left if _private(ord(character))}
    left -= private
    for path in sorted(_files(within), key=_usual_first):
        if not left:
            break
        covered = _covered(path)
        left = {character for character in left if ord(character) not in covered}
    return frozenset(left | private)


_ASCII = frozenset(map(chr, range(0x20, 0x7F)))


def _private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000  # noqa: PLR2004 - the planes' borders


def _files(within: Iterable[str]) -> list[Path]:
    every = (path for folder in within for path in Path(folder).rglob("*"))
    return [path for path in every if path.suffix.lower() in _ENDINGS]


def _usual_first(path: Path) -> tuple[bool, str]:
    """The two fonts that show nearly everything are asked before the others."""
    usual = path.name.startswith(("NotoSans[", "NotoSansCJK"))
    return not usual, path.name


@cache
def _covered(path: Path) -> frozenset[int]:
    """The code points of a font file (its first font, if it is a collection)."""
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or {})
    except (OSError, TTLibError):
        return frozenset()
