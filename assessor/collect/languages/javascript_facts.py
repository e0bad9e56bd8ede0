"""What phase A says of one script (JavaScript or TypeScript): the shape of its JSON."""

from typing import NotRequired, TypedDict

from assessor.collect.languages.cohesion import Row

# Codes of uses: how a file uses a name that an import bound.
INHERIT, CALL, TYPE, ANNOTATE, NEW, STATIC, INJECT = range(7)

# Kinds of an import, in the facts.
RUNS, TYPES_ONLY = 0, 1

# An imported name: number of the import (-1: declared in this file), and the exported name that
# is meant, `default` for the default one, "" for all of the module.
Binding = tuple[int, str]
HERE = -1


class ScriptFacts(TypedDict):
    """Facts of one file; every tuple is a list once it has been through JSON.

    imports: (specifier, kind, line), one for each statement or call.
    uses: (number of the import, code, count, first line).
    injected: (number of the import or -1, dotted name, count, first line): what a container gives.
    bindings: name that an import binds at the top of the file -> what it means.
    exports: exported name -> what it means; only of types, and of what comes from elsewhere.
    stars: numbers of the imports of which everything is exported.
    types: (name, abstract, dotted names of the supertypes), at the top of the file.
    decorators: (simple name, count, arguments of the first, its line).
    literals: (category, masked text, line). state: (name, type, line).
    functions: (qualified name, line, cyclomatic, cognitive, lines), nested ones included.
    shapes: nesting and number of parameters of each function. cohesion: see `cohesion.Row`.
    error: the parser stepped over something. deep: nesting beyond the cap was left out.
    routes: see `endpoints_script.Row`. behaviour, constants: see `behaviour`. later: see
      `javascript_behaviour.behaviour`. stored: see `javascript_stored.stored`.
    gives: see `javascript_exports.gives`. provided, wanted: see `javascript_tokens.tokens`.
    """

    imports: list[tuple[str, int, int]]
    uses: list[tuple[int, int, int, int]]
    injected: list[tuple[int, str, int, int]]
    bindings: dict[str, Binding]
    exports: dict[str, Binding]
    stars: list[int]
    types: list[tuple[str, bool, list[str]]]
    decorators: list[tuple[str, int, str, int]]
    literals: list[tuple[str, str, int]]
    state: list[tuple[str, str, int]]
    functions: list[tuple[str, int, int, int, int]]
    shapes: list[int]
    cohesion: list[Row]
    code: int
    comments: int
    words: list[tuple[str, int]]
    error: bool
    deep: bool
    routes: NotRequired[list[list[object]]]
    behaviour: NotRequired[list[list[str | int | None]]]
    constants: NotRequired[dict[str, str]]
    later: NotRequired[list[list[object]]]
    stored: NotRequired[dict[str, object]]
    gives: NotRequired[list[list[str]]]
    provided: NotRequired[list[list[str | int]]]
    wanted: NotRequired[list[list[str | int]]]
