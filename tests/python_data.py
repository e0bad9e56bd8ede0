"""Data artefacts of small Python projects, for tests: both phases, facts through JSON."""

import json
from collections.abc import Mapping

from assessor.collect.languages.python import extract, resolve
from assessor.collect.languages.resolution import Extracted
from assessor.model.basis import Node
from assessor.model.records import Artefact, File, FileKind


def extracted(path: str, source: str) -> Extracted:
    """The facts of one file; a file below `tests/` is a test."""
    content = source.encode()
    kind = FileKind.TEST if path.startswith("tests/") else FileKind.SOURCE
    facts = json.loads(json.dumps(extract(path, content)))
    return Extracted(File(path, kind, "python", len(content), ""), facts)


def artefacts(files: Mapping[str, str], kind: str) -> list[Artefact]:
    """All artefacts of a kind, in the order in which they come."""
    found = resolve([extracted(path, source) for path, source in files.items()])
    return [each for each in found.artefacts if each.kind == kind]


def values(artefact: Artefact) -> dict[str, object]:
    """Key -> value of an artefact."""
    root = artefact.root.value
    assert isinstance(root, dict)
    return {key: node.value for key, node in root.items() if isinstance(node, Node)}


def rows(files: Mapping[str, str], kind: str, *keys: str) -> list[tuple[object, ...]]:
    """The values of some keys of all artefacts of a kind, sorted."""
    found = [values(each) for each in artefacts(files, kind)]
    return sorted((tuple(each[key] for key in keys) for each in found), key=repr)


def accesses(files: Mapping[str, str], unit: str) -> set[tuple[object, object]]:
    """(table, operation) of a unit."""
    found = rows(files, "data.access", "unit", "table", "operation")
    return {(table, operation) for path, table, operation in found if path == unit}
