"""Calls of entity managers and sessions: the argument says which stored class is meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor.collect.languages.typed_accesses import Access
from assessor.collect.languages.typed_chains import end_of
from assessor.collect.languages.typed_entities import Entities, entity_of
from assessor.collect.languages.typed_marks import imported_from
from assessor.collect.languages.typed_table import Source, Table, Type
from assessor.collect.languages.typed_text import erased

_HOMES = ("jakarta.persistence.", "javax.persistence.", "org.hibernate.", "org.springframework.")
_SESSIONS = frozenset(
    {"EntityManager", "TestEntityManager", "Session", "StatelessSession", "HibernateTemplate",
     "HibernateOperations", "JpaTemplate"}
)  # fmt: skip
_OF_MYBATIS = ("org.apache.ibatis.session", "org.mybatis.spring")
_CRITERIA = frozenset({"CriteriaQuery", "CriteriaUpdate", "CriteriaDelete"})
_OPENERS = frozenset(
    {"getCurrentSession(0", "openSession(0", "getHibernateTemplate(0", "getEntityManager(0"}
)
_OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "find": ("read",),
    "get": ("read",),
    "load": ("read",),
    "getReference": ("read",),
    "createCriteria": ("read",),
    "persist": ("create",),
    "save": ("create",),
    "saveOrUpdate": ("create", "update"),
    "merge": ("update",),
    "update": ("update",),
    "remove": ("delete",),
    "delete": ("delete",),
}
_FROM: Mapping[str, tuple[str, ...]] = {
    "CriteriaQuery": ("read",),
    "CriteriaUpdate": ("update",),
    "CriteriaDelete": ("delete",),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A call that may be one of a session, as the file has it."""

    verb: str
    receiver: str
    argument: str
    scope: Type
    line: int


def session_calls(source: Source) -> Iterator[Call]:
    """All such calls of one file."""
    found = source.facts.get("data")
    flat = found["managed"] if found is not None else []
    for verb, receiver, argument, scope, line in zip(
        *(flat[at::5] for at in range(5)), strict=True
    ):
        yield Call(str(verb), str(receiver), str(argument), source.types[int(scope)], int(line))


def managed(table: Table, found: Entities) -> Iterator[Access]:
    """What is done to a table for each call whose argument is of a stored class."""
    for source in table.sources:
        for call in session_calls(source):
            if call.verb == "withTableName" and call.argument[:1] == '"':  # SimpleJdbcInsert
                name = call.argument[1:].lower()
                yield Access(source, name, "create", "sql", source.file, call.line)
                continue
            operations = _operations(table, call)
            stored = entity_of(table, found, _type(table, call)) if operations else None
            if stored is not None and stored.table:
                for operation in operations:
                    yield Access(source, stored.table, operation, "orm", source.file, call.line)


def named_queries(table: Table) -> Iterator[tuple[str, Call]]:
    """The names of queries that are asked for, where the name is a literal."""
    for source in table.sources:
        for call in session_calls(source):
            if call.verb in {"createNamedQuery", "getNamedQuery"} and call.argument[:1] == '"':
                yield call.argument[1:], call


def of_mybatis(table: Table, call: Call) -> bool:
    """Whether a call is one of a session of MyBatis."""
    links = call.receiver.split(":")
    if not call.receiver:
        return False
    end = end_of(table, call.scope, links)
    name = erased(end.written).rpartition(".")[2]
    if not end.written:
        return links[-1] == "getSqlSession(0"
    packages = imported_from(end.scope.source, name)
    known = name in {"SqlSession", "SqlSessionTemplate"} and end.type is None
    return known and any(each.startswith(_OF_MYBATIS) for each in packages)


def _operations(table: Table, call: Call) -> tuple[str, ...]:
    kind = _session(table, call)
    if call.verb == "from":
        return _FROM.get(kind, ())
    return _OPERATIONS.get(call.verb, ()) if kind and kind not in _CRITERIA else ()


def _session(table: Table, call: Call) -> str:
    """The simple name of the session's type, "" for what is none."""
    links = call.receiver.split(":")
    if not call.receiver:
        return ""
    end = end_of(table, call.scope, links)
    if end.type is not None:
        return ""
    if not end.written:
        return "Session" if links[-1] in _OPENERS else ""
    name = erased(end.written)
    simple = name.rpartition(".")[2]
    if simple not in _SESSIONS | _CRITERIA:
        return ""
    before = name.rpartition(".")[0].lstrip(".")
    packages = [before] if before else imported_from(end.scope.source, simple)
    return simple if any(f"{each}.".startswith(_HOMES) for each in packages) else ""


def _type(table: Table, call: Call) -> Type | None:
    if not call.argument or call.argument[0] == '"':
        return None
    return end_of(table, call.scope, call.argument.split(":")).type
