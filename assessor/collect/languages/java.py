"""Java: one file into compact facts, and the facts of all files into units and references."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from assessor.collect.languages.java_edges import references
from assessor.collect.languages.java_facts import facts_of
from assessor.collect.languages.java_kinds import parser
from assessor.collect.languages.java_literals import may_hold_secrets
from assessor.collect.languages.java_source import letters, readable, respelled
from assessor.collect.languages.java_table import table
from assessor.collect.languages.java_units import artefacts, units
from assessor.collect.languages.java_walk import walked
from assessor.collect.languages.resolution import Extracted, Facts, Resolution


def extract(path: str, content: bytes) -> Facts:
    """The facts of one file; never fails: what cannot be parsed is left out and flagged.

    path: not looked at; it is here for languages that need it.
    """
    del path
    source = readable(content)
    text = letters(source)
    tree = parser().parse(source)
    root = tree.root_node
    with _without_collector():
        broken, secretive = root.has_error, may_hold_secrets(source)
        walk = walked(text, tree.walk(), secretive=secretive, broken=broken)
        facts = facts_of(walk, source, has_errors=broken)
    return cast("Facts", facts if source.isascii() else respelled(facts))


def resolve(files: Sequence[Extracted], _settings: Sequence[Extracted] = ()) -> Resolution:
    """Units, references and `code.*` artefacts of all Java files; their order does not matter."""
    with _without_collector():
        known = table(files)
        broken = (source.file.path for source in known.sources if source.facts["has_errors"])
        return Resolution(
            units=tuple(units(known)),
            references=references(known),
            artefacts=tuple(artefacts(known)),
            files_with_errors=tuple(broken),
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """No garbage collection meanwhile: facts are many objects, and none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
