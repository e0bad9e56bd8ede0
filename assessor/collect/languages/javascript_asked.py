"""Settings that scripts ask for: `process.env`, `import.meta.env`, and libraries of settings."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Literal

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row, setting
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_folding import said
from assessor.collect.languages.javascript_scene import Scene, given_to, parts, patterns
from assessor.collect.languages.javascript_whence import home

# All begin with letters, so that they are quick to look for; what stands before is looked at then.
ENVIRONMENT = re.compile(rb"process(?<![\w$.]process)\s*\??\.\s*env\b")
_OF_BUILD = re.compile(rb"import\.meta\.env\b")
_AFTER = re.compile(
    rb"\s*\??\.\s*([A-Za-z_$][\w$]*)|\s*(?:\?\.)?\[\s*['\"]([^'\"\n]{1,100})['\"]\s*\]"
)
_BUILT_IN = frozenset({"DEV", "PROD", "SSR", "MODE", "BASE_URL"})
Where = Literal["environment", "properties"]
# Package -> where its settings come from.
_LIBRARIES: Mapping[str, Where] = {
    "config": "properties",
    "env-var": "environment",
    "nconf": "properties",
}
_REQUIRED = re.compile(rb"require\(\s*['\"](config|env-var|nconf)['\"]\s*\)")
_GIVEN = re.compile(rb"([A-Za-z_$][A-Za-z0-9_$]*)\s*=\s*\Z")
# How a name comes to be a `ConfigService`, and how one is asked.
_SERVICE = (
    r"(\w+)\s*\??:\s*NAME\b|\b(\w+)\s*(?::[^=;\n]{1,60})?=\s*(?:await\s+)?\w+\.get\(\s*NAME\b"
)
_ASKS = r"NAME(?<![\w$]NAME)\s*\??\.\s*(get|getOrThrow)(?:<[^()\n]{1,80}>)?\("
PACKAGES = frozenset({"@nestjs/config", "config", "env-var", "envalid", "nconf"})
_PASSING = frozenset(
    {
        "parenthesized_expression", "as_expression", "non_null_expression", "await_expression",
        "arguments", "satisfies_expression",
    }
)  # fmt: skip
_CONVERTS = re.compile(
    r"(?:Number|String|Boolean|parseInt|parseFloat|JSON\.parse|Number\.parse(?:Int|Float))"
)
# What may follow a setting that has a default; most have none, and are not looked at further.
_GOES_ON = re.compile(rb"[\s)!]*+(?:as\s[\s\w.|<>]{1,80})?(?:,\s*\d+\s*)?[\s)]*+(?:\|\||\?|:)")
_NOTHING = frozenset({"null", "undefined"})
_VALUES = frozenset({"number", "string", "template_string", "true", "false"})
_MOST, _HIGHEST = 2_000, 8


def settings(made: Scene) -> Iterator[Row]:
    """A row for each setting that the file asks for."""
    found = (*ENVIRONMENT.finditer(made.source), *_OF_BUILD.finditer(made.source))
    for match in found[:_MOST]:
        node = made.root.descendant_for_byte_range(match.start(), match.start())
        if node is not None and node.type in {"identifier", "import", "meta_property"}:
            yield from _of_environment(made, match, node)
    for name, where in _clients(made):
        yield from _of_client(made, name, where)
    if b"cleanEnv(" in made.source:
        yield from _checked(made)


def _clients(made: Scene) -> Iterator[tuple[str, Where]]:
    """Names of the file that stand for a library of settings."""
    required = {
        before[1].decode(): (match[1].decode(), "")
        for match in _REQUIRED.finditer(made.source)
        if (before := _GIVEN.search(made.source, max(0, match.start() - 80), match.start()))
    }
    for name, (module, exported) in sorted({**made.imports, **required}.items()):
        where = _LIBRARIES.get(home(module))
        if where is not None and exported in {"", "default"}:
            yield name, where
        elif home(module) == "@nestjs/config" and exported == "ConfigService":
            pattern = _SERVICE.replace("NAME", re.escape(name))
            found = re.findall(pattern.encode(), made.source)
            for one in sorted({first or second for first, second in found}):
                yield one.decode(errors="replace"), "properties"


def _of_environment(made: Scene, match: re.Match[bytes], node: Node) -> Iterator[Row]:
    found = _AFTER.match(made.source, match.end())
    inner = _reaching(node, match.end())
    if found is None:
        yield from _of_pattern(inner) if inner is not None else ()
        return
    key = (found[1] or found[2]).decode(errors="replace")
    outer = _reaching(node, found.end())
    if outer is None or _is_set(outer) or (match[0].startswith(b"import") and key in _BUILT_IN):
        return
    line = made.source.count(b"\n", 0, found.start(found.lastindex or 0)) + 1
    yield setting(line, key=key, source="environment", default=_defaulted(made, outer))


def _reaching(node: Node, end: int) -> Node | None:
    """The expression that starts with a node and ends at a byte."""
    at: Node | None = node
    while at is not None and at.end_byte < end:
        at = at.parent
    return at if at is not None and at.end_byte == end else None


def _of_pattern(node: Node) -> Iterator[Row]:
    """`const { PORT = 3000, HOST } = process.env`; a name that stands for all of it."""
    around = node.parent
    target = around.child_by_field_name("name") if around is not None else None
    if around is None or target is None or around.type != "variable_declarator":
        return
    line = target.start_point[0] + 1
    for name, path, default in patterns(target):
        yield setting(line, key=path or name, source="environment", default=default)


def _is_set(node: Node) -> bool:
    around = node.parent
    if around is None:
        return False
    if around.type in {"assignment_expression", "augmented_assignment_expression"}:
        left = around.child_by_field_name("left")
        return left is not None and left.id == node.id
    return around.type == "unary_expression" and text_of(around).startswith("delete")


def _defaulted(made: Scene, node: Node) -> bool:
    """Whether the code has a value for where there is no setting: `||`, `??`, `x ? f(x) : 1`."""
    if _GOES_ON.match(made.source, node.end_byte) is None:
        return False
    at, around = node, node.parent
    for _ in range(_HIGHEST):
        if around is None:
            return False
        kind = around.type
        if kind == "binary_expression" and _is_either(around):
            right = around.child_by_field_name("right")
            if right is not None and right.id != at.id and text_of(right) not in _NOTHING:
                return True
        elif kind == "ternary_expression":
            return _is_alternative(around, node)
        elif kind not in _PASSING and not _converts(around):
            return False
        at, around = around, around.parent
    return False


def _is_either(node: Node) -> bool:
    operator = node.child_by_field_name("operator")
    return operator is not None and operator.type in {"||", "??"}


def _converts(node: Node) -> bool:
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    return function is not None and _CONVERTS.fullmatch(text_of(function)) is not None


def _is_alternative(around: Node, node: Node) -> bool:
    """`X ? parseInt(X) : 3000`, also where the alternative asks for another setting first."""
    condition = around.child_by_field_name("condition")
    value = around.child_by_field_name("consequence")
    other = around.child_by_field_name("alternative")
    while other is not None and other.type == "ternary_expression":
        other = other.child_by_field_name("alternative")
    if condition is None or value is None or other is None:
        return False
    asked = "".join(text_of(node).split())
    same = "".join(text_of(condition).split()) == asked and asked in "".join(
        text_of(value).split()
    )
    return same and other.type in _VALUES


def _of_client(made: Scene, name: str, where: Where) -> Iterator[Row]:
    """`config.get('a.b')`, `this.configService.get('a.b', 1)`, `nconf.get('a:b')`."""
    asks = re.compile(_ASKS.replace("NAME", re.escape(name)).encode())
    for match in islice(asks.finditer(made.source), _MOST):
        node = made.root.descendant_for_byte_range(match.start(1), match.start(1))
        member = node.parent if node is not None else None
        call = member.parent if member is not None else None
        if node is None or call is None or call.type != "call_expression":
            continue
        given = given_to(call)
        key = said(made, given[0], 0) if given else None
        if key is not None:
            own = (
                len(given) > 1 and given[1].type != "object" and text_of(given[1]) not in _NOTHING
            )
            default = own or _defaulted(made, call) or _chained(call)
            yield setting(node.start_point[0] + 1, key=key, source=where, default=default)


def _chained(node: Node) -> bool:
    """`env.get('PORT').default('3000')`."""
    around = node.parent
    name = around.child_by_field_name("property") if around is not None else None
    return name is not None and text_of(name) == "default"


def _checked(made: Scene) -> Iterator[Row]:
    """`cleanEnv(process.env, { PORT: port({ default: 3000 }) })` of envalid."""
    if not any(home(module) == "envalid" for module, _ in made.imports.values()):
        return
    for match in islice(re.finditer(rb"\bcleanEnv\(", made.source), _MOST):
        node = made.root.descendant_for_byte_range(match.start(), match.start())
        call = node.parent if node is not None and node.type == "identifier" else None
        for pair in (
            parts(given[1]) if call is not None and len(given := given_to(call)) > 1 else ()
        ):
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None:
                default = re.search(r"\b(?:default|devDefault)\s*:", text_of(value)) is not None
                line = key.start_point[0] + 1
                name = text_of(key).strip("'\"")
                yield setting(line, key=name, source="environment", default=default)
