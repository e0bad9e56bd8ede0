"""The Go grammar: kinds of node as numbers, so that a walk compares ints and never strings."""

import tree_sitter_go
from tree_sitter import Language, Parser

LANGUAGE = Language(tree_sitter_go.language())
ERROR = 65_535  # what the library calls a node that it could not make sense of
TABLE_SIZE = ERROR + 1


def parser() -> Parser:
    """A new parser for Go."""
    return Parser(LANGUAGE)


def kind(name: str, *, named: bool = True) -> int:
    """The number of one kind of node; ValueError for a name that the grammar lacks."""
    number = LANGUAGE.id_for_node_kind(name, named)
    if number is None:
        raise ValueError(f"no such node in the Go grammar: {name}")
    return number


def kinds(name: str) -> tuple[int, ...]:
    """All numbers of a named kind, for the grammar has several for some."""
    numbers = range(LANGUAGE.node_kind_count)
    return tuple(
        number
        for number in numbers
        if LANGUAGE.node_kind_for_id(number) == name and LANGUAGE.node_kind_is_named(number)
    )


def inner_kinds() -> tuple[int, ...]:
    """Numbers of all named kinds that may have something of use inside."""
    numbers = range(LANGUAGE.node_kind_count)
    return tuple(
        number
        for number in numbers
        if LANGUAGE.node_kind_is_named(number) and LANGUAGE.node_kind_for_id(number) not in _LEAVES
    )


_LEAVES = frozenset(
    {
        "blank_identifier", "raw_string_literal_content", "interpreted_string_literal_content",
        "escape_sequence", "int_literal", "float_literal", "imaginary_literal", "rune_literal",
        "nil", "true", "false", "iota", "comment", "dot", "empty_statement", "label_name",
        "fallthrough_statement", "raw_string_literal", "interpreted_string_literal",
        "field_identifier", "package_identifier", "package_clause",
    }
)  # fmt: skip

IDENTIFIERS = frozenset(kinds("identifier"))
TYPE_IDENTIFIER = kind("type_identifier")
FIELD_IDENTIFIER = kind("field_identifier")
PACKAGE_IDENTIFIER = kind("package_identifier")
BLANK = frozenset({kind("blank_identifier")})
DOT = kind("dot")
STRINGS = frozenset({kind("interpreted_string_literal"), kind("raw_string_literal")})
COMMENT = kind("comment")

TYPE_PARAMETERS = kind("type_parameter_list")
TYPE_PARAMETER = kind("type_parameter_declaration")
PARAMETERS = kind("parameter_list")
PARAMETER = kind("parameter_declaration")
VARIADIC = kind("variadic_parameter_declaration")
STRUCT = kind("struct_type")
INTERFACE = kind("interface_type")
FIELDS = kind("field_declaration_list")
FIELD = kind("field_declaration")
METHOD_ELEMENT = kind("method_elem")
TYPE_ELEMENT = kind("type_elem")
QUALIFIED = kind("qualified_type")
GENERIC = kind("generic_type")
POINTER = kind("pointer_type")
TYPE_ARGUMENTS = kind("type_arguments")
FUNCTION_TYPE = kind("function_type")
ANY_TYPE = frozenset(
    {
        TYPE_IDENTIFIER, QUALIFIED, GENERIC, POINTER, STRUCT, INTERFACE, FUNCTION_TYPE,
        kind("parenthesized_type"), kind("array_type"), kind("implicit_length_array_type"),
        kind("slice_type"), kind("map_type"), kind("channel_type"), kind("negated_type"),
    }
)  # fmt: skip

EXPRESSIONS = kind("expression_list")
BLOCK = kind("block")
IF = kind("if_statement")
SHORT_VARIABLE = kind("short_var_declaration")
RANGE = kind("range_clause")
TYPE_CASE = kind("type_case")
LABEL = kind("label_name")

CALL = kind("call_expression")
ARGUMENTS = frozenset(kinds("argument_list"))
SELECTOR = kind("selector_expression")
INDEX = kind("index_expression")
INSTANTIATION = kind("type_instantiation_expression")
COMPOSITE = kind("composite_literal")
LITERAL_VALUE = kind("literal_value")
LITERAL_ELEMENT = kind("literal_element")
KEYED_ELEMENT = kind("keyed_element")
FUNCTION_LITERAL = kind("func_literal")
BINARY = kind("binary_expression")
UNARY = kind("unary_expression")

AND = kind("&&", named=False)
OR = kind("||", named=False)
AMPERSAND = kind("&", named=False)
STAR = kind("*", named=False)
ARROW = kind("<-", named=False)
DEFINES = kind(":=", named=False)
IS = kind("=", named=False)
