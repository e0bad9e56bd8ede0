"""Settings that code in C# asks for by their names: IConfiguration, the environment."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.csharp_calls import (
    argument,
    around,
    called,
    has_parameter,
    line_at,
    local,
    named_arguments,
    receiver,
)
from assessor.collect.languages.csharp_values import Look, said, type_of
from assessor.collect.languages.endpoints_texts import text_of

ASKS = re.compile(r"Get(?:\w*Value|(?:Required)?Section|ConnectionString)")
ENVIRONMENT = frozenset({"GetEnvironmentVariable"})
BINDS = frozenset({"BindConfiguration"})
_ELEMENT = re.compile(rb"(?<=[\w)!?])\[\s*[\$@\w\"]")
_WORD = b"onfiguration"
_CONFIGURATION = frozenset(
    {
        "ConfigurationManager", "IConfiguration", "IConfigurationManager", "IConfigurationRoot",
        "IConfigurationSection", "ConfigurationRoot",
    }
)  # fmt: skip
_HOLDERS = re.compile(r"\w*(?:Builder|BuilderContext|Application)")
_LAMBDA_HOLDERS = frozenset({"app", "builder", "context", "ctx", "hostContext", "hostingContext"})
_MOST_STEPS = 8


def asked(look: Look, call: Node) -> Iterator[Row]:
    """`configuration.GetValue<int>("A:B")`, `GetSection("A")`, `GetConnectionString("C")`."""
    name, on = called(call), receiver(call)
    prefix = _section(look, on)
    key = said(look, argument(call, 0, "key", "name"))
    if prefix is None or key is None or _is_led_on(call):
        return
    if name == "GetConnectionString":
        key = f"ConnectionStrings:{key}"
    more = len(named_arguments(call)) > 1
    yield _row(call, f"{prefix}{key}", default=more or _has_other(call))


def environment(look: Look, call: Node) -> Iterator[Row]:
    """`Environment.GetEnvironmentVariable("A")`."""
    on, key = receiver(call), said(look, argument(call, 0, "variable"))
    is_it = on is None or text_of(on).rpartition(".")[2] == "Environment"
    if is_it and key is not None:
        yield behaviour.setting(
            line_at(call), key=key, source="environment", default=_has_other(call)
        )


def bound(look: Look, call: Node) -> Iterator[Row]:
    """`.BindConfiguration("A")` of options."""
    key = said(look, argument(call, 0, "configSectionPath"))
    if key is not None:
        yield _row(call, key, default=False)


def elements(look: Look) -> Iterator[Row]:
    """`configuration["A:B"]`, where it is not set."""
    for match in _ELEMENT.finditer(look.source) if _WORD in look.source else ():
        element = _element_at(look, match.start())
        if element is None:
            continue
        prefix = _section(look, element.named_children[0])
        key = said(look, _subscript(element)) if prefix is not None else None
        if key is not None and not _is_set(element):
            yield _row(element, f"{prefix}{key}", default=_has_other(element))


def _element_at(look: Look, start: int) -> Node | None:
    node = look.root.descendant_for_byte_range(start, start)
    given = node.parent if node is not None and node.type == "[" else None
    element = given.parent if given is not None else None
    return element if element is not None and element.type == "element_access_expression" else None


def _row(node: Node, key: str, *, default: bool) -> Row:
    return behaviour.setting(line_at(node), key=key, source="properties", default=default)


def _subscript(element: Node) -> Node | None:
    given = element.child_by_field_name("subscript")
    parts = given.named_children if given is not None else []
    return parts[0].named_children[-1] if len(parts) == 1 and parts[0].named_children else None


def _section(look: Look, node: Node | None, *, steps: int = 0) -> str | None:
    """The path, with a colon, of the section that an expression is; None for something else."""
    if node is None or steps > _MOST_STEPS:
        return None
    if node.type in {"parenthesized_expression", "postfix_unary_expression"}:
        return _section(look, node.named_children[0], steps=steps + 1)
    if node.type == "invocation_expression":
        key = said(look, argument(node, 0, "key"))
        before = _section(look, receiver(node), steps=steps + 1)
        is_section = called(node) in {"GetSection", "GetRequiredSection"}
        return f"{before}{key}:" if is_section and key and before is not None else None
    if node.type == "identifier":
        value = local(node, text_of(node), look.blocks)
        inner = _section(look, value, steps=steps + 1) if value is not None else None
        if inner is not None:
            return inner
    return "" if type_of(look, node) & _CONFIGURATION or _is_hosts(look, node) else None


def _is_hosts(look: Look, node: Node) -> bool:
    """`builder.Configuration` of a host or of what builds one."""
    name, of = node.child_by_field_name("name"), node.child_by_field_name("expression")
    if name is None or of is None or text_of(name) != "Configuration":
        return False
    if any(_HOLDERS.fullmatch(each) for each in type_of(look, of)):
        return True
    holder = text_of(of)
    return holder in _LAMBDA_HOLDERS and any(
        each.type == "lambda_expression" and has_parameter_of(each, holder)
        for each in around(node)
    )


def has_parameter_of(node: Node, name: str) -> bool:
    """Whether a lambda has a parameter of that name, with brackets around it or not."""
    given = node.child_by_field_name("parameters")
    return given is not None and (text_of(given) == name or has_parameter(node, name))


def _is_led_on(call: Node) -> bool:
    """Whether a section is only the way to something in it, which says the whole path."""
    if not called(call).endswith("Section"):
        return False
    outer = call.parent
    if outer is not None and outer.type == "element_access_expression":
        return True
    after = outer.parent if outer is not None else None
    if outer is None or after is None or outer.type != "member_access_expression":
        return False
    return after.type == "invocation_expression" and ASKS.fullmatch(called(after)) is not None


def _has_other(node: Node) -> bool:
    """`… ?? "other"`."""
    outer = node.parent
    while outer is not None and outer.type == "parenthesized_expression":
        outer = outer.parent
    if outer is None or outer.type != "binary_expression" or outer.children[1].type != "??":
        return False
    return "throw" not in text_of(outer.children[-1])[:6]


def _is_set(element: Node) -> bool:
    outer = element.parent
    return (
        outer is not None
        and outer.type == "assignment_expression"
        and outer.child_by_field_name("left") == element
    )
