"""What phase A says of one Python file: the shape of its JSON, shared by writer and readers."""

from typing import TypeAlias, TypedDict

from assessor.collect.languages.cohesion import Row

# Codes of uses in the facts: how a file uses a name that an import bound.
INHERIT, CALL, TYPE, ANNOTATE = 0, 1, 2, 3

# Row of `behaviour`, number of an import, what must be proved, of which name, function declared.
Deed: TypeAlias = tuple[list[str | int | None], int, str, str, str]


class PythonFacts(TypedDict):
    """Facts of one file; every tuple is a list once it has been through JSON.

    imports: (module, level, name, line, typing only); level counts the leading dots, name is `""`
      for `import module` and `*` for all names.
    exports: name bound at module level -> numbers of the imports that bind it.
    uses: (number of the import, rest of the dotted name, code, count, first line).
    free: (dotted name, code, count, first line) of names bound nowhere, if there is an `import *`.
    classes: (name, bases as written); defined: functions, both at top level only.
    decorators: (simple name, count, arguments of the first, its line).
    literals: (category, masked text, line). state: (name, type, line).
    stored: (qualified name, bases, first line, last line) of every class, nested ones included.
    chains: (scope, line, name that is given the value, chain, first byte, last byte) of what may
      concern data or routes; see `python_chains`.
    asked: (scope, line, text that starts as SQL does, whether it is passed as SQL, name that is
      given it); values in it are left out.
    loaded: (module, line) that a setting of Django names to be loaded.
    deeds: what the file does beyond itself, with what must hold for it; see `python_deeds`.
    constants: `module.NAME` or `Class.NAME` -> text of a short literal.
    functions: (qualified name, line, cyclomatic, cognitive, lines), nested ones included.
    shapes: nesting and number of parameters of each function. cohesion: see `cohesion.Row`.
    error: the parser stepped over something. deep: nesting beyond the cap was left out.
    """

    imports: list[tuple[str, int, str, int, bool]]
    exports: dict[str, list[int]]
    uses: list[tuple[int, str, int, int, int]]
    free: list[tuple[str, int, int, int]]
    classes: list[tuple[str, list[str]]]
    defined: list[str]
    decorators: list[tuple[str, int, str, int]]
    literals: list[tuple[str, str, int]]
    state: list[tuple[str, str, int]]
    stored: list[tuple[str, list[str], int, int]]
    chains: list[tuple[str, int, str, object, int, int]]
    asked: list[tuple[str, int, str, bool, str]]
    loaded: list[tuple[str, int]]
    deeds: list[Deed]
    constants: dict[str, str]
    functions: list[tuple[str, int, int, int, int]]
    shapes: list[int]
    cohesion: list[Row]
    code: int
    comments: int
    words: list[tuple[str, int]]
    error: bool
    deep: bool
