"""Django: what the operations of a migration do to models, whose tables have names by them."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.python_tree import LANGUAGE
from assessor.collect.platform.schema_calls import CALL, NAME, TEXT, Value, tree, value
from assessor.collect.platform.schema_ddl import inside
from assessor.collect.platform.schema_state import MODEL
from assessor.collect.platform.schema_steps import (
    COLUMN,
    CREATE,
    DROP,
    HAS,
    LACKS,
    NAMED,
    NO_KEY,
    RENAME,
    Changes,
    Key,
    Step,
    table_name,
)

USER = f"{MODEL}settings.auth_user_model"
_AUTH_USER = re.compile(
    r"^AUTH_USER_MODEL[ \t]*(?::[^=\n]*)?=[ \t]*[\"'](\w+)\.(\w+)[\"']", re.MULTILINE
)
_SINGLE = re.compile(r"(?:\w*ForeignKey|\w*OneToOneField)")
_MANY = re.compile(r"\w*ManyToManyField")


def django_changes(path: str, text: str) -> tuple[Changes | None, list[int]]:
    """What the migration does, or which model is the user's; None where it is neither."""
    app = _app(path)
    if "Migration" not in text or "django" not in text or not app:
        return None, []
    lists = _lists(tree(LANGUAGE, text))
    if "operations" not in lists:
        return None, []
    found = [
        step
        for each in lists["operations"].parts
        for part in (each, *_state(each, lists))
        for step in _steps(part, app)
    ]
    return Changes(path, "django", tuple(found), False), []


def django_settings(path: str, text: str) -> Changes | None:
    """The model that the settings name as the user's."""
    said = _AUTH_USER.search(text)
    if said is None:
        return None
    line = text.count("\n", 0, said.start()) + 1
    step = Step(NAMED, USER, line, to=_model(said[1], said[2]))
    return Changes(path, "django", (step,))


def _app(path: str) -> str:
    """The label of the app: the folder that its migrations lie in."""
    parts = path.split("/")
    at = parts.index("migrations") if "migrations" in parts else 0
    return parts[at - 1].lower() if at else ""


def _model(app: str, name: str) -> str:
    return f"{MODEL}{app}.{name}".lower()


def _lists(root: Node) -> dict[str, Value]:
    """What stands in the class `Migration` under its names, `operations` among them."""
    found: dict[str, Value] = {}
    for class_ in root.named_children:
        body = class_.child_by_field_name("body") if class_.type == "class_definition" else None
        name = class_.child_by_field_name("name") if body is not None else None
        if body is None or name is None or name.text != b"Migration":
            continue
        for line in body.named_children:
            each = line.named_children[0] if line.named_children else line
            left = each.child_by_field_name("left") if each.type == "assignment" else None
            if left is not None:
                said = (left.text or b"").decode("utf-8", "replace")
                found[said] = value(each.child_by_field_name("right"))
    return found


def _state(call: Value, lists: Mapping[str, Value]) -> tuple[Value, ...]:
    """The operations on the models that are apart from those on the database."""
    if call.text != "SeparateDatabaseAndState":
        return ()
    given = call.get("state_operations", at=1)
    return (lists.get(given.text, given) if given.kind == NAME else given).parts


def _steps(call: Value, app: str) -> Iterator[Step]:
    if call.text == "RunSQL":
        yield from _sql(call)
        return
    act = _ACTS.get(call.text)
    if act is not None:
        yield from act(call, app)


def _sql(call: Value) -> Iterator[Step]:
    for text in call.get("sql", at=0).texts:
        yield from inside(text, call.line)


def _created(call: Value, app: str) -> Iterator[Step]:
    name = call.get("name", at=0).literal
    options = call.get("options", at=2)
    flags = {key: options.named[key].text for key in ("proxy", "managed") if key in options.named}
    if not name or flags.get("proxy") == "True" or flags.get("managed") == "False":
        return
    model = _model(app, name)
    columns: list[str] = []
    primary: list[str] = []
    keys: list[Key] = []
    between: list[Step] = []
    for pair in call.get("fields", at=1).parts:
        field = pair.parts[0].literal if len(pair.parts) > 1 else ""
        made = pair.parts[1] if len(pair.parts) > 1 else pair
        if not field or made.kind != CALL:
            continue
        column, key, table = _field(made, field, app=app, model=model)
        columns += [column] if column else []
        keys += [key] if key else []
        between += [table] if table else []
        primary += [column] if made.get("primary_key").text == "True" else []
    own = table_name(options.named["db_table"].literal) if "db_table" in options.named else ""
    yield Step(CREATE, model, call.line, tuple(columns), tuple(primary), tuple(keys), own)
    yield from between


def _field(
    made: Value, field: str, *, app: str, model: str
) -> tuple[str, Key | None, Step | None]:
    """The column of a field, its foreign key, and the table that it needs between two models."""
    target = _target(made.get("to", at=0), app, model)
    if _MANY.fullmatch(made.text):
        through = made.get("through")
        table = None if through.kind == TEXT else _between(made, field, model=model, target=target)
        return "", None, table
    if not _SINGLE.fullmatch(made.text):
        return (made.get("db_column").literal or field).lower(), None, None
    column = (made.get("db_column").literal or f"{field}_id").lower()
    constrained = made.get("db_constraint").text != "False"
    key = Key((column,), target, "", made.line) if target and constrained else None
    return column, key, None


def _target(to: Value, app: str, model: str) -> str:
    """The model that a field leads to; "" where the field does not say."""
    if to.text == "AUTH_USER_MODEL":
        return USER
    said = to.literal or (to.get(at=0).literal if to.kind == CALL else "")
    if said.lower() == "self":
        return model
    if said == "settings.AUTH_USER_MODEL":
        return USER
    label, _, name = said.rpartition(".")
    return _model(label or app, name) if name else ""


def _between(made: Value, field: str, *, model: str, target: str) -> Step:
    """The table that Django makes for a field that leads to many."""
    own, other = model.rpartition(".")[2], target.rpartition(".")[2]
    names = (f"from_{own}_id", f"to_{own}_id") if target == model else (f"{own}_id", f"{other}_id")
    keys = (Key((names[0],), model, "", made.line), Key((names[1],), target, "", made.line))
    table = table_name(made.get("db_table").literal)
    known = names if target and target != USER else names[:1]
    return Step(
        CREATE,
        f"{model}.{field.lower()}",
        made.line,
        ("id", *known),
        ("id",),
        keys if target else keys[:1],
        table,
    )


def _added(call: Value, app: str) -> Iterator[Step]:
    name, field = call.get("model_name", at=0).literal, call.get("name", at=1).literal
    made = call.get("field", at=2)
    if not name or not field or made.kind != CALL:
        return
    model = _model(app, name)
    column, key, table = _field(made, field, app=app, model=model)
    if column:
        yield Step(HAS, model, call.line, (column,), (), (key,) if key else ())
    if table:
        yield table


def _changed(call: Value, app: str) -> Iterator[Step]:
    """`AlterField`: the foreign key of the field is the one that it has now."""
    name, field = call.get("model_name", at=0).literal, call.get("name", at=1).literal
    made = call.get("field", at=2)
    if not name or not field or not _SINGLE.fullmatch(made.text):
        return
    model = _model(app, name)
    column, key, _ = _field(made, field, app=app, model=model)
    yield Step(NO_KEY, model, call.line, columns=(column,))
    yield Step(HAS, model, call.line, (column,), (), (key,) if key else ())


def _removed(call: Value, app: str) -> Iterator[Step]:
    name, field = call.get("model_name", at=0).literal, call.get("name", at=1).literal.lower()
    if name and field:
        yield Step(LACKS, _model(app, name), call.line, columns=(field, f"{field}_id"))


def _moved(call: Value, app: str) -> Iterator[Step]:
    name = call.get("model_name", at=0).literal
    old, new = (
        call.get("old_name", at=1).literal.lower(),
        call.get("new_name", at=2).literal.lower(),
    )
    if name and old and new:
        model = _model(app, name)
        yield Step(COLUMN, model, call.line, columns=(old, new))
        yield Step(COLUMN, model, call.line, columns=(f"{old}_id", f"{new}_id"))
        yield Step(RENAME, f"{model}.{old}", call.line, to=f"{model}.{new}")


def _deleted(call: Value, app: str) -> Iterator[Step]:
    name = call.get("name", at=0).literal
    if name:
        yield Step(DROP, _model(app, name), call.line)


def _renamed(call: Value, app: str) -> Iterator[Step]:
    old, new = call.get("old_name", at=0).literal, call.get("new_name", at=1).literal
    if old and new:
        yield Step(RENAME, _model(app, old), call.line, to=_model(app, new))


def _given_table(call: Value, app: str) -> Iterator[Step]:
    name, table = call.get("name", at=0).literal, call.get("table", at=1)
    if name and (table.kind == TEXT or table.text == "None"):
        yield Step(NAMED, _model(app, name), call.line, to=table_name(table.literal))


_ACTS = {
    "CreateModel": _created,
    "AddField": _added,
    "AlterField": _changed,
    "RemoveField": _removed,
    "RenameField": _moved,
    "DeleteModel": _deleted,
    "RenameModel": _renamed,
    "AlterModelTable": _given_table,
}
