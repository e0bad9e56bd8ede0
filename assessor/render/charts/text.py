"""Text as charts need it: clean for XML, measured, shortened and wrapped."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, takewhile

ELLIPSIS = "…"
_LONG = 400  # characters, more than any lines can hold
# What XML 1.0 cannot hold, what shows nothing and what turns the direction of its neighbours.
_BAD = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE = re.compile(f"([{_MARKS}]{{2}})[{_MARKS}]+")
# Ends of lines: after spaces and the signs in paths and names, and before the hump of a camel.
_BREAK = re.compile(r"(?<=[\s/._\-:])(?=[^\s/._\-:])|(?<=[a-z])(?=[A-Z])")
_OPENING, _CLOSING = "([（《「『【〔“‘", "）》」』】〕”’，。、：；！？…"
# Advance widths in em, rounded up, of Noto Sans.
_WIDTHS = {
    sign: width
    for width, signs in {
        0.28: "'ijl!,.:;J` ",
        0.34: "()-[]If",
        0.4: 't/\\{}"r',
        0.5: "?_zcs",
        0.56: "vyFLkx*S|",
        0.6: "ETae$+0123456789<=>YZ^~XPVo",
        0.65: "bdgpqKRhnuCA#B",
        0.75: "&DGUH",
        0.8: "NOQw",
        0.95: "%@MWm",
    }.items()
    for sign in signs
}
_LAST_ALPHABETIC = "\u052f"  # the end of Latin, Greek and Cyrillic


def clean(text: str) -> str:
    """The text on one line, with U+FFFD for what XML cannot hold, controls and bidi controls."""
    spaced = _SPACE.sub(" ", _BAD.sub("\ufffd", text)).strip()
    return _PILE.sub(r"\1", spaced)


def width(text: str, *, size: float) -> float:
    """Estimated width, in the unit of `size`; rather too wide than too narrow."""
    return size * sum(map(_em, text))


@cache
def _em(sign: str) -> float:
    """Width of one character in em."""
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.3 if sign >= "\U0001f000" else 1.0
    return 0.7 if sign <= _LAST_ALPHABETIC else 1.0


def shorten(text: str, *, size: float, room: float) -> str:
    """The clean text, cut with … to fit into `room`; of a path the end is kept."""
    whole = clean(text)
    if width(whole[:2000], size=size) <= room:
        return whole
    if "/" in whole:
        kept = _fitting(whole[::-1], size=size, room=room)[::-1].lstrip()
        return ELLIPSIS + kept
    return _fitting(whole, size=size, room=room).rstrip() + ELLIPSIS


def _fitting(text: str, *, size: float, room: float) -> str:
    """The longest start of the text that leaves space for an ellipsis."""
    limit = room - width(ELLIPSIS, size=size)
    sums = accumulate(size * _em(sign) for sign in text)
    return text[: sum(1 for _ in takewhile(lambda used: used <= limit, sums))]


def wrap(text: str, *, size: float, room: float, lines: int) -> tuple[str, ...]:
    """At most `lines` lines of similar length; none for an empty text.

    Broken at spaces, between CJK characters, after / . _ - : and in camelCase. What does not fit
    is cut with an ellipsis.
    """
    whole = clean(text)
    whole = whole if len(whole) <= _LONG else whole[: _LONG // 2] + whole[-_LONG // 2 :]
    wide = _folded(whole, size=size, room=room, lines=lines)
    if len(wide) <= 1 or ELLIPSIS in wide[-1]:
        return wide
    tries = (
        _folded(whole, size=size, room=room * part / 100, lines=len(wide))
        for part in range(50, 100, 4)
    )
    even = [found for found in tries if ELLIPSIS not in found[-1]]
    sensible = (found for found in even if any(line[0] in _OPENING for line in found[1:]))
    return next(sensible, even[0] if even else wide)


def _folded(whole: str, *, size: float, room: float, lines: int) -> tuple[str, ...]:
    """Lines as full as can be."""
    rest = whole
    found: list[str] = []
    while rest and len(found) < lines - 1 and width(rest, size=size) > room:
        line = _line(rest, size=size, room=room)
        if not line:
            break
        found.append(line.rstrip())
        rest = rest[len(line) :]
    return (*found, shorten(rest, size=size, room=room)) if rest else tuple(found)


def _line(text: str, *, size: float, room: float) -> str:
    """The pieces at the start of the text that fit into the room; "" if not even one does."""
    ends = accumulate(len(piece) for piece in _pieces(text))
    fits = [end for end in ends if width(text[:end].rstrip(), size=size) <= room]
    return text[: max(fits, default=0)]


def _pieces(text: str) -> Iterator[str]:
    """The parts between which a line may be broken."""
    for piece in _BREAK.split(text):
        start = 0
        for position, sign in enumerate(piece):
            follower = piece[position + 1 : position + 2]
            if sign in _OPENING or (follower and follower in _CLOSING):
                continue
            if unicodedata.east_asian_width(sign) in "WF":
                yield piece[start : position + 1]
                start = position + 1
        if start < len(piece):
            yield piece[start:]
