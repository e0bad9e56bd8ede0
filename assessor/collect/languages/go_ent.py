"""What calls of the clients that ent has made do to tables: `client.User.Create()`."""

from collections.abc import Iterator, Mapping
from typing import cast

from assessor.collect.languages.go_entities import Entities
from assessor.collect.languages.go_facts import CALL
from assessor.collect.languages.go_meaning import meaning, named
from assessor.collect.languages.go_orm import Access
from assessor.collect.languages.go_table import Project, Source, Type

_CLIENT = "Client"
_OPERATIONS: Mapping[str, str] = {
    "Create": "create", "CreateBulk": "create", "Delete": "delete", "DeleteOne": "delete",
    "DeleteOneID": "delete", "Get": "read", "GetX": "read", "MapCreateBulk": "create",
    "Query": "read", "Update": "update", "UpdateOne": "update", "UpdateOneID": "update",
}  # fmt: skip


def ent_accesses(project: Project, found: Entities) -> Iterator[Access]:
    """The accesses of all files but those that declare the clients."""
    tables = {
        each.type.name + _CLIENT: each.table
        for each in found.stored.values()
        if each.framework == "ent" and each.table
    }
    clients = {type_ for type_ in project.types if type_.name in tables and _OPERATIONS.keys()
               & type_.methods.keys()}  # fmt: skip
    if not clients:
        return
    made = {type_.source for type_ in clients}
    for source in project.sources:
        if source not in made:
            for type_, name, line, count in _calls(project, source, clients=clients):
                access = Access(source, line, tables[type_.name], _OPERATIONS[name])
                yield from [access] * count


def _calls(
    project: Project, source: Source, *, clients: set[Type]
) -> Iterator[tuple[Type, str, int, int]]:
    uses = source.facts["uses"]
    for key, count, line in zip(uses[::3], uses[1::3], uses[2::3], strict=True):
        before, bar, name = cast("str", key)[1:].rpartition("|.")
        if cast("str", key)[0] != CALL or not bar or name not in _OPERATIONS:
            continue
        owner = meaning(project, source, before)
        type_ = named(project, owner.home, owner.type) if owner and owner.home else None
        if type_ in clients and type_ is not None:
            yield type_, name, cast("int", line), cast("int", count)
