"""What a chain of names is at its end, as far as stored classes go, and what it does."""

from assessor.collect.languages.python_meaning import (
    Class,
    Names,
    Row,
    Sort,
    bases,
    body,
    class_of,
    meaning,
)
from assessor.collect.languages.python_models import (
    Entity,
    entity_of,
    framework,
    user,
)
from assessor.collect.languages.python_relations import (
    entity_by_name,
    fetched,
    of_meaning,
)
from assessor.collect.languages.python_steps import READ, of_many, of_model, of_one
from assessor.collect.languages.python_world import Found, Place, Shape, Type, World

_DEEPEST = 12  # assignments that are followed before giving up
# What is asked of the other side of a relation and of little else.
_ASKED = {
    "all", "filter", "exclude", "create", "get_or_create", "update_or_create", "select_related",
    "prefetch_related", "order_by", "annotate", "aggregate", "values_list",
}  # fmt: skip
_BY_NAME = {
    "get_object_or_404": Shape.ONE,
    "get_list_or_404": Shape.MANY,
    "modelform_factory": None,
    "modelformset_factory": None,
    "inlineformset_factory": None,
}


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
    if name in _BY_NAME and len(call) > 1:
        return _of_function(world, call, place)
    local = _named(world, name, place)
    return Found(Type(Shape.ONE, local.entity) if local and local.shape is Shape.MODEL else None)


def _of_function(world: World, call: list[object], place: Place) -> Found:
    """Functions of Django that get a class and read its table."""
    name = str(call[0])
    said = call[2] if name.startswith("inline") and len(call) > 2 else call[1]  # noqa: PLR2004
    inner = evaluate(world, said, deeper(place)).type
    if inner is None or inner.entity is None:
        return Found(None)
    shape = _BY_NAME[name]
    return Found(Type(shape, inner.entity) if shape else None, ((inner.entity, READ),))


def deeper(place: Place) -> Place:
    """The same place, one assignment further."""
    return Place(place.path, place.scope, place.line, place.deep + 1)


def _own(world: World, steps: list[object], place: Place) -> tuple[Found, list[object]]:
    """What starts with `self`: an attribute that some method sets, a view's own, or the class."""
    if steps[:3] == ["self", "request", "user"]:
        return Found(_user(world)), steps[3:]
    kind = _of_self(world, place)
    if steps[0] == "cls" and kind and kind.shape is Shape.ONE:
        kind = Type(Shape.MODEL, kind.entity)
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
        return _of_view(world, name, one, place=place)
    return None


def _of_view(world: World, name: str, one: Class, *, place: Place) -> Type | None:
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
            )
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
        return of_many(kind, name, found, called=called)
    if kind.shape is Shape.MODEL:
        return Found(of_model(world, kind, name, called=called), found.done)
    return of_one(world, kind, name, found=found, called=called)


def _own_step(world: World, kind: Type, step: object) -> Type | None:
    """Methods of a view that give its entity."""
    name = step[0] if isinstance(step, list) else ""
    if kind.own is None or name not in {"get_queryset", "get_object"}:
        return None
    entity = view_entity(world, kind.own)
    if entity is None:
        return None
    return Type(Shape.MANY if name == "get_queryset" else Shape.ONE, entity)
