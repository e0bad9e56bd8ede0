"""Jobs, transactions and settings in PHP."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.php_calls import (
    Call,
    argument,
    class_around,
    first,
    following,
    handler,
    last,
    line,
    parts,
)
from assessor.collect.languages.php_folding import class_of, known, literal
from assessor.collect.languages.php_names import class_name
from assessor.collect.languages.typed_walk import Walk, text_of

_SCHEDULES = frozenset(
    {"Illuminate.Console.Scheduling.Schedule", "Illuminate.Support.Facades.Schedule"}
)
_OFTEN = re.compile(
    r"(?:every|hourly|daily|twiceDaily|weekly|twiceMonthly|monthly|quarterly|yearly"
    r"|lastDayOfMonth|cron)\w*"
)
_RECURRING = "Symfony.Component.Scheduler.RecurringMessage"
_MARKS: Mapping[str, str] = {
    ".Symfony.Component.Scheduler.Attribute.AsCronTask": "expression",
    ".Symfony.Component.Scheduler.Attribute.AsPeriodicTask": "frequency",
}
# Class that begins a transaction -> its framework.
_TRANSACTIONAL: tuple[tuple[str, str], ...] = (
    ("Illuminate.Support.Facades.DB", "laravel"),
    ("Illuminate.Database.", "laravel"),
    ("Doctrine.ORM.EntityManager", "doctrine"),
    ("Doctrine.DBAL.", "doctrine"),
    ("PDO", "pdo"),
    ("mysqli", "mysqli"),
)
_BEGINS = frozenset(
    {"transaction", "beginTransaction", "wrapInTransaction", "transactional", "begin_transaction"}
)
# Class that settings are asked of -> where they come from.
_PARAMETERS = "Symfony.Component.DependencyInjection.ParameterBag."
_SOURCES: Mapping[str, str] = {
    "Illuminate.Config.Repository": "properties",
    "Illuminate.Contracts.Config.Repository": "properties",
    "Illuminate.Support.Env": "environment",
    "Illuminate.Support.Facades.Config": "properties",
    f"{_PARAMETERS}ContainerBagInterface": "properties",
    f"{_PARAMETERS}ParameterBagInterface": "properties",
}
_CONTROLLERS = frozenset({".Symfony.Bundle.FrameworkBundle.Controller.AbstractController"})
_AUTOWIRE = ".Symfony.Component.DependencyInjection.Attribute.Autowire"
_ENV = re.compile(r"\$_ENV\[['\"](\w+)['\"]\]")
_FILLED = re.compile(r"%(env\()?(?:\w+:)*([\w.]+)\)?%")
_ATTRIBUTE = re.compile(r"(?<=[\[,\s\\])(AsCronTask|AsPeriodicTask|Autowire)(?=[(\],\s])")
_KEY = re.compile(r"[A-Za-z_][\w.:-]*").fullmatch


def jobs(walk: Walk, calls: Sequence[Call]) -> Iterator[Row]:
    """Work that Laravel's or Symfony's scheduler starts; attributes are read elsewhere."""
    for call in calls:
        at = line(call.node)
        if call.name in {"command", "job", "call", "exec"}:
            scheduled = call.on in _SCHEDULES
            artisan = call.on == "Illuminate.Support.Facades.Artisan" and call.name == "command"
            schedule = _often(walk, call.node)
            if scheduled or (artisan and schedule is not None):
                named = _started(walk, call).partition(" ")[0] or handler(walk, call.node)
                yield behaviour.job(at, schedule=schedule, handler=named, framework="laravel")
        elif call.on == _RECURRING and call.name in {"cron", "every"}:
            text = known(walk, argument(call, 0))
            named = _started(walk, call, at=1) or handler(walk, call.node)
            yield behaviour.job(at, schedule=text, handler=named, framework="symfony")


def _often(walk: Walk, node: Node) -> str | None:
    """The text of `cron`, or the call that says how often, as it is written."""
    for name, call in following(walk, node):
        if _OFTEN.fullmatch(name):
            given = call.child_by_field_name("arguments")
            if name == "cron":
                return known(walk, last(first(given)))
            said = " ".join(text_of(walk, given)[1:-1].split()) if given is not None else ""
            return f"{name}({said})" if said else name
    return None


def _started(walk: Walk, call: Call, *, at: int = 0) -> str:
    """The class or command that is started."""
    node = argument(call, at, "message")
    if node is not None and node.type == "object_creation_expression":
        made = first(node)
        return text_of(walk, made).rpartition("\\")[2] if made is not None else ""
    if node is not None and node.type == "array_creation_expression":
        node = first(first(node))
    return class_of(walk, node).rpartition("\\")[2] or literal(walk, node) or ""


def transactions(walk: Walk, calls: Sequence[Call]) -> Iterator[Row]:
    """Transactions that are begun on a connection or a manager."""
    for call in calls:
        framework = ""
        if call.name in _BEGINS:
            framework = next((name for on, name in _TRANSACTIONAL if _is(call.on, on)), "")
        elif call.name == "mysqli_begin_transaction":
            framework = "mysqli"
        if framework:
            around = handler(walk, call.node)
            yield behaviour.transaction(line(call.node), handler=around, framework=framework)


def _is(type_: str, wanted: str) -> bool:
    return type_ == wanted or (wanted[-1] in ".r" and type_.startswith(wanted))


def settings(walk: Walk, root: Node, calls: Sequence[Call]) -> Iterator[Row]:
    """Settings that are asked for, but for those by functions of a framework."""
    for call in calls:
        key = literal(walk, argument(call, 0, "name", "key"))
        source = _source(walk, call) if key is not None and _KEY(key) else ""
        if key is not None and source:
            given = call.on.startswith("Illuminate.") and len(call.given) > 1
            default = given or _has_other(call.node)
            yield _setting(line(call.node), key, source, default=default)
    for found in _ENV.finditer(walk.text) if "$_ENV" in walk.text and not walk.too_deep else ():
        node = root.descendant_for_byte_range(found.start(), found.end())
        if node is not None and node.type == "subscript_expression":
            at = node.start_point[0] + 1
            yield _setting(at, found[1], "environment", default=_has_other(node))


def _source(walk: Walk, call: Call) -> str:
    """Where a call looks for a setting, "" for one that looks for none."""
    if call.name == "getenv":
        return "" if call.chain else "environment"
    if call.name in {"get", "getOrFail"} and call.on in _SOURCES:
        return _SOURCES[call.on]
    if call.name == "getParameter" and call.chain == "this:!":
        return "properties" if _CONTROLLERS & set(walk.scopes[call.scope].supers) else ""
    return ""


def _setting(at: int, key: str, source: str, *, default: bool) -> Row:
    place = "environment" if source == "environment" else "properties"
    return behaviour.setting(at, key=key, source=place, default=default)  # type: ignore[arg-type]


def _has_other(node: Node) -> bool:
    """`x ?? y`, `x ?: y`: there is a value besides."""
    outer = node.parent
    while outer is not None and outer.type in {"parenthesized_expression", "cast_expression"}:
        outer = outer.parent
    if outer is None or outer.type not in {"binary_expression", "conditional_expression"}:
        return False
    operator = outer.child_by_field_name("operator")
    return outer.type == "conditional_expression" or (
        operator is not None and operator.type == "??"
    )


def helpers(walk: Walk, calls: Sequence[Call]) -> Iterator[list[object]]:
    """Rows for `env` and `config`, which are Laravel's if the project has no others."""
    for call in calls:
        if call.name in {"env", "config"} and not call.chain:
            key = literal(walk, argument(call, 0, "key"))
            if key is not None and _KEY(key):
                source = "environment" if call.name == "env" else "properties"
                given = argument(call, 1, "default") is not None
                at = call.node.start_point[0] + 1
                yield [
                    call.name,
                    *_setting(at, key, source, default=given or _has_other(call.node)),
                ]


def marked(walk: Walk, root: Node) -> Iterator[Row]:
    """Attributes: tasks of Symfony's scheduler, settings that are put in."""
    words = ("AsCronTask", "AsPeriodicTask", "Autowire")
    may = not walk.too_deep and any(word in walk.text for word in words)
    for found in _ATTRIBUTE.finditer(walk.text) if may else ():
        node = root.descendant_for_byte_range(found.start(), found.start())
        while node is not None and node.type in {"name", "qualified_name"}:
            node = node.parent
        named = first(node)
        if node is None or node.type != "attribute" or named is None:
            continue
        name = class_name(walk, text_of(walk, named))
        given = _arguments(walk, node)
        at = node.start_point[0] + 1
        if name in _MARKS:
            schedule = known(walk, given.get(_MARKS[name]) or given.get("0"))
            method = literal(walk, given.get("method"))
            where = _handler(walk, node, method)
            yield behaviour.job(at, schedule=schedule, handler=where, framework="symfony")
        elif name == _AUTOWIRE:
            yield from _autowired(walk, given, at)


def _handler(walk: Walk, node: Node, method: str | None) -> str:
    outer = node.parent
    while outer is not None and not outer.type.endswith("_declaration"):
        outer = outer.parent
    if outer is not None and outer.type == "method_declaration":
        name = outer.child_by_field_name("name")
        method = text_of(walk, name) if name is not None else method
    return f"{class_around(walk, node)}.{method or '__invoke'}"


def _arguments(walk: Walk, node: Node) -> dict[str, Node]:
    found: dict[str, Node] = {}
    given = node.child_by_field_name("parameters")
    for each in parts(given):
        name, value = each.child_by_field_name("name"), last(each)
        if value is not None:
            key = text_of(walk, name) if name is not None else str(len(found))
            found.setdefault(key, value)
    return found


def _autowired(walk: Walk, given: Mapping[str, Node], at: int) -> Iterator[Row]:
    """`#[Autowire(env: 'X')]`, `#[Autowire(param: 'x')]`, `#[Autowire('%x%')]`."""
    for name, source in (("env", "environment"), ("param", "properties")):
        key = literal(walk, given.get(name))
        if key:
            yield _setting(at, key.rpartition(":")[2], source, default=False)
    text = literal(walk, given.get("value") or given.get("0")) or ""
    for found in _FILLED.finditer(text):
        yield _setting(at, found[2], "environment" if found[1] else "properties", default=False)
