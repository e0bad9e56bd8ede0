"""PHP: one file into compact facts, of the same shape as Java's."""

from functools import lru_cache
from typing import cast

import tree_sitter_php
from tree_sitter import Language, Node, Parser

from assessor.collect.languages import php_declarations as declarations
from assessor.collect.languages import php_expressions as expressions
from assessor.collect.languages import php_folding as folding
from assessor.collect.languages import php_functions as functions
from assessor.collect.languages import php_literals as literals
from assessor.collect.languages import php_names as names
from assessor.collect.languages import php_statements as statements
from assessor.collect.languages import php_values as values
from assessor.collect.languages.behaviour import CONSTANTS, FACTS
from assessor.collect.languages.endpoints_php import routes
from assessor.collect.languages.java_literals import may_hold_secrets
from assessor.collect.languages.java_source import letters, plain_bytes, respelled
from assessor.collect.languages.php_calls import calls
from assessor.collect.languages.php_data import data
from assessor.collect.languages.php_doctrine_marks import marks
from assessor.collect.languages.php_injection import bound
from assessor.collect.languages.php_messages import messages, received, sent
from assessor.collect.languages.php_remote import remotes
from assessor.collect.languages.php_timed import helpers, jobs, marked, settings, transactions
from assessor.collect.languages.resolution import Facts
from assessor.collect.languages.typed_findings import facts_of
from assessor.collect.languages.typed_walk import Grammar, Walk, begin, deep, nothing
from assessor.collect.languages.uncollected import uncollected

_NOTHING = (
    "boolean", "cast_type", "declare_statement", "empty_statement", "final_modifier", "float",
    "heredoc_end", "heredoc_start", "integer", "named_label_statement", "null", "php_end_tag",
    "php_tag", "readonly_modifier", "reference_modifier", "relative_scope", "static_modifier",
    "string_content", "text", "text_interpolation", "var_modifier", "variadic_placeholder",
    "visibility_modifier",
)  # fmt: skip
GRAMMAR = Grammar(
    acts={
        **dict.fromkeys(_NOTHING, nothing),
        **dict.fromkeys(expressions.NAMES, expressions.constant),
        "anonymous_class": declarations.anonymous,
        "anonymous_function": functions.closure,
        "argument": expressions.argument,
        "array_creation_expression": values.array,
        "arrow_function": functions.arrow,
        "assignment_expression": values.assign,
        "attribute": declarations.attribute,
        "binary_expression": expressions.binary,
        "break_statement": statements.jump,
        "catch_clause": statements.catch,
        "class_constant_access_expression": expressions.class_constant,
        "class_declaration": declarations.class_,
        "clone_expression": expressions.passed_on,
        "comment": statements.commented,
        "conditional_expression": expressions.either,
        "const_declaration": declarations.constants,
        "continue_statement": statements.jump,
        "else_clause": statements.else_,
        "else_if_clause": statements.else_if,
        "encapsed_string": literals.string,
        "enum_case": declarations.case,
        "enum_declaration": declarations.class_,
        "error_suppression_expression": expressions.passed_on,
        "foreach_statement": statements.for_each,
        "formal_parameters": functions.parameters,
        "function_call_expression": expressions.call,
        "function_definition": functions.function_,
        "global_declaration": statements.global_,
        "goto_statement": statements.jump,
        "heredoc": literals.heredoc,
        "include_expression": values.include,
        "include_once_expression": values.include,
        "interface_declaration": declarations.class_,
        "list_literal": values.listed,
        "member_access_expression": expressions.member,
        "member_call_expression": expressions.member_call,
        "method_declaration": functions.method,
        "namespace_definition": names.namespace,
        "namespace_use_declaration": names.import_,
        "nowdoc": literals.heredoc,
        "nullsafe_member_access_expression": expressions.member,
        "nullsafe_member_call_expression": expressions.member_call,
        "object_creation_expression": expressions.new,
        "parenthesized_expression": expressions.passed_on,
        "property_declaration": declarations.property_,
        "property_hook": functions.hook,
        "reference_assignment_expression": values.assign,
        "require_expression": values.include,
        "require_once_expression": values.include,
        "return_statement": statements.return_,
        "scoped_call_expression": expressions.static_call,
        "scoped_property_access_expression": expressions.static_member,
        "static_variable_declaration": statements.static,
        "string": literals.string,
        "subscript_expression": expressions.element,
        "trait_declaration": declarations.class_,
        "use_declaration": declarations.traits,
        "variable_name": expressions.variable,
        **dict.fromkeys(declarations.TYPES, names.type_noted),
    },
    branches={
        "catch_clause": 1,
        "conditional_expression": 1,
        "do_statement": 1,
        "for_statement": 1,
        "foreach_statement": 1,
        "if_statement": 1,
        "match_expression": 0,
        "switch_statement": 0,
        "while_statement": 1,
    },
    paths=frozenset({"case_statement", "match_conditional_expression"}),
    deeper=frozenset({"anonymous_function", "arrow_function"}),
    operators=frozenset({"&&", "||", "and", "or"}),
)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Language(tree_sitter_php.language_php()))


def extract(path: str, content: bytes) -> Facts:
    """The facts of one file; never fails: what cannot be parsed is left out and flagged.

    path: names what a file without classes holds.
    """
    source = plain_bytes(content)
    root = _parser().parse(source).root_node
    secretive = may_hold_secrets(source) and literals.may_name_secrets(path)
    with uncollected(), deep():
        walk = begin(letters(source), GRAMMAR, secretive=secretive)
        declarations.file(walk, root, path=path)
        more = _more(walk, root)
        facts = facts_of(walk, source, has_errors=root.has_error)
    facts["dynamic"] = True
    included: list[str | int] = []
    for name, start in walk.includes:
        included += (name, source.count(b"\n", 0, start) + 1)
    if included:
        facts["includes"] = included
    whole = cast("Facts", {**cast("dict[str, object]", facts), **more})
    plain = whole if source.isascii() else respelled(whole)
    ends = routes(source, root, walk.imports)
    return cast("Facts", {**cast("dict[str, object]", plain), **ends})


def _more(walk: Walk, root: Node) -> dict[str, object]:
    """What is looked at after the walk, where there is something."""
    constants = folding.constants(walk, root)
    kept = calls(walk)
    told: dict[str, list[list[object]]] = {
        "behaviour": [
            [*row]
            for row in (*messages(walk, kept), *settings(walk, root, kept), *marked(walk, root))
        ],
        "helpers": [*helpers(walk, kept)],
        "received": [*received(walk, root, kept)],
        "sent": [*sent(walk, kept)],
    }
    said = {**data(walk, root, kept), **marks(walk, root), **bound(walk, kept)}
    said |= {kind: rows for kind, rows in told.items() if rows}
    does = [
        *remotes(walk, kept),
        *jobs(walk, kept),
        *transactions(walk, kept),
    ]
    found: dict[str, object] = {"php": said, FACTS: does, CONSTANTS: constants}
    return {name: value for name, value in found.items() if value}
