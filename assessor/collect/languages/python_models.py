"""Classes that are stored: Django's and SQLAlchemy's models, their tables and their fields."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessor.collect.languages.python_meaning import (
    Class,
    Meaning,
    Names,
    Row,
    Sort,
    bases,
    body,
    meaning,
)
from assessor.model.records import FileKind

_MODEL = re.compile(
    r"django\.(?:contrib\.gis\.)?db\.models(?:\.base)?\.Model|django\.contrib\.auth\.models\."
    r"(?:AbstractUser|AbstractBaseUser|PermissionsMixin|User|Group|Permission)"
    r"|django\.contrib\.sessions\.base_session\.AbstractBaseSession"
    r"|treebeard\.\w+\.(?:MP|NS|AL)_Node|mptt\.models\.MPTTModel"
    r"|(?:model_utils|django_extensions\.db)\.models\.\w+|polymorphic\.models\.PolymorphicModel"
    r"|wagtail\.(?:models|core\.models|wagtailcore\.models)\.\w+"
)
_DECLARATIVE = re.compile(
    r"sqlalchemy\.(?:orm|ext\.declarative)\.(?:DeclarativeBase\w*|MappedAsDataclass)"
    r"|sqlmodel\.SQLModel|flask_sqlalchemy\.\w+\.Model"
)
_FIELD = re.compile(r"django\.(?:contrib\.gis\.)?db\.models\.(?:[\w.]+\.)?\w+(?:Field|Key)")
_COLUMN = re.compile(r"sqlalchemy\.(?:[\w.]+\.)?(?:Column|mapped_column)|sqlmodel\.Field")
_MADE = re.compile(
    r"sqlalchemy\.(?:orm|ext\.declarative)\.(?:declarative_base|automap_base|registry)"
    r"|flask_sqlalchemy\.SQLAlchemy"
)
_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
DJANGO, SQLALCHEMY = "django", "sqlalchemy"

# Models that come with Django itself: dotted name -> table.
_CONTRIB = {
    "auth.User": "auth_user",
    "auth.Group": "auth_group",
    "auth.Permission": "auth_permission",
    "sites.Site": "django_site",
    "sessions.Session": "django_session",
    "contenttypes.ContentType": "django_content_type",
    "flatpages.FlatPage": "django_flatpage",
    "redirects.Redirect": "django_redirect",
    "admin.LogEntry": "django_admin_log",
}


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A class that is stored. path, name: of the class, path "" for one of Django's own.

    label: of the app, Django only. test: only tests have it.
    """

    test: bool
    path: str
    name: str
    label: str
    table: str
    framework: str
    line: int


@dataclass(frozen=True, slots=True)
class Models:
    """All entities. of_class: (path, name) -> entity. labelled: `app.model` in lower case ->
    entities, best first. tabled: table -> entity of SQLAlchemy. heirs: (path, name) of an
    abstract class -> entities. user: what AUTH_USER_MODEL says.
    """

    names: Names
    entities: tuple[Entity, ...]
    of_class: Mapping[tuple[str, str], Entity]
    labelled: Mapping[str, Sequence[Entity]]
    tabled: Mapping[str, Entity]
    heirs: Mapping[tuple[str, str], Sequence[Entity]]
    user: str


def models(names: Names) -> Models:
    """The entities of a project, sorted."""
    labels = _labels(names)
    names = replace(names, fetched=_fetched(names, labels), above={})
    found: dict[tuple[str, str], Entity] = {}
    for key in sorted(names.classes):
        one = names.classes[key]
        entity = _entity(names, one, labels)
        if entity:
            found[key] = entity
    entities = tuple(sorted({*found.values(), *_tables(names)}))
    labelled: defaultdict[str, list[Entity]] = defaultdict(list)
    heirs: defaultdict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in entities:
        if entity.framework == DJANGO:
            labelled[f"{entity.label}.{simple(entity.name)}".lower()].append(entity)
        for base in _project_bases(names, entity):
            heirs[base.path, base.name].append(entity)
    tabled = {entity.table: entity for entity in entities if entity.framework == SQLALCHEMY}
    return Models(names, entities, found, labelled, tabled, heirs, _user(names))


def _fetched(names: Names, labels: Mapping[str, str]) -> dict[str, Class]:
    """The classes of all apps' models by label and name, those of tests only where no other is."""
    found: dict[str, Class] = {}
    for (path, name), one in sorted(
        names.classes.items(),
        key=lambda each: (names.files[each[0][0]].kind is FileKind.TEST, each[0]),
    ):
        if "." not in name and re.search(r"(?:^|/)models(?:\.py$|/)", path):
            found.setdefault(f"{_app(path, labels)}.{name}".lower(), one)
    return found


def simple(name: str) -> str:
    """The last part of a dotted name."""
    return name.rpartition(".")[2]


def by_label(known: Models, label: str) -> Entity | None:
    """The entity that `app.Model` names, one of Django's own where the project has none."""
    found = known.labelled.get(label.lower())
    if found:
        return found[0]
    return next((contrib(name) for name in _CONTRIB if name.lower() == label.lower()), None)


def contrib(name: str) -> Entity | None:
    """One of Django's own models: `auth.User`."""
    table = _CONTRIB.get(name)
    label, _, last = name.partition(".")
    return Entity(False, "", last, label, table, DJANGO, 0) if table else None


def outside(dotted: str) -> Entity | None:
    """One of Django's own models by the name that it is imported by."""
    found = re.fullmatch(r"django\.contrib\.(\w+)\.models\.(\w+)", dotted)
    return contrib(f"{found[1]}.{found[2]}") if found else None


def user(known: Models) -> Entity | None:
    """The model of users."""
    return by_label(known, known.user)


def entity_of(known: Models, path: str, name: str) -> Entity | None:
    """The entity that a class is, or the only one that inherits from it if it is abstract."""
    found = known.of_class.get((path, name))
    if found:
        return found
    heirs = known.heirs.get((path, name), ())
    kept = [each for each in heirs if not each.test] or list(heirs)
    return kept[0] if len({each.table for each in kept}) == 1 else None


def fields(names: Names, one: Class) -> Iterator[tuple[Class, str, Row]]:
    """(class, name, what it is set to) of a class and its abstract ancestors, nearest first."""
    seen: set[str] = set()
    for each in (one, *(base for base in bases(names, one) if isinstance(base, Class))):
        if each is not one and _is_stored(names, each):
            continue
        for name, row in sorted(body(names, each).items()):
            if name not in seen:
                seen.add(name)
                yield each, name, row


def _is_stored(names: Names, one: Class) -> bool:
    return framework(names, one) == DJANGO and not _is_abstract(names, one)


def framework(names: Names, one: Class) -> str:
    """`django`, `sqlalchemy` or nothing: what the class is a model of, abstract ones included."""
    ancestors = list(bases(names, one))
    for base in ancestors:
        if isinstance(base, Meaning):
            if base.sort is Sort.OUTSIDE and _MODEL.fullmatch(base.name):
                return DJANGO
            if base.sort is Sort.OUTSIDE and _DECLARATIVE.fullmatch(base.name):
                return SQLALCHEMY
            if base.sort is Sort.VALUE and _is_made(names, base):
                return SQLALCHEMY
    classes = [one, *(base for base in ancestors if isinstance(base, Class))]
    if "__tablename__" in body(names, one) or "__table__" in body(names, one):
        return SQLALCHEMY if _has(names, classes, _COLUMN) else ""
    strange = any(isinstance(base, Meaning) and base.sort is Sort.OUTSIDE for base in ancestors)
    return DJANGO if strange and _has(names, classes, _FIELD) else ""


def _is_made(names: Names, base: Meaning) -> bool:
    """`Base = declarative_base()`, or `db.Model` of `db = SQLAlchemy()`."""
    row = names.values[base.path]["", base.name][-1]
    made = called(names, base.path, row.steps)
    return bool(made and _MADE.fullmatch(made)) and base.rest in {"", "Model", "generate_base"}


def _has(names: Names, classes: Sequence[Class], pattern: re.Pattern[str]) -> bool:
    return any(
        pattern.fullmatch(called(names, each.path, row.steps) or "")
        for each in classes
        for row in body(names, each).values()
    )


def called(names: Names, path: str, steps: object) -> str | None:
    """Full name of the function or class from outside that a chain calls first."""
    dotted = call_name(steps)
    if not dotted:
        return None
    found = meaning(names, path, dotted)
    if found and found.sort is Sort.OUTSIDE:
        return found.name
    if found and found.sort is Sort.VALUE and found.rest and dotted.count(".") == 1:
        row = names.values[found.path]["", found.name][-1]
        made = call_name(row.steps) if row.target == found.name else ""
        owner = meaning(names, found.path, made) if made else None
        if owner and owner.name == "flask_sqlalchemy.SQLAlchemy":
            return f"sqlalchemy.{found.rest}"
    return None


def call_name(steps: object) -> str:
    """`a.b.C` of a chain that starts with `a.b.C(…)`, "" where it starts otherwise."""
    if not isinstance(steps, list):
        return ""
    parts: list[str] = []
    for step in steps:
        if isinstance(step, list):
            return ".".join([*parts, str(step[0])]) if step and step[0] != "[" else ""
        if not isinstance(step, str) or step[:1] == "[":
            return ""
        parts.append(step)
    return ""


def _entity(names: Names, one: Class, labels: Mapping[str, str]) -> Entity | None:
    kind = framework(names, one)
    if not kind or _is_abstract(names, one):
        return None
    test = names.files[one.path].kind is FileKind.TEST
    if kind == SQLALCHEMY:
        table = _declared(names, one)
        return Entity(test, one.path, one.name, "", table, kind, one.first) if table else None
    label = _label(names, one, labels)
    table = _table(names, one, label, labels=labels)
    return Entity(test, one.path, one.name, label, table, kind, one.first)


def _is_abstract(names: Names, one: Class) -> bool:
    own = body(names, one, "Meta").get("abstract") or body(names, one).get("__abstract__")
    return own is not None and own.steps == "True"


def _meta(names: Names, one: Class, key: str) -> object:
    """What `Meta` says, its own or the nearest one that it inherits."""
    chain = [one, *(base for base in bases(names, one) if isinstance(base, Class))]
    for each in chain:
        if each is not one and not _is_abstract(names, each):
            continue
        inner = names.classes.get((each.path, f"{each.name}.Meta"))
        if inner is None:
            continue
        found = body(names, inner).get(key)
        if found is not None:
            return found.steps
        if not inner.bases:
            return None
    return None


def _label(names: Names, one: Class, labels: Mapping[str, str]) -> str:
    said = text(_meta(names, one, "app_label"))
    return said or _app(one.path, labels)


def _app(path: str, labels: Mapping[str, str]) -> str:
    """The label of the app that a file lies in: the nearest `apps.py`, else the folder."""
    folders = path.split("/")[:-1]
    for size in range(len(folders), -1, -1):
        label = labels.get("/".join(folders[:size]))
        if label:
            return label
    while folders and folders[-1] in {"models", "abstract_models"}:
        folders.pop()
    return folders[-1] if folders else ""


def _table(names: Names, one: Class, label: str, *, labels: Mapping[str, str]) -> str:
    if _meta(names, one, "proxy") == "True":
        for base in bases(names, one):
            if (
                isinstance(base, Class)
                and framework(names, base)
                and not _is_abstract(names, base)
            ):
                return _table(names, base, _label(names, base, labels), labels=labels)
            if isinstance(base, Meaning) and (own := outside(base.name)):
                return own.table
    said = text(_meta(names, one, "db_table"))
    return bare(said) if said else f"{label}_{simple(one.name)}".lower()


def bare(table: str) -> str:
    """The table in lower case, without quotes and brackets."""
    return re.sub(r"[\"`\[\]]", "", table).lower()


def text(value: object) -> str:
    """The literal that an argument is, or nothing."""
    return value[1:] if isinstance(value, str) and value.startswith("'") else ""


def _declared(names: Names, one: Class) -> str:
    """The table of a declarative class: what it says, else Flask-SQLAlchemy's own rule."""
    chain = [one, *(base for base in bases(names, one) if isinstance(base, Class))]
    for each in chain:
        row = body(names, each).get("__tablename__")
        if row is not None:
            return bare(text(row.steps))
    if any(isinstance(b, Meaning) and b.rest == "Model" for b in bases(names, one)):
        return _SNAKE.sub("_", simple(one.name)).lower()
    if any(isinstance(b, Meaning) and b.name == "sqlmodel.SQLModel" for b in bases(names, one)):
        return simple(one.name).lower() if "table=True" in one.bases else ""
    return ""


def _labels(names: Names) -> dict[str, str]:
    """Folder -> label, from the classes in `apps.py`."""
    found: dict[str, str] = {}
    for (path, _), one in sorted(names.classes.items()):
        if path.rpartition("/")[2] not in {"apps.py", "config.py", "__init__.py"}:
            continue
        said = {key: text(row.steps) for key, row in body(names, one).items()}
        outer = [base for base in bases(names, one) if isinstance(base, Meaning)]
        if not any(base.name.startswith("django.apps.") for base in outer):
            continue
        label = said.get("label") or simple(said.get("name", ""))
        if label:
            found.setdefault(path.rpartition("/")[0], label)
    return found


def _tables(names: Names) -> Iterator[Entity]:
    """`t = Table("t", metadata, …)`: a table without a class of its own."""
    for path, rows in names.rows.items():
        test = names.files[path].kind is FileKind.TEST
        for row in rows:
            made = called(names, path, row.steps) if row.target and not row.scope else None
            if made and re.fullmatch(r"sqlalchemy\.(?:[\w.]+\.)?Table", made):
                call = next(step for step in row.steps if isinstance(step, list))  # type: ignore[attr-defined]
                table = text(call[1]) if len(call) > 1 else ""
                if table:
                    yield Entity(test, path, row.target, "", bare(table), SQLALCHEMY, row.line)


def _project_bases(names: Names, entity: Entity) -> Iterator[Class]:
    one = names.classes.get((entity.path, entity.name))
    if one is None:
        return
    yield from (base for base in bases(names, one) if isinstance(base, Class))


def _user(names: Names) -> str:
    """What AUTH_USER_MODEL says in the settings; Django's own where they do not agree."""
    said = {
        text(row.steps)
        for path, values in names.values.items()
        if names.files[path].kind is not FileKind.TEST
        for row in values.get(("", "AUTH_USER_MODEL"), ())
    } - {""}
    return said.pop() if len(said) == 1 else "auth.User"
