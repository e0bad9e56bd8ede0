"""Kotlin: one file into compact facts, of the same shape as Java's."""

from functools import lru_cache
from typing import cast

import tree_sitter_kotlin
from tree_sitter import Language, Parser

from assessor.collect.languages import kotlin_declarations as declarations
from assessor.collect.languages import kotlin_expressions as expressions
from assessor.collect.languages import kotlin_marks as marks
from assessor.collect.languages import kotlin_properties as properties
from assessor.collect.languages import kotlin_statements as statements
from assessor.collect.languages.endpoints_marks import marked
from assessor.collect.languages.java_literals import may_hold_secrets
from assessor.collect.languages.java_source import letters, plain_bytes, respelled
from assessor.collect.languages.jvm_behaviour import told
from assessor.collect.languages.kotlin_types import TYPES, type_used
from assessor.collect.languages.resolution import Facts
from assessor.collect.languages.typed_findings import facts_of
from assessor.collect.languages.typed_walk import (
    Grammar,
    begin,
    block,
    comment,
    deep,
    inside,
    nothing,
)
from assessor.collect.languages.uncollected import uncollected

GRAMMAR = Grammar(
    acts={
        **dict.fromkeys(TYPES, type_used),
        "annotation": marks.annotated,
        "annotated_lambda": inside,
        "anonymous_function": expressions.anonymous_function,
        "anonymous_initializer": statements.scoped,
        "as_expression": expressions.cast_,
        "binary_expression": expressions.binary,
        "block": block,
        "block_comment": comment,
        "call_expression": expressions.call,
        "callable_reference": expressions.callable_,
        "catch_block": statements.catch,
        "class_declaration": declarations.class_,
        "companion_object": declarations.companion,
        "enum_entry": declarations.enum_entry,
        "file_annotation": marks.annotated,
        "for_statement": statements.for_,
        "function_declaration": declarations.function_,
        "identifier": expressions.identifier,
        "if_expression": statements.if_,
        "import": declarations.import_,
        "index_expression": expressions.index,
        "is_expression": expressions.cast_,
        "label": nothing,
        "lambda_literal": expressions.lambda_,
        "line_comment": comment,
        "multiline_string_literal": expressions.string,
        "navigation_expression": expressions.navigation,
        "object_declaration": declarations.object_,
        "object_literal": declarations.object_literal,
        "package_header": declarations.package,
        "parenthesized_expression": expressions.parenthesized,
        "property_declaration": properties.property_,
        "return_expression": statements.jump,
        "secondary_constructor": declarations.constructor,
        "string_literal": expressions.string,
        "super_expression": expressions.super_,
        "this_expression": expressions.this_,
        "type_alias": declarations.type_alias,
        "unary_expression": expressions.unary,
        "when_entry": statements.entry,
        "when_expression": statements.when,
    },
    branches={
        "catch_block": 1,
        "do_while_statement": 1,
        "for_statement": 1,
        "when_expression": 0,
        "while_statement": 1,
    },
    deeper=frozenset({"anonymous_function", "lambda_literal"}),
    operators=frozenset({"&&", "||", "?:"}),
)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Language(tree_sitter_kotlin.language()))


def extract(path: str, content: bytes) -> Facts:
    """The facts of one file; never fails: what cannot be parsed is left out and flagged."""
    source = plain_bytes(content)
    root = _parser().parse(source).root_node
    with uncollected(), deep():
        walk = begin(letters(source), GRAMMAR, secretive=may_hold_secrets(source))
        declarations.file(walk, root, path=path)
        facts = facts_of(walk, source, has_errors=root.has_error)
        ends = marked(source, root, walk.imports, language="kotlin")
        behaviour = told(source, root, walk, language="kotlin")
    plain = facts if source.isascii() else respelled(facts)
    return cast("Facts", {**cast("dict[str, object]", plain), **ends, **behaviour})
