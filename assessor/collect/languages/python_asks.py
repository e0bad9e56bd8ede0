"""Settings that a Python file asks for by name: of the environment, of Django, of Flask."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from tree_sitter import Node, Query, QueryCursor

from assessor.collect.languages.behaviour import Row, setting
from assessor.collect.languages.python_deeds import MADE, deed
from assessor.collect.languages.python_facts import Deed
from assessor.collect.languages.python_look import (
    ATTRIBUTE,
    CALL,
    MOST,
    Look,
    argument,
    calls,
    is_code,
    keywords,
    line_of,
    lines_of,
    shown,
)
from assessor.collect.languages.python_origins import Origin, imported, origin
from assessor.collect.languages.python_said import exact
from assessor.collect.languages.python_tree import LANGUAGE

READER_ROOTS = frozenset(["environ", "environs", "decouple", "starlette"])
READERS = re.compile(
    rb"\b(\w*env|\w*config|str|bool|int|float|list|tuple|dict|json|url|db|db_url|database_url|cache"
    rb"|cache_url|email|email_url|search_url|path|date|datetime|timedelta|enum|log_level|decimal"
    rb"|dj_db_url|dj_email_url|dj_cache_url|unicode|bytes|Env|FileAwareEnv)\s*\(",
    re.IGNORECASE,
)
_READER = re.compile(
    r"(?:environ\.(?:Env|FileAwareEnv)|environs\.(?:Env|FileAwareEnv|env)"
    r"|decouple\.(?:config|Config|AutoConfig)|starlette\.config\.Config)(?:\.(\w+))?"
).fullmatch
_CONSTRUCTED = frozenset(("environ.Env", "environ.FileAwareEnv"))
_NOT_READ = frozenset(
    ["read_env", "read_envfile", "prefixed", "get_value", "dump", "seal", "parse_value"]
)
_OWN_KEYS = {
    "db": "DATABASE_URL", "db_url": "DATABASE_URL", "cache": "CACHE_URL",
    "cache_url": "CACHE_URL", "email": "EMAIL_URL", "email_url": "EMAIL_URL",
    "search_url": "SEARCH_URL",
}  # fmt: skip

_OF_ENVIRONMENT = frozenset(("os.environ", "os.environb", "os.getenv", "os.getenvb"))
_ASKED = re.compile(rb"\b(getattr)\s*\(")
FLASK = re.compile(rb"\b(config)\s*(?:\[|\.\s*get\s*\()")
_APPLICATION = re.compile(
    r"(?:flask|quart)\.(?:\w+\.)?(?:current_app|Flask|Quart)\.config"
).fullmatch
SETTINGS = frozenset(("django.conf.settings", "dynaconf.settings", "dynaconf.Dynaconf"))
SETTINGS_ROOTS = frozenset(("django.conf", "dynaconf"))
_CLASSES = Query(LANGUAGE, "(class_definition) @found")
_BASES = frozenset(
    ("pydantic.BaseSettings", "pydantic_settings.BaseSettings", "pydantic.v1.BaseSettings",
     "pydantic_settings.main.BaseSettings")
)  # fmt: skip
_ALIASES = ("validation_alias", "alias", "env")
_CONDITIONS = frozenset(["if_statement", "elif_clause", "while_statement", "not_operator"])
_CHECK = 3  # children of `"X" in os.environ`
_READS = frozenset(("get", "pop", "getenv"))
_NO_VALUE = frozenset(("...", "Ellipsis", "None"))

Source = Literal["environment", "properties"]


def environment_rows(look: Look) -> Iterator[Deed]:
    """`os.environ["X"]`, `os.environ.get("X", d)`, `os.getenv("X", d)`, `"X" in os.environ`."""
    aliases = [name for name in look.walk.named if imported(look, name)[0] in _OF_ENVIRONMENT]
    names = "|".join(sorted({*aliases, "environ", "environb", "getenv", "getenvb"}))
    pattern = re.compile(rf"\b({names})\b".encode())
    for found in islice(pattern.finditer(look.source), MOST):
        node = look.root.descendant_for_byte_range(found.start(1), found.start(1))
        if node is None or node.type != "identifier" or not is_code(look, found.start(1)):
            continue
        whole = node.parent if _is_last(node) else node
        named, number = imported(look, shown(look, whole)) if whole is not None else ("", -1)
        if whole is not None and named in _OF_ENVIRONMENT:
            row = _read(look, whole, source="environment")
            if row:
                yield deed(row, number=number)


def _is_last(node: Node) -> bool:
    around = node.parent
    return around is not None and around.kind_id in ATTRIBUTE and around.end_byte == node.end_byte


def _read(look: Look, mapping: Node, *, source: Source) -> Row | None:
    """What is read from a mapping, or by a function that stands for one."""
    around = mapping.parent
    if around is None:
        return None
    if around.type == "comparison_operator":
        asks = around.child_count == _CHECK and around.child(2) == mapping
        key, default = (around.child(0) if asks and _says_in(around) else None), False
    elif around.type == "subscript":
        is_read = around.child(0) == mapping and not _is_written(around)
        key, default = (around.child(2) if is_read else None), False
    else:
        is_called = around.kind_id in CALL
        last = "getenv" if is_called else shown(look, around).rpartition(".")[2]
        around = around if is_called else around.parent
        if around is None or around.kind_id not in CALL or last not in _READS:
            return None
        key, default = argument(look, around, 0, "key"), _has_default(look, around)
    name = exact(look, key)
    if not name:
        return None
    return setting(line_of(around), key=name, source=source, default=default or _or(around))


def _says_in(comparison: Node) -> bool:
    operator = comparison.child(1)
    return operator is not None and operator.type in {"in", "not in"}


def _has_default(look: Look, call: Node) -> bool:
    given = argument(look, call, 1, "default")
    return given is not None and given.type != "none"


def _or(node: Node) -> bool:
    """`… or "value"` follows, and not as a condition."""
    whole = node.parent
    return (
        whole is not None
        and whole.type == "boolean_operator"
        and whole.child(0) == node
        and any(each.type == "or" for each in whole.children)
        and (whole.parent is None or whole.parent.type not in _CONDITIONS)
    )


def _is_written(node: Node) -> bool:
    """The place is set or deleted, not read."""
    around = node.parent
    if around is None:
        return False
    left = around.child(0) == node
    return (around.type == "assignment" and left) or around.type == "delete_statement"


def reader_rows(look: Look, _name: str, call: Node) -> Iterator[Deed]:
    """`env("X", default=…)` of django-environ and environs, `config("X")` of decouple."""
    found = origin(look, call.child(0))
    read = _READER(found.full)
    if read is None or read[1] in _NOT_READ:
        return
    if found.full in _CONSTRUCTED and not found.calls:
        yield from _schemes(look, call, found)
        return
    if not found.calls and not found.full.startswith(("decouple.config", "environs.env")):
        return
    name = exact(look, argument(look, call, 0, "var", "name", "key", "option"))
    name = name or (
        _OWN_KEYS.get(read[1] or "") if argument(look, call, 0, "var") is None else None
    )
    if name:
        row = setting(
            line_of(call), key=name, source="environment", default=_has_default(look, call)
        )
        yield deed(row, number=found.number)


def _schemes(look: Look, call: Node, found: Origin) -> Iterator[Deed]:
    """`environ.Env(DEBUG=(bool, False))`."""
    for key, value in sorted(keywords(look, call).items()):
        if key.isupper():
            default = value.type == "tuple"
            row = setting(line_of(value), key=key, source="environment", default=default)
            yield deed(row, number=found.number)


def settings_rows(look: Look) -> Iterator[Deed]:
    """`settings.X` and `getattr(settings, "X", d)` of Django and dynaconf."""
    named = _named(look)
    if not named:
        return
    names = b"|".join(sorted(named))
    pattern = re.compile(rb"(" + names + rb")\.([A-Z][A-Z0-9_]*)\b(?!\s*=[^=])")
    for found, line in lines_of(look, pattern):
        before = look.source[max(0, found.start() - 1) : found.start()]
        if before == b"." or before.isalnum() or before == b"_":
            continue
        row = setting(line, key=found[2].decode(), source="properties", default=False)
        yield deed(row, number=named[found[1]])
    for _, call in calls(look, _ASKED):
        yield from _asked(look, call, named)


def _named(look: Look) -> dict[bytes, int]:
    """Names of the file that are the settings -> number of the import."""
    found = {}
    for name in look.walk.named:
        full, number = imported(look, name)
        if full in SETTINGS:
            found[name.encode()] = number
    return found


def _asked(look: Look, call: Node, named: dict[bytes, int]) -> Iterator[Deed]:
    owner = argument(look, call, 0)
    number = named.get(shown(look, owner).encode()) if owner is not None else None
    key = exact(look, argument(look, call, 1)) if number is not None else None
    if number is not None and key:
        default = argument(look, call, 2)
        has = default is not None and default.type != "none"
        row = setting(line_of(call), key=key, source="properties", default=has)
        yield deed(row, number=number)


def flask_rows(look: Look) -> Iterator[Deed]:
    """`current_app.config["X"]`, `app.config.get("X")`."""
    for found in islice(FLASK.finditer(look.source), MOST):
        node = look.root.descendant_for_byte_range(found.start(1), found.start(1))
        whole = node.parent if node is not None and _is_last(node) else None
        if whole is None or not is_code(look, found.start(1)):
            continue
        made, row = origin(look, whole), _read(look, whole, source="properties")
        if row and _APPLICATION(made.full):
            yield deed(row, number=made.number)
        elif row and made.number >= 0 and made.written.endswith(".config"):
            owner = made.written.rpartition(".")[0]
            yield deed(row, number=made.number, proof=MADE, owner=owner, function="flask")


def class_rows(look: Look) -> Iterator[Deed]:
    """Fields of pydantic's classes of settings."""
    known: dict[str, int] = {}
    nodes = QueryCursor(_CLASSES).captures(look.root).get("found", [])
    for node in sorted(nodes, key=lambda each: each.start_byte)[:MOST]:
        listed, body = node.child_by_field_name("superclasses"), node.child_by_field_name("body")
        named = node.child_by_field_name("name")
        number = _settings_class(look, listed, known) if listed is not None else -1
        if number >= 0 and body is not None and named is not None:
            known[shown(look, named)] = number
            yield from _fields(look, body, number)


def _settings_class(look: Look, listed: Node, known: dict[str, int]) -> int:
    """Number of the import that makes a class one of settings, -1 if none does."""
    for base in listed.named_children:
        name = shown(look, base)
        full, number = imported(look, name)
        if full in _BASES:
            return number
        if name in known:
            return known[name]
    return -1


def _fields(look: Look, body: Node, number: int) -> Iterator[Deed]:
    prefix = _prefix(look, body)
    for statement in body.named_children:
        field = statement.child(0) if statement.type == "expression_statement" else None
        if field is None or field.type != "assignment":
            continue
        name, kind = field.child_by_field_name("left"), field.child_by_field_name("type")
        if name is None or kind is None or name.type != "identifier":
            continue
        said = shown(look, name)
        if said[:1] != "_" and said != "model_config" and "ClassVar" not in shown(look, kind):
            row = _field(look, name, field.child_by_field_name("right"), prefix=prefix)
            yield deed(row, number=number)


def _field(look: Look, name: Node, value: Node | None, *, prefix: str) -> Row:
    """A field with the name of its variable; pydantic takes it in any case."""
    key = f"{prefix}{shown(look, name)}".upper()
    default = value is not None and shown(look, value) not in _NO_VALUE
    if value is not None and value.kind_id in CALL and shown(look, value).startswith("Field("):
        given = argument(look, value, 0, "default", "default_factory")
        default = given is not None and shown(look, given) not in _NO_VALUE
        key = exact(look, argument(look, value, -1, *_ALIASES)) or key
    return setting(line_of(name), key=key, source="environment", default=default)


def _prefix(look: Look, body: Node) -> str:
    """`env_prefix` of `model_config` or of the class `Config`."""
    for statement in body.named_children:
        field = statement.child(0) if statement.type == "expression_statement" else None
        value = field.child_by_field_name("right") if field is not None else None
        if value is not None and value.kind_id in CALL and b"env_prefix" in look.source:
            said = exact(look, argument(look, value, -1, "env_prefix"))
            if said and "model_config" in shown(look, field):  # type: ignore[arg-type]  # it has a value
                return said
        if statement.type == "class_definition":
            found = re.search(r"\benv_prefix\s*=\s*[\"']([\w.-]*)[\"']", shown(look, statement))
            if found:
                return found[1]
    return ""
