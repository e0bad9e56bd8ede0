"""Python: one walk a file for facts (phase A), then imports and uses resolved (phase B)."""

from collections.abc import Sequence
from typing import cast

from assessor.collect.languages import python_cohesion as cohesion
from assessor.collect.languages import python_complexity as complexity
from assessor.collect.languages import python_definitions as definitions
from assessor.collect.languages import python_imports as imports
from assessor.collect.languages import python_names as names
from assessor.collect.languages import python_texts as texts
from assessor.collect.languages.behaviour import harmless
from assessor.collect.languages.python_behaviour import deeds, loaded
from assessor.collect.languages.python_encoding import readable
from assessor.collect.languages.python_facts import PythonFacts
from assessor.collect.languages.python_resolve import resolved
from assessor.collect.languages.python_said import constants
from assessor.collect.languages.python_scopes import Uses, settle
from assessor.collect.languages.python_tree import Visit, Walk, parse, table, walked
from assessor.collect.languages.resolution import Extracted, Facts, Resolution
from assessor.collect.languages.uncollected import uncollected

_VISITS: dict[str, Visit] = {
    "as_pattern": definitions.on_case_alias,
    "as_pattern_target": definitions.on_alias,
    "assert_statement": complexity.on_assert,
    "assignment": texts.on_assignment,
    "augmented_assignment": definitions.on_change,
    "boolean_operator": complexity.on_boolean,
    "call": names.on_call,
    "case_pattern": definitions.on_case_pattern,
    "class_definition": definitions.on_class,
    "class_pattern": names.on_class_pattern,
    "comment": texts.on_comment,
    "conditional_expression": complexity.on_conditional,
    "decorator": names.on_decorator,
    "default_parameter": texts.on_pair,
    "delete_statement": definitions.on_change,
    "dictionary_comprehension": definitions.on_comprehension,
    "elif_clause": complexity.on_elif,
    "else_clause": complexity.on_else,
    "except_clause": names.on_except,
    "expression_statement": texts.on_statement,
    "for_in_clause": definitions.on_clause,
    "for_statement": definitions.on_loop,
    "function_definition": definitions.on_function,
    "generator_expression": definitions.on_comprehension,
    "global_statement": definitions.on_global,
    "if_clause": complexity.on_clause,
    "if_statement": names.on_if,
    "import_from_statement": imports.on_from,
    "import_statement": imports.on_import,
    "keyword_argument": texts.on_pair,
    "lambda": definitions.on_lambda,
    "lambda_parameters": definitions.on_parameters,
    "list_comprehension": definitions.on_comprehension,
    "match_statement": complexity.on_match,
    "named_expression": definitions.on_named,
    "nonlocal_statement": definitions.on_global,
    "pair": texts.on_pair,
    "parameters": definitions.on_parameters,
    "set_comprehension": definitions.on_comprehension,
    "string": texts.on_string,
    "string_content": texts.on_content,
    "try_statement": complexity.on_try,
    "type": names.on_type,
    "typed_default_parameter": texts.on_pair,
    "while_statement": complexity.on_loop,
}
_TABLE = table(_VISITS)


def extract(path: str, content: bytes) -> Facts:
    """Facts of one file (`PythonFacts`); a syntax error costs only its own part."""
    with uncollected():
        source = readable(content)
        tree = parse(source)
        walk = walked(tree, source, visits=_TABLE)
        error = tree.root_node.has_error
        if error:
            imports.recover(walk)
        free = settle(walk.scope, walk.bindings)
        if not any(name == "*" for _, _, name, _, _ in walk.imports):
            free = {}
        facts = _facts(walk, free, error=error)
        facts["loaded"], facts["deeds"] = loaded(walk), deeds(walk, tree.root_node)
        facts["constants"] = harmless(constants(source, owner=_module(path)))
        return cast("Facts", facts)


def resolve(files: Sequence[Extracted], _settings: Sequence[Extracted] = ()) -> Resolution:
    """Units, references and artefacts of all Python files; see `python_resolve`."""
    with uncollected():
        return resolved(files)


def _facts(walk: Walk, free: Uses, *, error: bool) -> PythonFacts:
    code, comments = texts.lines(walk)
    lines = _lines(walk, free)
    return {
        "imports": walk.imports,
        "exports": {_decoded(name): numbers for name, numbers in walk.scope.imports.items()},
        "uses": [
            (number, _decoded(rest), code, count, lines[at])
            for (number, rest, code), (count, at) in walk.bindings.uses.items()
        ],
        "free": [
            (_decoded(name), code, count, lines[at]) for (code, name), (count, at) in free.items()
        ],
        "classes": walk.classes,
        "defined": walk.defined,
        "decorators": [
            (name, cast("int", count), cast("str", arguments), cast("int", line))
            for name, (count, arguments, line) in walk.decorators.items()
        ],
        "literals": walk.literals,
        "state": [(name, kind, lines[at]) for name, kind, at in walk.bindings.state],
        "stored": walk.stored,
        "chains": walk.chained,
        "asked": [cast("tuple[str, int, str, bool, str]", tuple(each)) for each in walk.asked],
        "loaded": [],
        "deeds": [],
        "constants": {},
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


def _module(path: str) -> str:
    """The last part of the name that the file has as a module."""
    folder, _, name = path.removesuffix("/__init__.py").rpartition("/")
    return name.removesuffix(".py") or folder


def _lines(walk: Walk, free: Uses) -> dict[int, int]:
    """Byte -> 1-based line, of everything that was noted by its byte."""
    noted = {at for _, at in walk.bindings.uses.values()}
    noted.update(at for _, at in free.values())
    noted.update(at for _, _, at in walk.bindings.state)
    found, line, before = {}, 1, 0
    for at in sorted(noted):
        line += walk.source.count(b"\n", before, at)
        found[at], before = line, at
    return found


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "replace")
