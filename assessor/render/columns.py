"""How wide the columns of a table should be, in character cells (a Chinese character is two)."""

from collections.abc import Sequence
from math import isqrt

from rich.cells import cell_len

# A column of cells no longer than SHORT is never folded, a word only if it is longer than LONG.
SHORT, LONG = 14, 20


def widths(
    columns: Sequence[Sequence[str]], *, numeric: Sequence[bool], room: int, gap: int
) -> list[int] | None:
    """The width of each column, so that no word is cut that need not be; None if none will do.

    columns: the texts of each column, its heading included. gap: cells between two columns. What
    is left over goes to the columns that want it, by the square root of how much: one of much text
    gets more, but not at the cost of all others.
    """
    most = [max(1, *(cell_len(text) for text in column)) for column in columns]
    least = [
        whole if number or whole <= SHORT else max(1, min(_longest_word(column), LONG))
        for column, whole, number in zip(columns, most, numeric, strict=True)
    ]
    left = room - sum(least) - gap * (len(columns) - 1)
    if left < 0:
        return None
    if sum(most) - sum(least) <= left:
        return most
    made = list(least)
    wants = [whole - small for whole, small in zip(most, least, strict=True)]
    wanting = sorted(range(len(columns)), key=lambda i: wants[i])
    for done, i in enumerate(wanting):
        weights = sum(isqrt(wants[j]) for j in wanting[done:])
        given = min(wants[i], left * isqrt(wants[i]) // weights if weights else 0)
        made[i] += given
        left -= given
    return made


def _longest_word(column: Sequence[str]) -> int:
    return max(cell_len(word) for text in column for word in (text.split() or [""]))
