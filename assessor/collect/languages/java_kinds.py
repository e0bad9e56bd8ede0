"""The Java grammar: kinds of node as numbers, so that a walk compares ints and never strings."""

import tree_sitter_java
from tree_sitter import Language, Parser

LANGUAGE = Language(tree_sitter_java.language())
ERROR = 65535  # what the library calls a node that it could not make sense of
TABLE_SIZE = ERROR + 1


def parser() -> Parser:
    """A new parser for Java."""
    return Parser(LANGUAGE)


def kind(name: str, *, named: bool = True) -> int:
    """The number of one kind of node; ValueError for a name that the grammar lacks."""
    number = LANGUAGE.id_for_node_kind(name, named)
    if number is None:
        raise ValueError(f"no such node in the Java grammar: {name}")
    return number


def field(name: str) -> int:
    """The number of one field; ValueError for a name that the grammar lacks."""
    number = LANGUAGE.field_id_for_name(name)
    if number is None:
        raise ValueError(f"no such field in the Java grammar: {name}")
    return number


def inner_kinds() -> tuple[int, ...]:
    """Numbers of all named kinds, those of literals and other leaves included."""
    numbers = range(LANGUAGE.node_kind_count)
    return tuple(number for number in numbers if LANGUAGE.node_kind_is_named(number))


IDENTIFIER = kind("identifier")
THIS = kind("this")
SUPER = kind("super")

PACKAGE = kind("package_declaration")
IMPORT = kind("import_declaration")

CLASS = kind("class_declaration")
INTERFACE = kind("interface_declaration")
ENUM = kind("enum_declaration")
RECORD = kind("record_declaration")
ANNOTATION_TYPE = kind("annotation_type_declaration")
DECLARES_TYPE = (CLASS, INTERFACE, ENUM, RECORD, ANNOTATION_TYPE)
CLASS_BODY = kind("class_body")
ENUM_CONSTANT = kind("enum_constant")
SUPERCLASS = kind("superclass")
SUPER_INTERFACES = kind("super_interfaces")
EXTENDS_INTERFACES = kind("extends_interfaces")
TYPE_PARAMETERS = kind("type_parameters")
TYPE_PARAMETER = kind("type_parameter")
MODIFIERS = kind("modifiers")

METHOD = kind("method_declaration")
CONSTRUCTOR = kind("constructor_declaration")
COMPACT_CONSTRUCTOR = kind("compact_constructor_declaration")
ELEMENT = kind("annotation_type_element_declaration")
FIELD = kind("field_declaration")
CONSTANT = kind("constant_declaration")
DECLARATOR = kind("variable_declarator")
PARAMETERS = kind("formal_parameters")
PARAMETER = kind("formal_parameter")
SPREAD = kind("spread_parameter")
RECEIVER = kind("receiver_parameter")
INFERRED = kind("inferred_parameters")

LOCAL = kind("local_variable_declaration")
BLOCK = kind("block")
RETURN = kind("return_statement")
THROW = kind("throw_statement")
THROWS = kind("throws")
TRY = kind("try_statement")
CONSTRUCTOR_BODY = kind("constructor_body")
FOR = kind("for_statement")
FOR_EACH = kind("enhanced_for_statement")
WHILE = kind("while_statement")
DO = kind("do_statement")
IF = kind("if_statement")
TRY_RESOURCES = kind("try_with_resources_statement")
RESOURCE = kind("resource")
CATCH = kind("catch_clause")
CATCH_PARAMETER = kind("catch_formal_parameter")
SWITCH = kind("switch_expression")
SWITCH_BLOCK = kind("switch_block")
SWITCH_LABEL = kind("switch_label")
BREAK = kind("break_statement")
CONTINUE = kind("continue_statement")
LABELED = kind("labeled_statement")

CALL = kind("method_invocation")
ARGUMENTS = kind("argument_list")
FIELD_ACCESS = kind("field_access")
ARRAY_ACCESS = kind("array_access")
PARENTHESES = kind("parenthesized_expression")
CAST = kind("cast_expression")
NEW = kind("object_creation_expression")
CONSTRUCTOR_CALL = kind("explicit_constructor_invocation")
METHOD_REFERENCE = kind("method_reference")
LAMBDA = kind("lambda_expression")
TERNARY = kind("ternary_expression")
BINARY = kind("binary_expression")
INSTANCEOF = kind("instanceof_expression")
TYPE_PATTERN = kind("type_pattern")
RECORD_PATTERN = kind("record_pattern")
RECORD_COMPONENT = kind("record_pattern_component")
STRING = kind("string_literal")

MARKER = kind("marker_annotation")
ANNOTATION = kind("annotation")
PAIR = kind("element_value_pair")

TYPE_NAMES = (
    kind("type_identifier"),
    kind("scoped_type_identifier"),
    kind("generic_type"),
    kind("array_type"),
    kind("annotated_type"),
)
PRIMITIVES = (
    kind("integral_type"),
    kind("floating_point_type"),
    kind("boolean_type"),
    kind("void_type"),
)
COMMENTS = (kind("line_comment"), kind("block_comment"))
# Nothing below these is ever of use.
CLOSED = (
    kind("module_declaration"),
    kind("scoped_identifier"),
    kind("dimensions"),
    RECEIVER,
    kind("asterisk"),
    kind("decimal_integer_literal"),
    kind("hex_integer_literal"),
    kind("octal_integer_literal"),
    kind("binary_integer_literal"),
    kind("decimal_floating_point_literal"),
    kind("hex_floating_point_literal"),
    kind("true"),
    kind("false"),
    kind("null_literal"),
    kind("character_literal"),
    kind("string_fragment"),
    kind("escape_sequence"),
)
AND = kind("&&", named=False)
OR = kind("||", named=False)
ELSE = kind("else", named=False)

NAME_FIELD = field("name")
OBJECT_FIELD = field("object")
PARAMETERS_FIELD = field("parameters")
KEY_FIELD = field("key")
