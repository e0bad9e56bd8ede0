"""C#: one file into compact facts, of the same shape as Java's."""

from functools import lru_cache
from typing import cast

import tree_sitter_c_sharp
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from assessor.collect.languages import csharp_declarations as declarations
from assessor.collect.languages import csharp_expressions as expressions
from assessor.collect.languages import csharp_members as members
from assessor.collect.languages import csharp_objects as objects
from assessor.collect.languages import csharp_statements as statements
from assessor.collect.languages import csharp_texts as texts
from assessor.collect.languages.csharp_behaviour import told
from assessor.collect.languages.csharp_model import model
from assessor.collect.languages.csharp_parts import scoped
from assessor.collect.languages.csharp_types import COMMON, type_arguments, type_seen
from assessor.collect.languages.endpoints_csharp import routes
from assessor.collect.languages.java_literals import may_hold_secrets
from assessor.collect.languages.java_source import letters, plain_bytes, respelled
from assessor.collect.languages.resolution import Facts
from assessor.collect.languages.typed_findings import facts_of
from assessor.collect.languages.typed_walk import Act, Grammar, begin, block, deep, nothing
from assessor.collect.languages.uncollected import uncollected

_TYPES = (
    "array_type", "function_pointer_type", "nullable_type", "pointer_type", "qualified_name",
    "ref_type", "scoped_type", "tuple_type",
)  # fmt: skip
_LEAVES = (
    "attribute_target_specifier", "boolean_literal", "character_literal", "comment", "discard",
    "extern_alias_directive", "implicit_type", "integer_literal", "modifier", "null_literal",
    "predefined_type", "preproc_define", "preproc_endregion", "preproc_error", "preproc_line",
    "preproc_nullable", "preproc_pragma", "preproc_region", "preproc_undef", "preproc_warning",
    "real_literal", "shebang_directive",
)  # fmt: skip
_SCOPED = ("fixed_statement", "for_statement", "lock_statement", "using_statement")
_DECLARATIONS: dict[str, Act] = {
    **dict.fromkeys(declarations.TYPES, declarations.type_),
    "attribute": declarations.attribute,
    "constructor_declaration": declarations.constructor,
    "conversion_operator_declaration": members.operator,
    "destructor_declaration": members.operator,
    "enum_member_declaration": declarations.enum_member,
    "event_declaration": members.property_,
    "event_field_declaration": members.field,
    "field_declaration": members.field,
    "file_scoped_namespace_declaration": declarations.namespace,
    "indexer_declaration": members.property_,
    "local_function_statement": members.method,
    "method_declaration": members.method,
    "namespace_declaration": declarations.namespace,
    "operator_declaration": members.operator,
    "preproc_elif": declarations.preprocessor,
    "preproc_if": declarations.preprocessor,
    "preproc_if_in_attribute_list": declarations.preprocessor,
    "property_declaration": members.property_,
    "using_directive": declarations.using,
}
_STATEMENTS: dict[str, Act] = {
    **dict.fromkeys(_SCOPED, scoped),
    "arrow_expression_clause": members.result,
    "block": block,
    "catch_clause": statements.catch,
    "foreach_statement": statements.foreach,
    "goto_statement": statements.goto,
    "if_statement": statements.if_,
    "labeled_statement": statements.labeled,
    "return_statement": members.result,
    "switch_expression": statements.switch,
    "switch_expression_arm": statements.arm,
    "switch_section": statements.section,
    "switch_statement": statements.switch,
    "variable_declaration": members.local,
}
_PATTERNS: dict[str, Act] = {
    "constant_pattern": statements.constant_pattern,
    "declaration_pattern": statements.declaration_pattern,
    "is_pattern_expression": statements.is_pattern,
    "join_clause": statements.join,
    "let_clause": statements.join,
    "query_expression": statements.query,
    "recursive_pattern": statements.recursive_pattern,
    "tuple_pattern": expressions.tuple_pattern,
    "type_pattern": expressions.tested,
}
_EXPRESSIONS: dict[str, Act] = {
    "alias_qualified_name": expressions.qualified_by_alias,
    "anonymous_method_expression": expressions.lambda_,
    "anonymous_object_creation_expression": objects.anonymous_object,
    "argument": expressions.argument,
    "array_creation_expression": objects.new_array,
    "as_expression": expressions.cast,
    "assignment_expression": expressions.assignment,
    "await_expression": expressions.await_,
    "binary_expression": expressions.binary,
    "cast_expression": expressions.cast,
    "checked_expression": expressions.inner,
    "collection_expression": objects.collection,
    "conditional_access_expression": expressions.conditional_access,
    "conditional_expression": expressions.conditional,
    "declaration_expression": expressions.declaration,
    "default_expression": expressions.cast,
    "element_access_expression": expressions.element,
    "generic_name": expressions.generic_name,
    "identifier": expressions.identifier,
    "implicit_object_creation_expression": objects.implicit_new,
    "initializer_expression": objects.collection,
    "interpolated_string_expression": texts.interpolated,
    "invocation_expression": expressions.call,
    "is_expression": expressions.tested,
    "lambda_expression": expressions.lambda_,
    "member_access_expression": expressions.access,
    "object_creation_expression": objects.new,
    "parenthesized_expression": expressions.inner,
    "postfix_unary_expression": expressions.postfix,
    "raw_string_literal": texts.string,
    "ref_expression": expressions.inner,
    "sizeof_expression": expressions.tested,
    "stackalloc_expression": objects.new_array,
    "string_literal": texts.string,
    "typeof_expression": expressions.tested,
    "verbatim_string_literal": texts.string,
    "with_expression": objects.with_,
}
GRAMMAR = Grammar(
    acts={
        **dict.fromkeys(_LEAVES, nothing),
        **dict.fromkeys(_TYPES, type_seen),
        "type_argument_list": type_arguments,
        **_DECLARATIONS,
        **_STATEMENTS,
        **_PATTERNS,
        **_EXPRESSIONS,
    },
    branches={
        "catch_clause": 1,
        "conditional_expression": 1,
        "do_statement": 1,
        "for_statement": 1,
        "foreach_statement": 1,
        "switch_expression": 0,
        "switch_statement": 0,
        "while_statement": 1,
    },
    deeper=frozenset({"anonymous_method_expression", "lambda_expression"}),
    operators=frozenset({"&&", "||", "??", "and", "or"}),
    binary=frozenset({"binary_expression", "and_pattern", "or_pattern"}),
)


@lru_cache(maxsize=1)
def _language() -> Language:
    return Language(tree_sitter_c_sharp.language())


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(_language())


@lru_cache(maxsize=1)
def _comments_query() -> Query:
    return Query(_language(), "(comment) @comment")


def _comments(root: Node) -> list[tuple[int, int]]:
    """Begin and end of all comments: they stand anywhere, also where no act looks."""
    found = QueryCursor(_comments_query()).captures(root).get("comment", [])
    return sorted((node.start_byte, node.end_byte) for node in found)


def extract(path: str, content: bytes) -> Facts:
    """The facts of one file; never fails: what cannot be parsed is left out and flagged.

    path: not looked at; it is here for languages that need it.
    """
    del path
    source = plain_bytes(content)
    root = _parser().parse(source).root_node
    with uncollected(), deep():
        walk = begin(letters(source), GRAMMAR, secretive=may_hold_secrets(source))
        walk.comments += _comments(root)
        declarations.file(walk, root)
        facts = facts_of(walk, source, has_errors=root.has_error, common=COMMON)
    if around := declarations.around(walk):
        facts["around"] = around
    if everywhere := declarations.everywhere(walk):
        facts["everywhere"] = everywhere
    plain = facts if source.isascii() else respelled(facts)
    more = {
        **routes(source, root),
        **model(source, root),
        **told(source, root, facts["imports"]),
    }
    return cast("Facts", {**cast("dict[str, object]", plain), **more})
