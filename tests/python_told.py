"""What the files of a small Python project tell of one kind of behaviour."""

import json
import textwrap
from collections.abc import Mapping

from assessor.collect.languages.python import extract, resolve
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind

_COMMON = {"language", "unit", "unit_kind"}


def told(kind: str, sources: Mapping[str, str]) -> list[tuple[object, ...]]:
    """(line, values…) of all artefacts of a kind in the first file, in the order of its lines.

    Facts go through JSON, as they do between processes.
    """
    first = next(iter(sources))
    files = [
        Extracted(
            File(path, FileKind.SOURCE, "python", len(text), ""),
            json.loads(json.dumps(extract(path, textwrap.dedent(text).encode()))),
        )
        for path, text in sources.items()
    ]
    found = []
    for each in resolve(files).artefacts:
        root = each.root.value
        assert isinstance(root, Mapping)
        if each.kind == kind and each.location.path == first:
            values = [node.value for name, node in root.items() if name not in _COMMON]
            found.append((each.location.line, *values))
    return sorted(found, key=repr_of_line)


def repr_of_line(row: tuple[object, ...]) -> tuple[int, str]:
    """Order by line."""
    return int(str(row[0])), repr(row)
