"""Which unit of Python does what to which table: through Django's and SQLAlchemy's classes."""

import re
from collections.abc import Iterator, Mapping

from assessor.collect.languages.python_meaning import (
    Class,
    Meaning,
    Row,
    Sort,
    bases,
    body,
)
from assessor.collect.languages.python_models import SQLALCHEMY, Entity, called, framework
from assessor.collect.languages.python_steps import CREATE, DELETE, READ, UPDATE
from assessor.collect.languages.python_types import deeper, evaluate, view_entity
from assessor.collect.languages.python_world import Found, Place, Shape, Type, World

# (path, table, operation) -> [count, first line]
Accesses = dict[tuple[str, str, str], list[int]]

_VIEW = re.compile(
    r"django\.(?:views\.generic\.(?:[\w.]+\.)?\w*View|forms\.(?:models\.)?ModelForm)"
    r"|django\.contrib\.auth\.forms\.\w*Form"
    r"|rest_framework\.(?:generics\.\w+|viewsets\.\w*ViewSet|mixins\.\w+"
    r"|serializers\.(?:Hyperlinked)?ModelSerializer)|django_filters\.(?:[\w.]+\.)?FilterSet"
)
_WRITES: Mapping[str, tuple[str, ...]] = {
    "CreateView": (CREATE,),
    "BaseCreateView": (CREATE,),
    "UpdateView": (READ, UPDATE),
    "BaseUpdateView": (READ, UPDATE),
    "DeleteView": (DELETE, READ),
    "BaseDeleteView": (DELETE, READ),
    "ModelViewSet": (CREATE, DELETE, READ, UPDATE),
    "CreateAPIView": (CREATE,),
    "UpdateAPIView": (READ, UPDATE),
    "DestroyAPIView": (DELETE, READ),
    "ListCreateAPIView": (CREATE, READ),
    "RetrieveUpdateAPIView": (READ, UPDATE),
    "RetrieveDestroyAPIView": (DELETE, READ),
    "RetrieveUpdateDestroyAPIView": (DELETE, READ, UPDATE),
    "CreateModelMixin": (CREATE,),
    "UpdateModelMixin": (READ, UPDATE),
    "DestroyModelMixin": (DELETE, READ),
}
_STATEMENTS: Mapping[str, str] = {
    "select": READ,
    "insert": CREATE,
    "update": UPDATE,
    "delete": DELETE,
}
_SESSION = re.compile(r"(?:.*_)?(?:session|sess)|db|s", re.IGNORECASE)
_OF_SESSION: Mapping[str, tuple[str, ...]] = {
    "add": (CREATE,),
    "add_all": (CREATE,),
    "merge": (CREATE, UPDATE),
    "delete": (DELETE,),
    "get": (READ,),
    "get_or_404": (READ,),
    "query": (READ,),
}
_CHANGING = {"delete": DELETE, "update": UPDATE}
_SINGLE = {"first", "one", "one_or_none", "get", "scalar_one", "scalar_one_or_none", "scalar"}


def accesses(world: World) -> Accesses:
    """All that units do through classes, at the first line of each."""
    found: Accesses = {}
    for path, rows in sorted(world.names.rows.items()):
        for row in rows:
            for entity, operation in _of_row(world, path, row):
                add(found, path, entity.table, operation=operation, line=row.line)
    for _, one in sorted(world.names.classes.items()):
        for line, entity, operation in _of_view(world, one):
            add(found, one.path, entity.table, operation=operation, line=line)
    return found


def add(found: Accesses, path: str, table: str, *, operation: str, line: int) -> None:
    """Count one more access, at its first line."""
    known = found.setdefault((path, table, operation), [0, line])
    known[0] += 1
    known[1] = min(known[1], line)


def _of_row(world: World, path: str, row: Row) -> list[tuple[Entity, str]]:
    if not isinstance(row.steps, list) or row.target == "@":
        return []
    before = row.line - 1 if row.target else row.line
    return list(evaluate(world, row.steps, Place(path, row.scope, before)).done)


def session(world: World, steps: list[object], place: Place) -> Found | None:
    """What SQLAlchemy's functions and sessions do; None for what is neither."""
    call, before, after = _first_call(steps)
    if call is None:
        return None
    name = str(call[0])
    if name in _STATEMENTS and _is_statement(world, steps, place):
        touched = _entities(world, call, place) or _from(world, after, place)
        done = [(one, _STATEMENTS[name]) for one in touched]
        return Found(_result(done, after), tuple(done))
    if name not in _OF_SESSION or not before or not _SESSION.fullmatch(str(before[-1])):
        return None
    operations = _OF_SESSION[name]
    changes = [str(step[0]) for step in after if isinstance(step, list)]
    if name == "query":
        operations = next(
            ((_CHANGING[each],) for each in changes if each in _CHANGING), operations
        )
    kept = [one for one in _entities(world, call, place) if one.framework == SQLALCHEMY]
    done = [(one, each) for one in kept for each in operations]
    return Found(_result(done, [call, *after]), tuple(done)) if done else None


def _first_call(steps: list[object]) -> tuple[list[object] | None, list[object], list[object]]:
    for at, step in enumerate(steps):
        if isinstance(step, list):
            return step, steps[:at], steps[at + 1 :]
    return None, [], []


def _is_statement(world: World, steps: list[object], place: Place) -> bool:
    """Of the library itself, or of Flask-SQLAlchemy's `db`."""
    made = called(world.names, place.path, steps)
    return made is not None and made.startswith(("sqlalchemy.", "sqlmodel."))


def _from(world: World, after: list[object], place: Place) -> list[Entity]:
    """What `select(func.count()).select_from(X)` selects from."""
    calls = (step for step in after if isinstance(step, list) and step[0] == "select_from")
    return next((found for call in calls if (found := _entities(world, call, place))), [])


def _result(done: list[tuple[Entity, str]], after: list[object]) -> Type | None:
    """One or many of what a query is about."""
    if not done:
        return None
    last = [str(step[0]) for step in after if isinstance(step, list)]
    single = bool(last) and last[-1] in _SINGLE
    return Type(Shape.ONE if single else Shape.MANY, done[0][0])


def _entities(world: World, call: list[object], place: Place) -> list[Entity]:
    """The entities in the arguments: classes, their columns, what is made of them."""
    found: list[Entity] = []
    for each in call[1:]:
        if isinstance(each, list) and each[:1] == ["="]:
            continue
        for one in _in_argument(world, each, place):
            if one not in found:
                found.append(one)
    return found


def _in_argument(world: World, said: object, place: Place) -> Iterator[Entity]:
    if isinstance(said, list) and said[:1] == ["["]:
        for each in said[1:]:
            yield from _in_argument(world, each, place)
        return
    kind = evaluate(world, said, deeper(place)).type or _of_column(world, said, place)
    if kind and kind.entity:
        yield kind.entity


def _of_column(world: World, said: object, place: Place) -> Type | None:
    """`X.id`: the class that a column belongs to."""
    if not isinstance(said, str) or "." not in said or said.startswith("'"):
        return None
    owner, _, last = said.rpartition(".")
    owner = owner.removesuffix(".c") if last != "c" else owner
    return evaluate(world, owner, deeper(place)).type


def _of_view(world: World, one: Class) -> Iterator[tuple[int, Entity, str]]:
    """What a form, serializer or generic view does by its bases."""
    if framework(world.names, one):
        return
    outer = [b for b in bases(world.names, one) if isinstance(b, Meaning)]
    known = [b.name for b in outer if b.sort is Sort.OUTSIDE and _VIEW.fullmatch(b.name)]
    if not known:
        return
    entity = view_entity(world, one)
    own = [body(world.names, one, inner).get(key) for inner, key in _PLACES]
    row = next((each for each in own if each), None)
    if entity is None or (row is None and not _adds(known)):
        return
    line = row.line if row else one.first
    does = {each for name in known for each in _WRITES.get(name.rpartition(".")[2], ())} or {READ}
    yield from ((line, entity, operation) for operation in sorted(does))


_PLACES = (("", "model"), ("", "queryset"), ("Meta", "model"), ("", "form_class"))


def _adds(known: list[str]) -> bool:
    return any(name.rpartition(".")[2] in _WRITES for name in known)
