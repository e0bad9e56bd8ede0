"""Java: one file into compact facts."""

from typing import cast

from assessor.collect.languages.endpoints_marks import marked
from assessor.collect.languages.java_kinds import parser
from assessor.collect.languages.java_literals import may_hold_secrets
from assessor.collect.languages.java_source import letters, readable, respelled
from assessor.collect.languages.java_walk import walked
from assessor.collect.languages.jvm_behaviour import told
from assessor.collect.languages.resolution import Facts
from assessor.collect.languages.typed_findings import facts_of
from assessor.collect.languages.uncollected import uncollected


def extract(path: str, content: bytes) -> Facts:
    """The facts of one file; never fails: what cannot be parsed is left out and flagged.

    path: not looked at; it is here for languages that need it.
    """
    del path
    source = readable(content)
    text = letters(source)
    tree = parser().parse(source)
    root = tree.root_node
    with uncollected():
        broken, secretive = root.has_error, may_hold_secrets(source)
        walk = walked(text, tree.walk(), secretive=secretive, broken=broken)
        facts = facts_of(walk, source, has_errors=broken)
        ends = marked(source, root, walk.imports, language="java")
        behaviour = told(source, root, walk, language="java")
    plain = facts if source.isascii() else respelled(facts)
    return cast("Facts", {**cast("dict[str, object]", plain), **ends, **behaviour})
