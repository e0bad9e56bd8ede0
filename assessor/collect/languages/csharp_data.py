"""What C# adds to the data artefacts: Entity Framework's model and what is done with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.collect.languages.csharp_access import accesses
from assessor.collect.languages.csharp_entities import gathered, stored_classes
from assessor.collect.languages.csharp_relations import relations
from assessor.collect.languages.csharp_repositories import repository_calls
from assessor.collect.languages.typed_accesses import Access
from assessor.collect.languages.typed_entities import Entities, Relation
from assessor.collect.languages.typed_table import Table

_NONE = Entities({}, {}, (), frozenset(), {}, {})


@dataclass(frozen=True, slots=True)
class Modelled:
    """Stored classes, what leads from one to another, and what is done to their tables."""

    entities: Entities = _NONE
    relations: Iterable[Relation] = ()
    accesses: Iterable[Access] = ()


def modelled(table: Table) -> Modelled:
    """Of a project in C#; nothing for one in another language.

    SQL in C# names tables, never classes: so the entities go without names for queries.
    """
    if not table.sources or table.sources[0].file.language != "csharp":
        return Modelled()
    model = gathered(table)
    stored = stored_classes(model)
    tables = frozenset(each.table for each in stored.values() if each.table)
    found = Entities(stored, {}, (), tables, {}, {})
    done = [*accesses(table, stored), *repository_calls(table, stored)]
    return Modelled(found, relations(model, stored), done)
