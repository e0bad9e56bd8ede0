"""What a chain of names is at its end, as far as stored classes go, and what it does on its way."""

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
    class_of,
    meaning,
)
from assessor.collect.languages.python_models import (
    DJANGO,
    Entity,
    Models,
    call_name,
    entity_of,
    framework,
    user,
)
from assessor.collect.languages.python_relations import (
    Ways,
    entity_by_name,
    fetched,
    of_meaning,
)

_DEEPEST = 12  # assignments that are followed before giving up
READ, CREATE, UPDATE, DELETE = "read", "create", "update", "delete"
_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_SINGLE = {"get", "first", "last", "latest", "earliest", "one", "one_or_none", "get_or_404"}
_FIRST = {"first_or_404", "scalar_one", "scalar_one_or_none"}
_SINGLES = _SINGLE | _FIRST
_OTHER = {
    "count", "exists", "aggregate", "iterator", "in_bulk", "contains", "explain", "scalar", "paginate"
}  # fmt: skip
_CHANGES: Mapping[str, tuple[str, ...]] = {
    "create": (CREATE,),
    "acreate": (CREATE,),
    "bulk_create": (CREATE,),
    "create_user": (CREATE,),
    "create_superuser": (CREATE,),
    "get_or_create": (CREATE, READ),
    "update_or_create": (CREATE, READ, UPDATE),
    "update": (UPDATE,),
    "bulk_update": (UPDATE,),
    "delete": (DELETE,),
    "add": (UPDATE,),
    "remove": (UPDATE,),
    "set": (UPDATE,),
    "clear": (UPDATE,),
}
_MADE = {"create", "get_or_create", "update_or_create", "create_user", "create_superuser"}
_LINKED = {"add", "remove", "set", "clear"}  # of related managers only


# What is asked of the other side of a relation and of little else.
_ASKED = {
    "all", "filter", "exclude", "create", "get_or_create", "update_or_create", "select_related",
    "prefetch_related", "order_by", "annotate", "aggregate", "values_list",
}  # fmt: skip
_NOTHING = Entity(False, "", "", "", "", "", 0)
_FACTORIES = {"modelform_factory", "modelformset_factory", "inlineformset_factory"}


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
        one = models.names.classes.get((entity.path, entity.name))
        for each in (one, *bases(models.names, one)) if one else ():
            for row in body(models.names, each).values() if isinstance(each, Class) else ():
                for manager in _managers(models.names, each, row):
                    found.setdefault((manager.path, manager.name), set()).add(entity)
    managers = {key: one for key, each in found.items() if (one := _only(each))}
    return World(models, ways, managers, _linked(ways), session)


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
    if not isinstance(steps, list) or "as_manager" not in str(steps) and not _makes(steps):
        return []
    written = [call_name(steps), *_before_call(steps)]
    found = [meaning(names, one.path, name) for name in written if name]
    classes = [_whole_class(names, each) for each in found if each]
    kept = [each for each in classes if each]
    more = [base for each in kept for base in bases(names, each) if isinstance(base, Class)]
    return [*kept, *more]


def _whole_class(names: Names, found: Meaning) -> Class | None:
    return as_class(names, replace(found, rest="")) if found.sort is not Sort.OUTSIDE else None


def _makes(steps: list[object]) -> bool:
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


def evaluate(world: World, steps: object, place: Place) -> Found:
    """The type that a chain has at its end, and what it does to tables on its way."""
    if place.deep > _DEEPEST:
        return Found(None)
    if isinstance(steps, str):
        steps = [] if steps.startswith("'") else steps.split(".")
    if not isinstance(steps, list) or not steps or steps[0] in ("[", "="):
        return Found(None)
    said = world.session(world, steps, place)
    if said is not None:
        return said
    found, rest = _start(world, steps, place)
    if found.type is None and not found.done:
        found, rest = _by_link(world, steps)
    for step in rest:
        found = _step(world, found, step)
        if found.type is None:
            break
    if found.pending and found.type and found.type.entity:
        return Found(found.type, (*found.done, (found.type.entity, READ)), pending=False)
    return found


def _by_link(world: World, steps: list[object]) -> tuple[Found, list[object]]:
    """`x.lines.all()` of an unknown `x`, where only one relation is called `lines`."""
    for at in range(1, len(steps) - 1):
        name, call = steps[at], steps[at + 1]
        if isinstance(name, str) and isinstance(call, list) and call[0] in _ASKED:
            entity = world.linked.get(name)
            if entity:
                return Found(Type(Shape.LINKED, entity)), steps[at + 1 :]
    return Found(None), []


def _start(world: World, steps: list[object], place: Place) -> tuple[Found, list[object]]:
    first = steps[0]
    if isinstance(first, list):
        return _first_call(world, first, place), steps[1:]
    fetching = fetched(world.models, steps[:2])
    if fetching:
        return Found(Type(Shape.MODEL, fetching)), steps[2:]
    if first in ("self", "cls"):
        return _own(world, steps, place)
    for size in range(_plain(steps), 0, -1):
        dotted = ".".join(map(str, steps[:size]))
        kind = _named(world, dotted, place) if size == 1 else _dotted(world, dotted, place)
        if kind:
            return Found(kind), steps[size:]
    if steps[:2] == ["request", "user"]:
        return Found(_user(world)), steps[2:]
    return _constructed(world, steps, place)


def _plain(steps: list[object]) -> int:
    """Number of plain names that a chain starts with."""
    return next(
        (at for at, step in enumerate(steps) if not isinstance(step, str) or step[:1] == "["),
        len(steps),
    )


def _user(world: World) -> Type | None:
    one = user(world.models)
    return Type(Shape.ONE, one) if one else None


def _constructed(world: World, steps: list[object], place: Place) -> tuple[Found, list[object]]:
    """`models.X(…)`: a call at the end of a dotted name."""
    at = _plain(steps)
    call = steps[at] if at < len(steps) else None
    if not isinstance(call, list):
        return Found(None), []
    dotted = ".".join([*map(str, steps[:at]), str(call[0])])
    meant = meaning(world.names, place.path, dotted)
    one = of_meaning(world.models, meant) if meant else None
    return Found(Type(Shape.ONE, one) if one else None), steps[at + 1 :]


def _first_call(world: World, call: list[object], place: Place) -> Found:
    name = str(call[0])
    if name == "super":
        return Found(_of_self(world, place))
    one = fetched(world.models, [call])
    if one:
        return Found(Type(Shape.MODEL, one))
    if name in {"get_object_or_404", "get_list_or_404"} and len(call) > 1:
        inner = evaluate(world, call[1], deeper(place)).type
        if inner is None or inner.entity is None:
            return Found(None)
        shape = Shape.ONE if name == "get_object_or_404" else Shape.MANY
        return Found(Type(shape, inner.entity), ((inner.entity, READ),))
    if name in _FACTORIES:
        inner = evaluate(world, call[2 if name.startswith("inline") else 1 :][:1], place).type
        return Found(None, ((inner.entity, READ),) if inner and inner.entity else ())
    local = _named(world, name, place)
    if local and local.shape is Shape.MODEL:
        return Found(Type(Shape.ONE, local.entity))
    return Found(None)


def deeper(place: Place) -> Place:
    """The same place, one assignment further."""
    return Place(place.path, place.scope, place.line, place.deep + 1)


def _own(world: World, steps: list[object], place: Place) -> tuple[Found, list[object]]:
    """What starts with `self`: an attribute that some method sets, a view's own, or the class."""
    if steps[:3] == ["self", "request", "user"]:
        return Found(_user(world)), steps[3:]
    kind = _of_self(world, place)
    if len(steps) > 1 and isinstance(steps[1], str) and (kind is None or kind.shape is Shape.OWN):
        found = _attribute(world, steps[1], place)
        if found:
            return Found(found), steps[2:]
    return Found(kind), steps[1:]


def _of_self(world: World, place: Place) -> Type | None:
    one = class_of(world.names, place.path, place.scope)
    if one is None:
        return None
    managed = world.managers.get((one.path, one.name))
    if managed:
        return Type(Shape.MANY, managed)
    if framework(world.names, one):
        entity = entity_of(world.models, one.path, one.name)
        return Type(Shape.ONE, entity) if entity else None
    return Type(Shape.OWN, own=one)


def _attribute(world: World, name: str, place: Place) -> Type | None:
    """What `self.name` is: what the methods of the class or of its ancestors agree on."""
    one = class_of(world.names, place.path, place.scope)
    for each in (one, *bases(world.names, one)) if one else ():
        if not isinstance(each, Class):
            continue
        found = {
            evaluate(world, row.steps, Place(each.path, row.scope, row.line, place.deep + 1)).type
            for (scope, target), rows in world.names.values.get(each.path, {}).items()
            if target == f"self.{name}" and scope.startswith(f"{each.name}.")
            for row in rows
        } - {None}
        if found:
            return found.pop() if len(found) == 1 else None
    if name in {"object", "object_list", "model", "queryset", "instance"} and one:
        return _of_view(world, name, one, place)
    return None


def _of_view(world: World, name: str, one: Class, place: Place) -> Type | None:
    entity = view_entity(world, one, deep=place.deep)
    if entity is None:
        return None
    shape = {"object": Shape.ONE, "instance": Shape.ONE, "model": Shape.MODEL}
    return Type(shape.get(name, Shape.MANY), entity)


def view_entity(world: World, one: Class, *, deep: int = 0) -> Entity | None:
    """The entity of a view, form or serializer: its `model` or `queryset`, its form's model."""
    if deep > _DEEPEST:
        return None
    chain = [one, *(base for base in bases(world.names, one) if isinstance(base, Class))]
    for each in chain:
        for inner in ("", "Meta"):
            said = body(world.names, each, inner)
            for key in ("model", "queryset"):
                if key in said:
                    place = Place(each.path, "", said[key].line, deep + 1)
                    kind = evaluate(world, said[key].steps, place).type
                    return kind.entity if kind else None
        for key in ("form_class", "serializer_class"):
            row = body(world.names, each).get(key)
            meant = (
                meaning(world.names, each.path, row.steps)
                if row and isinstance(row.steps, str)
                else None
            )  # noqa: E501 - one step
            form = world.names.classes.get((meant.path, meant.name)) if meant else None
            if form is not None:
                return view_entity(world, form, deep=deep + 1)
    return None


def _dotted(world: World, dotted: str, place: Place) -> Type | None:
    """A dotted name that something sets as a whole, or that leads into another module."""
    rows = _set(world.names, dotted, place)
    if rows:
        return _value(world, rows[-1], place)
    one = entity_by_name(world.models, place.path, dotted)
    return Type(Shape.MODEL, one) if one else None


def _named(world: World, name: str, place: Place) -> Type | None:
    rows = _set(world.names, name, place)
    if rows:
        return _value(world, rows[-1], place)
    meant = meaning(world.names, place.path, name)
    one = of_meaning(world.models, meant) if meant else None
    if one:
        return Type(Shape.MODEL, one)
    if meant and meant.sort is Sort.VALUE and not meant.rest:
        row = world.names.values[meant.path]["", meant.name][-1]
        return evaluate(world, row.steps, Place(meant.path, "", row.line, place.deep + 1)).type
    return None


def _set(names: Names, name: str, place: Place) -> list[Row]:
    """The rows that set a local name before the place, in its function or one around it."""
    values = names.values.get(place.path, {})
    scope = place.scope
    while scope:
        if (place.path, scope) not in names.classes:
            rows = [*values.get((scope, name), ()), *values.get((scope, f"*{name}"), ())]
            before = sorted((row for row in rows if row.line <= place.line), key=lambda r: r.start)
            if before:
                return before
        scope = scope.rpartition(".")[0]
    return []


def _value(world: World, row: Row, place: Place) -> Type | None:
    """What a row sets its name to: one of many where it is a loop over them."""
    inner = Place(place.path, row.scope, row.line - 1, place.deep + 1)
    kind = evaluate(world, row.steps, inner).type
    if kind and row.target.startswith("*"):
        return Type(Shape.ONE, kind.entity) if kind.shape in {Shape.MANY, Shape.LINKED} else None
    return kind


def _step(world: World, found: Found, step: object) -> Found:
    kind = found.type
    if kind is None:
        return found
    if kind.shape is Shape.OWN:
        return Found(_own_step(world, kind, step))
    name = str(step[0]) if isinstance(step, list) else str(step)
    called = isinstance(step, list)
    if kind.shape in {Shape.MANY, Shape.LINKED}:
        return _of_many(kind, name, found, called=called)
    if kind.shape is Shape.MODEL:
        return Found(_of_model(world, kind, name, called=called), found.done)
    return _of_one(world, kind, name, found, called=called)


def _own_step(world: World, kind: Type, step: object) -> Type | None:
    """Methods of a view that give its entity."""
    name = step[0] if isinstance(step, list) else ""
    if kind.own is None or name not in {"get_queryset", "get_object"}:
        return None
    entity = view_entity(world, kind.own)
    if entity is None:
        return None
    return Type(Shape.MANY if name == "get_queryset" else Shape.ONE, entity)


def _of_many(kind: Type, name: str, found: Found, *, called: bool) -> Found:
    entity = kind.entity
    if entity is None:
        return Found(None)
    if not called:
        if name in ("[]", "[:]"):
            shape = Shape.ONE if name == "[]" else Shape.MANY
            return Found(Type(shape, entity), found.done, pending=True)
        return Found(Type(Shape.MODEL, entity)) if name == "model" else Found(None, found.done)
    if name in _CHANGES and (name not in _LINKED or kind.shape is Shape.LINKED):
        done = (*found.done, *((entity, operation) for operation in _CHANGES[name]))
        return Found(Type(Shape.ONE, entity) if name in _MADE else None, done)
    if name in _LINKED:
        return Found(None, found.done)
    if name in _SINGLES:
        return Found(Type(Shape.ONE, entity), (*found.done, (entity, READ)))
    if name in _OTHER:
        return Found(None, (*found.done, (entity, READ)))
    return Found(Type(Shape.MANY, entity), found.done, pending=True)


def _of_model(world: World, kind: Type, name: str, *, called: bool) -> Type | None:
    if not called and (name in _MANAGERS or _is_manager(world, kind, name)):
        return Type(Shape.MANY, kind.entity)
    if not called and name == "query" and kind.entity and kind.entity.framework != DJANGO:
        return Type(Shape.MANY, kind.entity)
    return None


def _is_manager(world: World, kind: Type, name: str) -> bool:
    entity = kind.entity
    one = world.names.classes.get((entity.path, entity.name)) if entity else None
    for each in (one, *bases(world.names, one)) if one else ():
        row = body(world.names, each).get(name) if isinstance(each, Class) else None
        if row is not None:
            steps = row.steps
            return isinstance(steps, list) and (_makes(steps) or "as_manager" in str(steps))
    return False


def _of_one(world: World, kind: Type, name: str, found: Found, *, called: bool) -> Found:
    entity = kind.entity
    if entity is None:
        return Found(None)
    if called:
        if entity.framework != DJANGO:
            return Found(None, found.done)
        does = {"save": (CREATE, UPDATE), "delete": (DELETE,), "refresh_from_db": (READ,)}
        return Found(None, (*found.done, *((entity, each) for each in does.get(name, ()))))
    if name == "__class__":
        return Found(Type(Shape.MODEL, entity), found.done)
    if name in _MANAGERS:
        return Found(Type(Shape.MANY, entity), found.done)
    way = way_of(world, entity, name)
    if way is None:
        return Found(None, found.done)
    return Found(Type(Shape.LINKED if way[1] else Shape.ONE, way[0]), found.done)


def way_of(world: World, entity: Entity, name: str) -> tuple[Entity, bool] | None:
    """The entity that a field or a way back leads to, and whether to many of it."""
    for each in (entity, *_parents(world, entity)):
        for side in (world.ways.forward, world.ways.back):
            if name in side.get(each, {}):
                return side[each][name]
    return None


def _parents(world: World, entity: Entity) -> list[Entity]:
    """Entities that the class inherits from."""
    one = world.names.classes.get((entity.path, entity.name))
    if one is None:
        return []
    found = (
        world.models.of_class.get((base.path, base.name))
        for base in bases(world.names, one)
        if not isinstance(base, Meaning)
    )
    return [each for each in found if each]
