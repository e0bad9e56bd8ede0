"""What SQL in texts of Go does to tables, and which statements nothing tells."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import cast

from assessor.collect.languages import sql
from assessor.collect.languages.go_folding import PREFIX
from assessor.collect.languages.go_orm import Access, Unread
from assessor.collect.languages.go_owners import Call, Calls, settled, text_of
from assessor.collect.languages.go_table import Project, Source
from assessor.collect.languages.go_telling import SQL

# `"SELECT " + strings.Join(columns, ", ") + "FROM a"`
_GLUED = re.compile(
    r"\{\}(?=(?:from|group|join|left|limit|order|set|values|where)\b)", re.IGNORECASE
)
# Where the statement stands among the arguments.
_FIRST = frozenset({"sql", "sqlx", "gorm"})
_PLACES: Mapping[str, int] = {"Get": 1, "Select": 1, "GetContext": 2, "SelectContext": 2}
_OF_SQLX = frozenset({"Get", "GetContext", "Select", "SelectContext"})
_OF_GORM = frozenset({"Raw", "Exec"})


def asked(calls: Calls, tables: AbstractSet[str]) -> Iterator[Access | Unread]:
    """What statements in texts do; what of them could not be read."""
    users = _users(calls.project)
    for source in calls.project.sources:
        for line, function, text, sure, target in source.facts.get("asked", []):
            whole = _GLUED.sub("{} ", settled(calls.project, source, cast("str", text)))
            whole = whole.replace(PREFIX, "")
            found = sql.statement(whole, known=tables, sure=bool(sure))
            units = [source] if function else users.get((source, cast("str", target)), [source])
            for table, operation in found.accesses:
                for unit in units:
                    yield Access(unit, cast("int", line), table, operation, source)
            if found.unread:
                yield Unread(source, cast("int", line), found.unread, whole)
    for call in calls.every:
        yield from _unknown(calls, call)


def _users(project: Project) -> dict[tuple[Source, str], list[Source]]:
    """File and name of a constant that is a statement -> the files that use it."""
    named = {
        (source.package.folder, source.package.name, cast("str", row[4])): source
        for source in project.sources
        for row in source.facts.get("asked", [])
        if not row[1] and row[4]
    }
    found: dict[tuple[Source, str], list[Source]] = {}
    for source in project.sources if named else ():
        for key in source.facts["uses"][::3]:
            first, bar, last = cast("str", key)[1:].partition("|.")
            package = source.imports.get(first) if bar else source.package
            name = last if bar else first
            home = named.get((package.folder, package.name, name)) if package else None
            if home is not None and source not in found.setdefault((home, name), []):
                found[home, name].append(source)
    return found


def _unknown(calls: Calls, call: Call) -> Iterator[Unread]:
    """A call that is given a statement of which nothing says what it is."""
    place = _place(call)
    if place < 0 or place >= len(call.given):
        return
    argument, project = call.given[place], calls.project
    text = text_of(project, call.source, argument)
    if text.startswith("{") if text is not None else not _is_known(call, argument):
        shown = argument.partition("\t")[2] if argument[:1] != "'" else argument[1:]
        yield Unread(call.source, call.line, "dynamic", f"{call.name}({shown})")


def _place(call: Call) -> int:
    """Where the statement stands, -1 for a call that takes none."""
    short = call.owner.partition(".")[0]
    if call.name not in SQL or short not in {*_FIRST, "pgx"}:
        return -1
    if short == "gorm":
        return 0 if call.name in _OF_GORM else -1
    if call.name in _OF_SQLX:
        return _PLACES[call.name] if short == "sqlx" else -1
    if call.owner.endswith((".Stmt", ".NamedStmt")):
        return -1
    if short == "pgx":
        return 2 if call.name == "Prepare" else 1
    return 1 if call.name.endswith("Context") else 0


def _is_known(call: Call, argument: str) -> bool:
    """Whether a text was found for the name, or a builder makes the statement."""
    chain, _, name = argument.partition("\t")
    if any(part in chain for part in ("|.ToSql|", "|.MustSql|")):
        return True
    if _has_text(call.source, call.function, name):
        return True
    made = chain.removesuffix("|()")
    if made != chain and any(_gives(one, made) for one in call.source.package.sources):
        return True
    return not chain.startswith("=") and _is_constant(call.source, chain)


def _gives(source: Source, function: str) -> bool:
    """Whether a function of the file holds a statement."""
    return any(row[1] == function for row in source.facts.get("asked", []))


def _has_text(source: Source, function: str, name: str) -> bool:
    return any(
        row[4] == name and row[1] in {function, ""} for row in source.facts.get("asked", [])
    )


def _is_constant(source: Source, chain: str) -> bool:
    """The chain is a constant or variable of a package that is given a statement."""
    first, bar, last = chain.partition("|.")
    package = source.imports.get(first) if bar else source.package
    name = last if bar else first
    sources = package.sources if package is not None else []
    return any(_has_text(one, "", name) for one in sources) or (
        bool(name) and any(name in one.facts.get("texts", {}) for one in sources)
    )
