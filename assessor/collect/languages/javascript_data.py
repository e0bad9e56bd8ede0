"""`data.*` artefacts of scripts: what is stored, how it hangs together, who does what to it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from assessor.collect.languages import sql
from assessor.collect.languages.javascript_facts import ScriptFacts
from assessor.collect.languages.javascript_follow import Entity, Meaning, Names, meaning
from assessor.collect.languages.javascript_tables import (
    BUILDERS,
    OF_OBJECT,
    OPERATIONS,
    READ,
    plural,
    table_of,
)
from assessor.collect.languages.python_literals import masked
from assessor.collect.languages.resolution import Extracted
from assessor.model.basis import Location, Node, Scalar
from assessor.model.records import Artefact, File, FileKind

Row = list[object]
# (path, table, operation, via) -> lines
Accesses = dict[tuple[str, str, str], list[tuple[int, str]]]
_SHOWN = 200


def names(
    facts: Mapping[str, ScriptFacts],
    targets: Mapping[str, Sequence[str | None]],
    settings: Sequence[Extracted],
) -> Names:
    """All that is stored, by file and by the names of models."""
    frozen = any(_stored(said).get("frozen") for said in facts.values())
    entities: dict[str, dict[str, Entity]] = {}
    models: dict[str, list[Entity]] = {}
    for path in sorted(facts):
        for row in cast("list[Row]", _stored(facts[path]).get("entities", [])):
            symbol, name, written, framework, line, model = row
            table = table_of(
                str(framework), str(written), name=str(name), model=str(model), frozen=frozen
            )
            one = Entity(
                path, str(symbol), str(name), table, str(framework), cast("int", line), str(model)
            )
            entities.setdefault(path, {})[one.symbol] = one
            for title in {one.model, one.name}:
                models.setdefault(title, []).append(one)
    for one in _of_prisma(settings):
        entities.setdefault(one.path, {})[one.symbol] = one
    return Names(facts, targets, entities, models)


def _stored(said: ScriptFacts) -> Mapping[str, object]:
    return said.get("stored", {})


def _of_prisma(settings: Sequence[Extracted]) -> Iterator[Entity]:
    for each in sorted(settings, key=lambda one: one.file.path):
        said = cast("Mapping[str, list[Row]]", each.facts)
        for name, table, line in said["models"]:
            yield Entity(
                each.file.path, str(name), str(name), str(table), "prisma", cast("int", line),
                str(name),
            )  # fmt: skip


def data_artefacts(
    known: Names, files: Mapping[str, File], settings: Sequence[Extracted]
) -> list[Artefact]:
    """All of them, sorted; a row is there once, whatever the order of the files."""
    every = {**files, **{one.file.path: _as_code(one.file, files) for one in settings}}
    found = [
        _artefact("data.entity", every[one.path], line=one.line, values=_entity(one))
        for symbols in known.entities.values()
        for one in symbols.values()
        if one.table
    ]
    found += [
        _artefact("data.relation", every[path], line=line, values=values)
        for path, line, values in (*_relations(known), *_prisma_relations(settings))
    ]
    done, unread = _done(known)
    for (path, table, operation), places in done.items():
        line, via = min(places)
        values: dict[str, Scalar] = {
            "table": table, "operation": operation, "via": via, "count": len(places),
        }  # fmt: skip
        found.append(_artefact("data.access", every[path], line=line, values=values))
    found += [
        _artefact("data.unread", every[path], line=line, values={"reason": reason, "text": text})
        for path, line, reason, text in sorted(unread)
    ]
    return sorted(found, key=lambda one: (one.location, one.kind, repr(one.root.value)))


def _as_code(file: File, files: Mapping[str, File]) -> File:
    """The schema as a file of the language that most of the code is in."""
    counts = Counter(one.language for one in files.values())
    language = min(counts, key=lambda name: (-counts[name], name)) if counts else file.language
    kind = FileKind.TEST if file.kind is FileKind.TEST else FileKind.SOURCE
    return File(file.path, kind, language, file.size, file.blob, file.rule)


def _artefact(kind: str, file: File, *, line: int, values: Mapping[str, Scalar]) -> Artefact:
    root = {
        "language": file.language, **values, "unit": file.path, "unit_kind": str(file.kind),
    }  # fmt: skip
    nodes = {name: Node(line, value) for name, value in root.items()}
    return Artefact(kind, Location(file.path, line), Node(line, nodes))


def _entity(one: Entity) -> dict[str, Scalar]:
    return {"entity": one.name, "table": one.table, "framework": one.framework}


def _relations(known: Names) -> Iterator[tuple[str, int, dict[str, Scalar]]]:
    for path in sorted(known.facts):
        for row in cast("list[Row]", _stored(known.facts[path]).get("relations", [])):
            module, whence, field, other, target, cardinality, key, framework, line = row
            source = meaning(known, path, str(module), said=str(whence))
            aim = meaning(known, path, str(other), said=str(target))
            if source is None or aim is None or source.entity is None or aim.entity is None:
                continue
            if source.rest or aim.rest:
                continue
            shown = str(field) or _field(aim.entity, str(cardinality))
            yield path, cast("int", line), {
                "source": source.entity.name, "target": aim.entity.name, "field": shown,
                "cardinality": str(cardinality), "foreign_key": bool(key),
                "framework": str(framework),
            }  # fmt: skip


def _field(target: Entity, cardinality: str) -> str:
    """The name that Sequelize gives a relation: that of the model, or its plural."""
    if not cardinality.endswith("many"):
        return target.model
    many = plural(target.model, "sequelize")
    return many if target.model.islower() else f"{target.model[:1]}{many[1:]}"


def _prisma_relations(
    settings: Sequence[Extracted],
) -> Iterator[tuple[str, int, dict[str, Scalar]]]:
    for each in settings:
        said = cast("Mapping[str, list[Row]]", each.facts)
        for source, field, target, cardinality, key, line in said["relations"]:
            yield each.file.path, cast("int", line), {
                "source": str(source), "target": str(target), "field": str(field),
                "cardinality": str(cardinality), "foreign_key": bool(key), "framework": "prisma",
            }  # fmt: skip


def _done(known: Names) -> tuple[Accesses, set[tuple[str, int, str, str]]]:
    """What units do to tables, and what of it could not be read."""
    done: Accesses = {}
    unread: set[tuple[str, int, str, str]] = set()
    tables = {one.table for symbols in known.entities.values() for one in symbols.values()}
    for path in sorted(known.facts):
        stored = _stored(known.facts[path])
        for line, module, said in cast("list[tuple[int, str, str]]", stored.get("calls", [])):
            found = meaning(known, path, module, said=said)
            for table, operation in _operations(known, found) if found is not None else ():
                done.setdefault((path, table, operation), []).append((line, "orm"))
        for line, text, sure in cast("list[tuple[int, str, bool]]", stored.get("texts", [])):
            result = sql.statement(text, known=tables, sure=sure)
            for table, operation in result.accesses:
                done.setdefault((path, table, operation), []).append((line, "sql"))
            if result.unread and (sure or "{}" in text):
                unread.add((path, line, result.unread, _shown(text)))
    return done, unread


def _shown(text: str) -> str:
    return masked(" ".join(text.split()))[:_SHOWN]


def _operations(known: Names, found: Meaning) -> Iterator[tuple[str, str]]:
    """(table, operation) of a call, by the library that the entity is of."""
    if found.entity is not None:
        table = found.entity.table
        for operation in _of_entity(found.entity, found.rest) if table else ():
            yield table, operation
        return
    package = found.module.partition("/")[0]
    if package == "knex":
        yield from _of_builder(found.rest)
    elif package in {"mongodb", "mongoose"} and "collection('" in found.rest:
        name, _, rest = found.rest.rpartition("collection('")[2].partition("')")
        for operation in OPERATIONS["mongodb"].get(_verb(rest), ()):
            yield name.lower(), operation
    elif found.module == "@prisma/client" and "PrismaClient()" in found.rest:
        yield from _of_client(known, found.rest)


def _of_entity(entity: Entity, rest: str) -> Sequence[str]:
    verbs = OPERATIONS.get(entity.framework, {})
    parts = rest.split(".")
    if parts[0] in {"@repository", "@model", "@table"}:
        parts = parts[1:]
    if parts and parts[0] == "@model()":
        parts = ["()", *parts[1:]]
    if not parts or not parts[-1].endswith("()"):
        return ()
    if any(part.startswith("createQueryBuilder(") for part in parts):
        return _of_chain(parts, verbs)
    verb = parts[-1].removesuffix("()")
    if len(parts) == 1:
        return verbs.get(verb, ())
    if parts[0] in {"()", "build()"} or parts[0] == "create()":
        created = ("create",) if verb == "save" and parts[0] != "create()" else None
        return created or (OF_OBJECT.get(verb, ()) if len(parts) == 2 else ())  # noqa: PLR2004 - made, called
    if _is_found(parts, verbs):
        return OF_OBJECT.get(verb, ())
    return ()


def _is_found(parts: Sequence[str], verbs: Mapping[str, tuple[str, ...]]) -> bool:
    """An object that was read, and something that is called on it."""
    return len(parts) == 2 and verbs.get(parts[0].removesuffix("()")) == READ  # noqa: PLR2004 - read, called


def _of_chain(parts: Sequence[str], verbs: Mapping[str, tuple[str, ...]]) -> Sequence[str]:
    last = parts[-1].removesuffix("()")
    if last == "execute":
        return next((done for name, done in BUILDERS if name in parts), ())
    return verbs.get(last, ()) if verbs.get(last) == READ else ()


def _verb(rest: str) -> str:
    parts = [part for part in rest.split(".") if part]
    return parts[0].removesuffix("()") if parts and parts[0].endswith("()") else ""


def _of_builder(rest: str) -> Iterator[tuple[str, str]]:
    """`knex('users').where(…).update(…)`, `knex.select().from('users')`."""
    _, found, after = rest.partition("('")
    name, _, chain = after.partition("')")
    table = name.partition(" as ")[0].lower()
    if not found or not table:
        return
    calls = chain.split(".")
    for operation in next((done for verb, done in BUILDERS if verb in calls), READ):
        yield table, operation


def _of_client(known: Names, rest: str) -> Iterator[tuple[str, str]]:
    """`prisma.user.findMany()`: a model by its name, its first letter small."""
    parts = rest.rpartition("PrismaClient()")[2].removeprefix(".").split(".")
    if len(parts) != 2 or not parts[1].endswith("()"):  # noqa: PLR2004 - model, method
        return
    for symbols in known.entities.values():
        for one in symbols.values():
            if one.framework == "prisma" and one.name[:1].lower() + one.name[1:] == parts[0]:
                for operation in OPERATIONS["prisma"].get(parts[1].removesuffix("()"), ()):
                    yield one.table, operation
                return
