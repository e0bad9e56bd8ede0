"""JavaScript: one walk a file for facts (phase A), then imports and uses resolved (phase B).

TypeScript shares all of it but the grammar.
"""

import codecs
import re
from collections.abc import Callable, Sequence
from typing import cast

from tree_sitter import Node

from assessor.collect.languages import javascript_cohesion as cohesion
from assessor.collect.languages import javascript_complexity as complexity
from assessor.collect.languages import javascript_definitions as definitions
from assessor.collect.languages import javascript_imports as imports
from assessor.collect.languages import javascript_names as names
from assessor.collect.languages import javascript_state as state
from assessor.collect.languages import javascript_texts as texts
from assessor.collect.languages.endpoints_script import routes
from assessor.collect.languages.javascript_facts import ScriptFacts
from assessor.collect.languages.javascript_look import look
from assessor.collect.languages.javascript_resolve import resolved
from assessor.collect.languages.javascript_scopes import close
from assessor.collect.languages.javascript_tree import Visit, Walk, decoded, parse, tables, walked
from assessor.collect.languages.resolution import Extracted, Facts, Resolution
from assessor.collect.languages.uncollected import uncollected


def _both(first: Callable[[Walk, Node], bool], second: Visit) -> Visit:
    """Two visits of one node; the second decides on its children."""

    def visit(walk: Walk, node: Node) -> bool:
        first(walk, node)
        return second(walk, node)

    return visit


_VISITS: dict[str, Visit] = {
    "abstract_class_declaration": definitions.on_class,
    "abstract_method_signature": names.on_annotation,
    "arrow_function": definitions.on_function,
    "assignment_expression": _both(texts.on_given, names.on_assignment),
    "assignment_pattern": texts.on_given,
    "augmented_assignment_expression": names.on_assignment,
    "binary_expression": names.on_binary,
    "break_statement": complexity.on_jump,
    "call_expression": names.on_call,
    "catch_clause": definitions.on_catch,
    "class": definitions.on_class,
    "class_declaration": definitions.on_class,
    "comment": texts.on_comment,
    "continue_statement": complexity.on_jump,
    "decorator": names.on_decorator,
    "do_statement": complexity.visit("do_statement"),
    "else_clause": complexity.on_else,
    "enum_declaration": definitions.on_type,
    "export_statement": imports.on_export,
    "extends_type_clause": definitions.on_heritage,
    "field_definition": _both(texts.on_given, definitions.on_field),
    "for_in_statement": definitions.on_loop,
    "for_statement": definitions.on_loop,
    "formal_parameters": definitions.on_parameters,
    "function_declaration": definitions.on_function,
    "function_expression": definitions.on_function,
    "function_signature": definitions.on_namespace,
    "generator_function": definitions.on_function,
    "generator_function_declaration": definitions.on_function,
    "hash_bang_line": texts.on_comment,
    "html_comment": texts.on_comment,
    "identifier": names.on_identifier,
    "if_statement": complexity.on_if,
    "import_alias": imports.on_alias,
    "import_statement": imports.on_import,
    "index_signature": definitions.on_name_only,
    "infer_type": definitions.on_type_name,
    "interface_declaration": definitions.on_type,
    "internal_module": definitions.on_namespace,
    "jsx_attribute": texts.on_given,
    "jsx_opening_element": names.on_element,
    "jsx_self_closing_element": names.on_element,
    "jsx_text": texts.on_plain,
    "lexical_declaration": definitions.on_variables,
    "mapped_type_clause": definitions.on_type_name,
    "member_expression": names.on_member,
    "method_definition": definitions.on_function,
    "module": definitions.on_namespace,
    "nested_type_identifier": names.on_nested_type,
    "new_expression": names.on_new,
    "object_pattern": definitions.on_pattern,
    "optional_parameter": texts.on_given,
    "pair": texts.on_pair,
    "public_field_definition": _both(texts.on_given, definitions.on_field),
    "regex": texts.on_plain,
    "required_parameter": texts.on_given,
    "shorthand_property_identifier": names.on_shorthand,
    "statement_block": definitions.on_block,
    "string": texts.on_string,
    "switch_case": complexity.visit("switch_case"),
    "switch_statement": complexity.visit("switch_statement"),
    "template_string": texts.on_template,
    "ternary_expression": complexity.visit("ternary_expression"),
    "tuple_type": definitions.on_parameters,
    "type_alias_declaration": _both(names.on_annotation, definitions.on_type),
    "type_annotation": names.on_annotation,
    "type_arguments": names.on_annotation,
    "type_identifier": names.on_type_identifier,
    "type_parameter": definitions.on_type_name,
    "type_predicate": definitions.on_name_only,
    "type_query": names.on_query,
    "unary_expression": names.on_update,
    "update_expression": names.on_update,
    "variable_declaration": definitions.on_variables,
    "variable_declarator": texts.on_given,
    "while_statement": complexity.visit("while_statement"),
}
_TABLES = tables(_VISITS)
_LONE_RETURN = re.compile(rb"\r(?!\n)")
# What the grammar of TypeScript does not know; the walk reads the text as it is.
_TYPES_ON = re.compile(rb"(?<=\bexport)\s+type(?=\s*\*)")


def extract(path: str, content: bytes) -> Facts:
    """Facts of one file (`ScriptFacts`); a syntax error costs only its own part."""
    return extract_as("javascript", content, path=path)


def extract_as(grammar: str, content: bytes, *, path: str = "") -> Facts:
    """The same, read with one of the grammars of `javascript_tree`."""
    with uncollected():
        source = _readable(content)
        tree = parse(
            _TYPES_ON.sub(_blank, source) if b"export type" in source else source, grammar
        )
        walk = walked(tree, source, visits=_TABLES[grammar])
        error = tree.root_node.has_error
        if error:
            imports.recover(walk)
        shared = list(state.shared(walk))
        close(walk.scope, walk.bindings)
        specifiers = [written for written, _, _ in walk.imports]
        ends = routes(source, tree.root_node, specifiers)
        facts = _facts(walk, shared, error=error)
        found = (
            look(
                source,
                tree.root_node,
                path=path,
                grammar=grammar,
                bindings=facts["bindings"],
                specifiers=specifiers,
            )
            if not walk.deep
            else {}
        )
        return cast("Facts", {**facts, **ends, **found})


def resolve(files: Sequence[Extracted], settings: Sequence[Extracted] = ()) -> Resolution:
    """Units, references and artefacts of all scripts; see `javascript_resolve`."""
    with uncollected():
        return resolved(files, settings)


def _readable(content: bytes) -> bytes:
    """The source as UTF-8 without byte order mark; what is no UTF-8 is read as Latin-1."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    if not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            content = content.decode("latin-1").encode("utf-8")
    return _LONE_RETURN.sub(b"\n", content) if b"\r" in content else content


def _blank(found: re.Match[bytes]) -> bytes:
    """As much space, so that every byte stays where it is."""
    return b" " * len(found[0])


def _facts(walk: Walk, shared: list[tuple[str, str, int]], *, error: bool) -> ScriptFacts:
    code, comments = texts.lines(walk)
    lines = _lines(walk, shared)
    return {
        "imports": walk.imports,
        "uses": [
            (number, use, count, lines[at])
            for (number, use), (count, at) in walk.bindings.uses.items()
        ],
        "injected": [
            (number, name, count, lines[at])
            for (number, name), (count, at) in walk.bindings.injected.items()
        ],
        "bindings": {decoded(name): means[-1] for name, means in walk.scope.imports.items()},
        "exports": walk.exports,
        "stars": walk.stars,
        "types": walk.types,
        "decorators": [
            (name, count, arguments, at)
            for name, (count, arguments, at) in walk.decorators.items()
        ],
        "literals": walk.literals,
        "state": [(name, kind, lines[at]) for name, kind, at in shared],
        "functions": [
            (one.name, one.line, one.cyclomatic, one.cognitive, one.lines)
            for one in walk.functions
        ],
        "shapes": [part for one in walk.functions for part in (one.deepest, one.parameters)],
        "cohesion": cohesion.classes(walk),
        "code": code,
        "comments": comments,
        "words": texts.words(walk),
        "error": error,
        "deep": walk.deep,
    }


def _lines(walk: Walk, shared: list[tuple[str, str, int]]) -> dict[int, int]:
    """Byte -> 1-based line, of everything that was noted by its byte."""
    noted = {at for _, at in walk.bindings.uses.values()}
    noted.update(at for _, at in walk.bindings.injected.values())
    noted.update(at for _, _, at in shared)
    found, line, before = {}, 1, 0
    for at in sorted(noted):
        line += walk.source.count(b"\n", before, at)
        found[at], before = line, at
    return found
