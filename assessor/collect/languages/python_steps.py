"""One step along a chain: from a stored class, one of it or many of it, and what it does."""

from collections.abc import Mapping

from assessor.collect.languages.python_meaning import (
    Class,
    Meaning,
    bases,
    body,
)
from assessor.collect.languages.python_models import (
    DJANGO,
    Entity,
)
from assessor.collect.languages.python_world import Found, Shape, Type, World, makes

READ, CREATE, UPDATE, DELETE = "read", "create", "update", "delete"
_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_SINGLE = {"get", "first", "last", "latest", "earliest", "one", "one_or_none", "get_or_404"}
_FIRST = {"first_or_404", "scalar_one", "scalar_one_or_none"}
_SINGLES = _SINGLE | _FIRST
_OTHER = {
    "count", "exists", "aggregate", "iterator", "in_bulk", "contains", "explain", "scalar",
    "paginate",
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
_VALIDATED = {"model_validate"}
_MADE = {"create", "get_or_create", "update_or_create", "create_user", "create_superuser"}
_OF_ONE: Mapping[str, tuple[str, ...]] = {
    "save": (CREATE, UPDATE),
    "delete": (DELETE,),
    "refresh_from_db": (READ,),
}
_LINKED = {"add", "remove", "set", "clear"}  # of related managers only


def of_many(kind: Type, name: str, found: Found, *, called: bool) -> Found:
    """A step from a manager or a query."""
    entity = kind.entity
    if entity is None:
        return Found(None)
    if not called:
        return _of_attribute(entity, name, found)
    if name in _LINKED and (kind.shape is not Shape.LINKED or entity.framework != DJANGO):
        return Found(None, found.done)
    if name in _CHANGES:
        done = (*found.done, *((entity, operation) for operation in _CHANGES[name]))
        return Found(Type(Shape.ONE, entity) if name in _MADE else None, done)
    if name in _SINGLES or name in _OTHER:
        one = Type(Shape.ONE, entity) if name in _SINGLES else None
        return Found(one, (*found.done, (entity, READ)))
    return Found(Type(Shape.MANY, entity), found.done, pending=True)


def _of_attribute(entity: Entity, name: str, found: Found) -> Found:
    """`many[0]`, `many[:9]`, `many.model`."""
    shape = {"[]": Shape.ONE, "[:]": Shape.MANY, "model": Shape.MODEL}.get(name)
    reads = name in {"[]", "[:]"}
    return Found(Type(shape, entity) if shape else None, found.done, pending=reads)


def of_model(world: World, kind: Type, name: str, *, called: bool) -> Type | None:
    """A step from a stored class itself."""
    if called:
        return Type(Shape.ONE, kind.entity) if name in _VALIDATED else None
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
            return isinstance(steps, list) and (makes(steps) or "as_manager" in str(steps))
    return False


def of_one(world: World, kind: Type, name: str, *, found: Found, called: bool) -> Found:
    """A step from one of a stored class."""
    entity = kind.entity
    if entity is None:
        return Found(None)
    if called:
        does = _OF_ONE.get(name, ()) if entity.framework == DJANGO else ()
        return Found(None, (*found.done, *((entity, each) for each in does)))
    if name == "__class__" or name in _MANAGERS:
        shape = Shape.MANY if name in _MANAGERS else Shape.MODEL
        return Found(Type(shape, entity), found.done)
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
