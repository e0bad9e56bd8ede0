"""SQL files: which tool runs them, by their names and marks, and what they do going forward."""

import re

from assessor.collect.platform.schema_ddl import steps
from assessor.collect.platform.schema_steps import Changes

_FLYWAY = re.compile(r"(?:[VB]\d[\d._]*__|R__).+\.sql")
_UNDO = re.compile(r"U\d[\d._]*__.+\.sql")
_BACK = re.compile(
    r"(?:^|[/._-])(?:down|undo|rollback|roll-back|revert|uninstall|archived?|deprecated|old)"
    r"(?=[/._-])",
    re.IGNORECASE,
)
_PRISMA = re.compile(r"(?:^|/)migrations/\d{8,}_[^/]*/migration\.sql$")
_UP = re.compile(r"\d+_[^/]*\.up\.sql")
_NUMBERED = re.compile(r"v?\d+(?:[._-]\d+)*[._ -]\D.*\.sql|\d+\.sql", re.IGNORECASE)
_MARK = re.compile(
    r"^[ \t]*+(?:--|\#)[ \t]*+(?P<by>\+goose|\+migrate|\+micrate|migrate:|---[ \t]*!|//@?)[ \t]*+"
    r"(?P<way>ups?|downs?|undo)\b[^\n]*+",
    re.IGNORECASE | re.MULTILINE,
)
_TOOLS = {
    "+goose": "goose",
    "+migrate": "sql-migrate",
    "+micrate": "micrate",
    "migrate:": "dbmate",
    "//@": "mybatis-migrations",
    "//": "mybatis-migrations",
}
_LIQUIBASE = re.compile(r"\s*--[ \t]*liquibase formatted sql", re.IGNORECASE)
_SQITCH = re.compile(r"\s*--[ \t]*(Deploy|Revert|Verify)[ \t]+(?:[\w.-]+:)?(\S+)")
_REQUIRES = re.compile(r"^--[ \t]*requires:[ \t]*(\S[^\n]*)", re.MULTILINE)
_BREAKPOINT = "--> statement-breakpoint"


def sql_changes(path: str, text: str) -> tuple[Changes | None, list[int]]:
    """What the file does to the schema, None if it goes back; and lines of broken statements."""
    name = path.rpartition("/")[2]
    if _UNDO.fullmatch(name) or _BACK.search(path):
        return None, []
    sqitch = _SQITCH.match(text)
    if sqitch and sqitch[1] != "Deploy":
        return None, []
    forward, by = _forward(text)
    found, broken = steps(forward)
    named, before = (sqitch[2], _required(text)) if sqitch else ("", ())
    tool, plain = ("sqitch", False) if sqitch else (by, False) if by else _by_name(path, text)
    return Changes(path, tool, tuple(found), plain, named, before), broken


def _by_name(path: str, text: str) -> tuple[str, bool]:
    """The tool, and whether the file is run by nobody's order."""
    name = path.rpartition("/")[2]
    if _LIQUIBASE.match(text):
        return "liquibase", False
    if _FLYWAY.fullmatch(name):
        return "flyway", False
    if _PRISMA.search(path):
        return "prisma", False
    if _UP.fullmatch(name):
        return "golang-migrate", False
    if _BREAKPOINT in text:
        return "drizzle", False
    return "sql", not _NUMBERED.fullmatch(name)


def _forward(text: str) -> tuple[str, str]:
    """The text with what goes back blanked, and the tool whose marks say so."""
    marks = list(_MARK.finditer(text))
    if not marks:
        return text, ""
    parts, at = [], 0
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        parts.append(text[at : mark.start()])
        section = text[mark.start() : end]
        is_back = not mark["way"].lower().startswith("up")
        parts.append("\n" * section.count("\n") if is_back else section)
        at = end
    tool = _TOOLS.get("".join(marks[0]["by"].lower().split()), "evolutions")
    return "".join(parts), tool


def _required(text: str) -> tuple[str, ...]:
    return tuple(sorted({each for found in _REQUIRES.finditer(text) for each in found[1].split()}))
