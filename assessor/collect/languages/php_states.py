"""What a value of PHP may be that leads to a table: a model, a query, a repository."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assessor.collect.languages import php_verbs as verbs
from assessor.collect.languages.php_models import Models, Way
from assessor.collect.languages.typed_entities import Stored
from assessor.collect.languages.typed_table import Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased, last_argument, top_level_parts

Done = tuple[str, str]  # table, operation

QUERIES = (
    ".Illuminate.Database.Eloquent.Builder", ".Illuminate.Database.Query.Builder",
    ".Illuminate.Contracts.Database.Eloquent.Builder",
    ".Illuminate.Contracts.Database.Query.Builder",
)  # fmt: skip
_RELATIONS = ".Illuminate.Database.Eloquent.Relations."
MANY = frozenset(
    {
        ".Illuminate.Database.Eloquent.Collection", ".Illuminate.Support.Collection",
        ".Illuminate.Support.LazyCollection", ".Illuminate.Support.Enumerable",
        ".Illuminate.Pagination.LengthAwarePaginator", ".Illuminate.Pagination.Paginator",
        ".Illuminate.Contracts.Pagination.LengthAwarePaginator",
        ".Doctrine.Common.Collections.Collection", ".Doctrine.Common.Collections.ArrayCollection",
        "array", "iterable", "list",
    }
)  # fmt: skip
# What the user is asked of.
_GUARDS = frozenset(
    {
        ".Illuminate.Contracts.Auth.Guard", ".Illuminate.Foundation.Http.FormRequest",
        ".Illuminate.Http.Request", ".Illuminate.Support.Facades.Auth",
        ".Illuminate.Support.Facades.Request",
    }
)  # fmt: skip


class At(StrEnum):
    """What a chain has got to."""

    LOST = "lost"
    PLAIN = "plain"  # an object of a class that is not stored
    CLASS = "class"  # a model, by its name
    ONE = "one"
    NEW = "new"  # one that is not in the table yet
    MANY = "many"
    QUERY = "query"
    REPOSITORY = "repository"
    BUILDER = "builder"  # of Doctrine
    FACTORY = "factory"
    GUARD = "guard"  # gives the user who is logged in


# What a value of a type of a library is; what it is made of stands in the brackets.
_OF_TYPES: Mapping[str, At] = {
    **dict.fromkeys(QUERIES, At.QUERY),
    **dict.fromkeys(MANY, At.MANY),
    ".Doctrine.ORM.EntityRepository": At.REPOSITORY,
    ".Illuminate.Database.Eloquent.FactoryBuilder": At.FACTORY,
}


@dataclass(slots=True)
class State:
    """Where a chain is; never changed, but frozen it would take thrice as long to make.

    table: the one that is meant; stored, type: the class, if one is known.

    way: the relation that led here. was_read: the object came from its table. operation: of a
    builder, if it was said. unit: the repository that asks, in place of the caller.
    """

    at: At = At.LOST
    table: str = ""
    stored: Stored | None = None
    type: Type | None = None
    way: Way | None = None
    was_read: bool = False
    operation: str = verbs.READ
    unit: Type | None = None


LOST = State()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a chain. done: since the last variable. pending: a query nobody has asked yet."""

    state: State
    done: tuple[tuple[Done, Type | None], ...]
    pending: bool


NOWHERE = Outcome(LOST, (), False)


@dataclass(frozen=True, slots=True)
class World:
    """What chains are followed through. begun: first links that have been looked at.

    within: the methods whose results are being looked for.
    """

    table: Table
    models: Models
    within: tuple[tuple[Type, str], ...] = ()
    begun: dict[tuple[Type, str], tuple[State, State]] = field(default_factory=dict)


def guard(world: World) -> State:
    """What gives the user who is logged in, if it is known whose model that is."""
    user = world.models.user
    return State(At.GUARD, user.table, user, user.type) if user is not None else LOST


def written(world: World, scope: Type, type_: str) -> State:
    """What a value of a written type is."""
    name = erased(type_)
    inner = type_.partition("<")[2][:-1]
    at = At.MANY if type_.endswith("[]") else _OF_TYPES.get(name, At.LOST)
    if name.startswith(_RELATIONS):
        at = At.QUERY
    if at is At.QUERY and inner[:1] == "@":
        return State(at, inner[1:])
    if at is At.QUERY:
        inner = next(iter(top_level_parts(inner)), "")
    elif at is At.MANY:
        inner = last_argument(type_)
    if at is not At.LOST:
        return _held(written(world, scope, inner), at) if inner else LOST
    if name in _GUARDS:
        return guard(world)
    found = named(world.table, scope, name) if name else None
    return object_of(world, found) if found is not None else LOST


def _held(one: State, at: At) -> State:
    """Many of a class, a query over it, a repository of it."""
    return replace(one, at=at) if one.at is At.ONE else LOST


def object_of(world: World, type_: Type) -> State:
    """An object of a class of the project: a model, a repository, or neither."""
    stored = _stored(world, type_)
    if stored is not None:
        return State(At.ONE, stored.table, stored, type_)
    served = next((world.models.served[each] for each in lineage(world.table, type_)
                   if each in world.models.served), None)  # fmt: skip
    if served is not None:
        return State(At.REPOSITORY, served.table, served, type_, unit=type_)
    above = {each for one in lineage(world.table, type_) for each in one.supers_written}
    return guard(world) if above & _GUARDS else State(At.PLAIN, "", None, type_)


def _stored(world: World, type_: Type) -> Stored | None:
    found = world.models.stored.get(type_)
    if found is not None or type_.shape == "trait":
        return found
    return next((s for each in lineage(world.table, type_)
                 if (s := world.models.stored.get(each)) is not None), None)  # fmt: skip
