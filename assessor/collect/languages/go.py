"""Go: one file into compact facts (phase A), the facts of all files into references (phase B)."""

import codecs
from collections.abc import Sequence
from typing import cast

from tree_sitter import Node

from assessor.collect.languages import go_declarations as declarations
from assessor.collect.languages import go_expressions as expressions
from assessor.collect.languages import go_kinds as k
from assessor.collect.languages import go_statements as statements
from assessor.collect.languages import go_types as types
from assessor.collect.languages.endpoints_go import routes
from assessor.collect.languages.endpoints_go_paths import endpoints
from assessor.collect.languages.go_behaviour import behaviour_artefacts
from assessor.collect.languages.go_calls import told
from assessor.collect.languages.go_complexity import DECISIONS
from assessor.collect.languages.go_edges import references
from assessor.collect.languages.go_facts import facts_of
from assessor.collect.languages.go_owners import calls
from assessor.collect.languages.go_state import Act, Walk, deciding, inside, visit, written
from assessor.collect.languages.go_stored import data_artefacts
from assessor.collect.languages.go_table import project
from assessor.collect.languages.go_units import artefacts, units
from assessor.collect.languages.go_wiring import wiring
from assessor.collect.languages.java_source import letters, respelled
from assessor.collect.languages.resolution import Extracted, Facts, Resolution
from assessor.collect.languages.uncollected import uncollected


def extract(_path: str, content: bytes) -> Facts:
    """Facts of one file (`GoFacts`); a syntax error costs only its own part."""
    source = content.removeprefix(codecs.BOM_UTF8).replace(b"\0", b" ")
    tree = k.parser().parse(source)
    root = tree.root_node
    with uncollected():
        walk = Walk(letters(source), _ACTS)
        visit(walk, root)
        facts = facts_of(walk, source, broken=root.has_error)
        ends = routes(source, root, (path for path, _, _ in walk.imports))
        more = told(walk, source, root)
    plain = facts if source.isascii() else respelled(facts)
    return cast("Facts", {**cast("dict[str, object]", plain), **ends, **more})


def resolve(files: Sequence[Extracted], settings: Sequence[Extracted] = ()) -> Resolution:
    """Units, references and `code.*` artefacts of all Go files; their order does not matter.

    settings: `go.mod` files.
    """
    with uncollected():
        known = project(files, settings)
        noted = calls(known)
        return Resolution(
            units=tuple(units(known)),
            references=references(known, wiring(noted)),
            artefacts=(
                *artefacts(known),
                *endpoints(known),
                *data_artefacts(noted),
                *behaviour_artefacts(noted),
            ),
            files_with_errors=tuple(
                source.file.path for source in known.sources if source.facts["broken"]
            ),
        )


def _package(walk: Walk, node: Node) -> str:
    for child in node.children:
        if child.kind_id == k.PACKAGE_IDENTIFIER:
            walk.package = walk.package or written(walk, child)
    return ""


def _acts() -> list[Act | None]:
    """What to do by number of the node kind."""
    made: list[Act | None] = [None] * k.TABLE_SIZE
    for number in (k.ERROR, *k.inner_kinds()):
        made[number] = inside
    listed: dict[str, Act] = {
        "package_clause": _package,
        **declarations.ACTS,
        **types.ACTS,
        **expressions.ACTS,
        **statements.ACTS,
    }
    for name, act in listed.items():
        for number in k.kinds(name):
            made[number] = act
    for number, decision in DECISIONS.items():
        made[number] = deciding(made[number] or inside, decision)
    return made


_ACTS = _acts()
