"""Visits that note literals of a Python file which may be SQL, joined where they are added up."""

import re

from tree_sitter import Node

from assessor.collect.languages.cursor_walk import line
from assessor.collect.languages.python_tree import Walk

_PIECE = re.compile(rb"[rRbBuUfF]{0,2}('''|\"\"\"|'|\")(.*)\1", re.DOTALL)
starts_sql = re.compile(
    rb"[rbuf]{0,2}(?:'''|\"\"\"|'|\")(?:\s|\\n|\\\n|\(|--[^\n]*\n)*"
    rb"(?:select|insert|update|delete|merge|replace|truncate|with)\s",
    re.IGNORECASE,
).match
_BLANK = re.compile(rb"[\s\\]*\+?[\s\\]*").fullmatch
_ADDED = re.compile(rb"[\s\\]*\+[\s\\]*[\w.\[\]()]+[\s\\]*\+[\s\\]*").fullmatch
_OPEN_END = re.compile(rb"[\s\\]*\+[\s\\]*[A-Za-z_]").match
_PASSED = re.compile(
    rb"(?:execute|executemany|executescript|raw|text|RawSQL|read_sql|read_sql_query|mogrify"
    rb"|exec_driver_sql)\(\s*(?:[\w.]*text\(\s*)?\Z"
)
_VALUE = re.compile(r"'[^']*'")
_PART = re.compile(r"\{[^{}]*\}")
_LONGEST, _NEAR = 4_000, 60  # letters kept, bytes looked at before


def on_text(walk: Walk, node: Node) -> None:
    """Note a literal that starts as SQL does, or that goes on with one before it."""
    start, end = node.start_byte, node.end_byte
    if walk.asking >= 0:
        between = walk.source[walk.asking : start]
        if len(between) < _LONGEST and (_BLANK(between) or _ADDED(between)):
            last = walk.asked[-1]
            joint = "" if _BLANK(between) else "{}"
            last[2] = f"{last[2]}{joint}{_plain(walk, start, end)}"[:_LONGEST]
            walk.asking = end
            _close(walk, end)
            return
        walk.asking = -1
    if starts_sql(walk.source, start, end):
        sure = _PASSED.search(walk.source[max(0, start - _NEAR) : start]) is not None
        at, name = walk.assigned
        given = name.decode("utf-8", "replace") if _given(walk, at, start) else ""
        text = _plain(walk, start, end)[:_LONGEST]
        walk.asked.append([walk.scope.name, line(node), text, sure, given])
        walk.asking = end
        _close(walk, end)


def _given(walk: Walk, at: int, start: int) -> bool:
    return 0 <= at <= start <= at + _NEAR and not walk.source[at:start].strip(b"( \t\r\n\\")


def _close(walk: Walk, end: int) -> None:
    """What a name adds at the end is not known."""
    if _OPEN_END(walk.source, end, end + _NEAR):
        walk.asked[-1][2] = f"{walk.asked[-1][2]}{{}}"


def _plain(walk: Walk, start: int, end: int) -> str:
    """The text without quotes, values in it and what a formatted literal fills in."""
    written = walk.source[start:end]
    found = _PIECE.fullmatch(written)
    if found is None:
        return ""
    text = found[2].decode("utf-8", "replace").replace("\\\n", "").replace("\\n", "\n")
    if b"f" in written[:2].lower() and written[:1] not in b"'\"":
        text = _PART.sub("{}", text)
    return _VALUE.sub("''", text)
