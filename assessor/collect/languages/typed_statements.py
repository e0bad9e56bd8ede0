"""Texts of SQL and of queries over entities, in code and in mappers: what they do to tables."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypedDict, cast

from assessor.collect.languages.csharp_sql import RUNS
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.sql import statement
from assessor.collect.languages.typed_accesses import Access, Unread
from assessor.collect.languages.typed_entities import Entities, Stored, entity_named
from assessor.collect.languages.typed_marks import Noted, literal, origin
from assessor.collect.languages.typed_sessions import named_queries, of_mybatis, session_calls
from assessor.collect.languages.typed_table import Table, Type, nearest, qualified
from assessor.model.records import File

_QUERIES = frozenset({"createQuery", "createSelectionQuery", "createMutationQuery"})
_RUNS = frozenset(
    {
        "createNativeQuery", "createSQLQuery", "prepareStatement", "prepareCall", "executeQuery",
        "executeUpdate", "queryForObject", "queryForList", "queryForMap", "queryForRowSet",
        "queryForStream", "batchUpdate", "createNativeMutationQuery", *RUNS,
    }
)  # fmt: skip
_NATIVE = frozenset({"NamedNativeQuery", "NativeQuery", "Select", "Insert", "Update", "Delete"})
_NAMED = frozenset({"NamedQuery", "NamedNativeQuery"})
_INCLUDES = 8  # fragments within fragments; only a circle gets there
Found = Iterator[Access | Unread]


class _Mapper(TypedDict):
    """What `jvm_settings` makes of a mapper."""

    namespace: str
    fragments: dict[str, str]
    statements: list[str | int]
    ids: list[str]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that may be a statement. mode: `sql`, `jpql`, or "" = whatever its names are."""

    text: str
    mode: str
    via: str
    scope: Type
    file: File
    line: int


def statements(
    table: Table,
    noted: Sequence[Noted],
    found: Entities,
    *,
    served: Mapping[Type, Stored],
    settings: Sequence[Extracted] = (),
) -> Found:
    """What the texts in the code do. served: repository -> the class that it stores."""
    for text in (*_in_code(table, served), *_named(table, noted, settings)):
        yield from _done(text, found)


def mappers(table: Table, settings: Sequence[Extracted]) -> Found:
    """What the mappers of MyBatis do: their interfaces do it, in the XML."""
    held = _held(settings)
    fragments = _fragments(held)
    for each, mapper in held:
        types = table.tops.get(mapper["namespace"])
        owner = qualified(table, mapper["namespace"], types[0].source) if types else None
        rows = mapper["statements"]
        for written, line in zip(rows[::2], rows[1::2], strict=True) if owner else ():
            text = _included(str(written), mapper["namespace"], fragments)
            yield from _done(
                _Text(text, "sql", "mapper", cast("Type", owner), each.file, int(line)), None
            )


def called_by_id(table: Table, settings: Sequence[Extracted]) -> Found:
    """What statements of mappers do that code calls by their id: `selectList("orders.all")`."""
    held = _held(settings)
    fragments = _fragments(held)
    texts = {
        f"{mapper['namespace']}.{name}": _included(str(text), mapper["namespace"], fragments)
        for _, mapper in held
        for name, text in zip(mapper["ids"], mapper["statements"][::2], strict=True)
    }
    for source in table.sources if texts else ():
        for call in session_calls(source):
            name = call.argument[1:] if call.argument[:1] == '"' else ""
            if name in texts and of_mybatis(table, call):
                file = source.file
                yield from _done(
                    _Text(texts[name], "sql", "mapper", call.scope, file, call.line), None
                )


def _held(settings: Sequence[Extracted]) -> list[tuple[Extracted, _Mapper]]:
    """The mappers, in order of path."""
    found = [(each, cast("_Mapper", each.facts)) for each in settings if "namespace" in each.facts]
    return sorted(found, key=lambda item: item[0].file.path)


def _fragments(held: Sequence[tuple[Extracted, _Mapper]]) -> dict[str, str]:
    return {
        f"{mapper['namespace']}.{name}": text
        for _, mapper in held
        for name, text in mapper["fragments"].items()
    }


def _included(text: str, namespace: str, fragments: Mapping[str, str]) -> str:
    """The text with the fragments that it names put in."""
    for _ in range(_INCLUDES):
        before, mark, rest = text.partition("{@")
        name, _, after = rest.partition("}")
        if not mark:
            return text
        fragment = fragments.get(f"{namespace}.{name}", fragments.get(name, "{}"))
        text = f"{before}{fragment}{after}"
    return text


def _in_code(table: Table, served: Mapping[Type, Stored]) -> Iterator[_Text]:
    for source in table.sources:
        data = source.facts.get("data")
        flat = data["statements"] if data is not None else []
        for written, context, at, line in zip(*(flat[i::4] for i in range(4)), strict=True):
            scope = source.types[int(at)]
            mode, via = _use(table, scope, str(context))
            if via:
                text = _of_entity(str(written), served.get(scope))
                yield _Text(text, mode, via, scope, source.file, int(line))


def _of_entity(text: str, stored: Stored | None) -> str:
    return text.replace("#{#entityName}", stored.name) if stored is not None else text


def _use(table: Table, scope: Type, context: str) -> tuple[str, str]:
    """Mode and `via` by what a text is given to; via "" = looked at elsewhere."""
    if context[:1] != "@":
        mode = "jpql" if context in _QUERIES else "sql" if context in _RUNS else ""
        return mode, mode or "sql"
    name, _, native = context[1:].partition(" ")
    package = origin(table, scope, name)
    return _annotated(name.rpartition(".")[2], package, native=bool(native)) or ("", "sql")


def _annotated(simple: str, package: str, *, native: bool) -> tuple[str, str] | None:
    """Mode and `via` of the text of an annotation; None for one that says nothing of it."""
    if not package:
        return None
    if simple in _NAMED:
        return "", ""
    if simple in _NATIVE:
        return "sql", "mapper" if package.startswith("org.apache") else "sql"
    if simple == "Query":
        over_entities = ".jpa" in package or package == "org.springframework.data"
        return ("jpql", "jpql") if over_entities and not native else ("sql", "sql")
    return None


def _named(table: Table, noted: Sequence[Noted], settings: Sequence[Extracted]) -> Iterator[_Text]:
    """Queries with a name: whoever asks for one runs it; where no one does, its class does."""
    declared: dict[str, dict[Type, Noted]] = {}
    for mark in noted:
        if mark.kind in _NAMED:
            name = literal(mark.arguments.get("name", "")) or ""
            declared.setdefault(name, {}).setdefault(mark.owner, mark)
    asked: set[Noted] = set()
    in_xml = _in_xml(settings)
    for name, call in named_queries(table):
        held = declared.get(name, {})
        if held:
            mark = held[nearest(held, call.scope.source)]
            asked.add(mark)
            yield from _query(mark, call.scope, call.line)
        elif name in in_xml:
            text, mode = in_xml[name]
            yield _Text(text, mode, mode, call.scope, call.scope.source.file, call.line)
    for mark in (each for held in declared.values() for each in held.values()):
        if mark not in asked:
            yield from _query(mark, mark.owner, mark.line)


def _in_xml(settings: Sequence[Extracted]) -> dict[str, tuple[str, str]]:
    """Name -> text and mode of the queries in mappings; of several the first by path."""
    found: dict[str, tuple[str, str]] = {}
    for each in sorted(settings, key=lambda item: item.file.path):
        rows = cast("dict[str, list[str]]", each.facts).get("queries", [])
        for name, text, mode in zip(rows[::3], rows[1::3], rows[2::3], strict=True):
            found.setdefault(name, (text, mode))
    return found


def _query(mark: Noted, scope: Type, line: int) -> Iterator[_Text]:
    text = literal(mark.arguments.get("query", ""))
    mode = "jpql" if mark.kind == "NamedQuery" else "sql"
    if text:
        yield _Text(text, mode, mode, scope, scope.source.file, line)


def _done(text: _Text, found: Entities | None) -> Found:
    known: AbstractSet[str] = found.tables | found.names.keys() if found is not None else set()
    said = statement(text.text, known=known, sure=text.mode != "")
    unit = text.scope.source
    if said.unread:
        yield Unread(unit, said.unread, text.text, text.file, text.line)
    for name, operation in said.accesses:
        if _is_temporary(name, text.text):
            continue
        stored = _stored(text, name, found)
        if stored is None and text.mode == "jpql":
            yield Unread(unit, "dynamic", text.text, text.file, text.line)
        else:
            table, via = (stored.table, "jpql") if stored is not None else (name, text.via)
            if table:
                yield Access(
                    unit, table, operation, via, text.file, text.line, statement=text.text
                )


def _is_temporary(name: str, text: str) -> bool:
    """Whether a table is one of SQL Server that ends with its session."""
    return name[:1] == "#" or f"#{name.rpartition('.')[2]}" in text.lower()


def _stored(text: _Text, name: str, found: Entities | None) -> Stored | None:
    """The stored class that a statement means by a name; None where it means a table."""
    if found is None or text.mode == "sql" or (text.mode == "" and name in found.tables):
        return None
    return entity_named(found, name, text.scope)
