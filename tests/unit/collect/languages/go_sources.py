"""Small Go projects of tests, and the artefacts that they give."""

import json
from collections.abc import Mapping

from assessor.collect.languages.go import extract, resolve
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.model.basis import Node
from assessor.model.records import File, FileKind

MODULE = "example.com/shop"


def resolved(files: Mapping[str, str]) -> Resolution:
    """What Go files of the module `example.com/shop` give; `_test.go` files are tests."""
    sources = [
        Extracted(
            File(path, FileKind.TEST if "_test.go" in path else FileKind.SOURCE, "go", 0, ""),
            json.loads(json.dumps(extract(path, text.encode("utf-8", "surrogatepass")))),
        )
        for path, text in files.items()
    ]
    module = Extracted(File("go.mod", FileKind.CONFIGURATION, "", 0, ""), {"module": MODULE})
    return resolve(sources, [module])


def told(files: Mapping[str, str], kind: str, *keys: str) -> list[str]:
    """The values of these keys of all artefacts of a kind, as `path:line value value`, sorted."""
    found = []
    for artefact in resolved(files).artefacts:
        values = artefact.root.value
        if artefact.kind == kind and isinstance(values, Mapping):
            shown = [_shown(values[key]) for key in keys]
            place = f"{artefact.location.path}:{artefact.location.line}"
            found.append(" ".join([place, *shown]))
    return sorted(found)


def _shown(node: Node) -> str:
    return "-" if node.value is None else str(node.value)
