"""What values of Python are as far as stored classes go, and all that tells it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assessor.collect.languages.python_meaning import (
    Class,
    Meaning,
    Names,
    Row,
    Sort,
    as_class,
    bases,
    body,
    meaning,
)
from assessor.collect.languages.python_models import (
    Entity,
    Models,
    call_name,
)
from assessor.collect.languages.python_relations import (
    Ways,
)

_NOTHING = Entity(False, "", "", "", "", "", 0)


class Shape(StrEnum):
    """A stored class itself, one of it, or many of it; a class of the project that is not."""

    MODEL = "model"
    ONE = "one"
    MANY = "many"
    LINKED = "linked"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is. own: the class of the project for OWN. entity: of the others."""

    shape: Shape
    entity: Entity | None = None
    own: Class | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chain stands."""

    path: str
    scope: str
    line: int
    deep: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The type of a chain, None where it is not known, and what it does: (entity, operation).

    pending: a query that is only made up so far; it is read unless a change follows.
    """

    type: Type | None
    done: tuple[tuple[Entity, str], ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """All that types need. managers: (path, name) of a manager or query set -> its entity.

    linked: name -> the entity that it leads to many of, for names that lead to only one table.
    session: what SQLAlchemy's sessions and statements do, None for what is neither.
    """

    models: Models
    ways: Ways
    managers: Mapping[tuple[str, str], Entity]
    linked: Mapping[str, Entity]
    session: "Session"

    @property
    def names(self) -> Names:
        """The names of the project."""
        return self.models.names


Session = Callable[[World, list[object], Place], Found | None]


def world(models: Models, ways: Ways, *, session: Session) -> World:
    """Models, ways and the classes that are managers of one of them."""
    found: dict[tuple[str, str], set[Entity]] = {}
    for entity in models.entities:
        for each in _chain(models.names, entity):
            for row in body(models.names, each).values():
                for manager in _managers(models.names, each, row):
                    found.setdefault((manager.path, manager.name), set()).add(entity)
    managers = {key: only for key, each in found.items() if (only := _only(each))}
    return World(models, ways, managers, _linked(ways), session)


def _chain(names: Names, entity: Entity) -> list[Class]:
    """The class of an entity and its ancestors in the project."""
    one = names.classes.get((entity.path, entity.name))
    if one is None:
        return []
    return [one, *(base for base in bases(names, one) if isinstance(base, Class))]


def _linked(ways: Ways) -> dict[str, Entity]:
    found: dict[str, set[Entity]] = {}
    for side in (ways.forward, ways.back):
        for names in side.values():
            for name, (entity, many) in names.items():
                found.setdefault(name, set()).update({entity} if many else {entity, _NOTHING})
    return {name: one for name, each in found.items() if (one := _only(each))}


def _only(found: Iterable[Entity]) -> Entity | None:
    kept = sorted(found)
    real = [each for each in kept if not each.test] or kept
    return real[0] if len({each.table for each in real}) == 1 else None


def _managers(names: Names, one: Class, row: Row) -> list[Class]:
    """The manager and query set classes that a class body sets a name to."""
    steps = row.steps
    if not isinstance(steps, list) or ("as_manager" not in str(steps) and not makes(steps)):
        return []
    written = [call_name(steps), *_before_call(steps)]
    found = [meaning(names, one.path, name) for name in written if name]
    classes = [_whole_class(names, each) for each in found if each]
    kept = [each for each in classes if each]
    more = [base for each in kept for base in bases(names, each) if isinstance(base, Class)]
    return [*kept, *more]


def _whole_class(names: Names, found: Meaning) -> Class | None:
    return as_class(names, replace(found, rest="")) if found.sort is not Sort.OUTSIDE else None


def makes(steps: list[object]) -> bool:
    """Whether a chain makes a manager or a query set."""
    return any(
        isinstance(step, list) and str(step[0]).endswith(("Manager", "QuerySet", "from_queryset"))
        for step in steps
    )


def _before_call(steps: list[object]) -> list[str]:
    """`A` of `A.as_manager()`, `A` and `B` of `A.from_queryset(B)()`."""
    parts: list[str] = []
    for step in steps:
        if isinstance(step, list):
            arguments = [each for each in step[1:] if isinstance(each, str)]
            return [".".join(parts), *arguments]
        parts.append(str(step))
    return []
