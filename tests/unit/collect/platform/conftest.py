"""Short ways to read one file and to see what came of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from assessor.collect import platform
from assessor.collect.platform.nodes import fields
from assessor.model.basis import Node, Skip, Unread
from assessor.model.records import Artefact, File, FileKind


def plain(node: Node) -> Any:
    """A node as plain Python values; what could not be settled is `…`."""
    if node.value is Unread.TEMPLATED:
        return "…"
    if isinstance(node.value, Mapping):
        return {key: plain(part) for key, part in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(part) for part in node.value]
    return node.value


class Found:
    """The artefacts and skips of some files, read as the product reads them."""

    def __init__(self, sources: Mapping[str, str | bytes], others: Sequence[str]) -> None:
        artefacts: list[Artefact] = []
        self.skips: list[Skip] = []
        for path, source in sources.items():
            content = source if isinstance(source, bytes) else source.encode()
            given, skips = platform.decode(path, platform.parse(path, content))
            artefacts += given
            self.skips += skips
        names = [*sources, *others]
        self.files = [File(name, FileKind.OTHER, "", 0, "") for name in names]
        self.artefacts = platform.link(artefacts, self.files)
        self.dangling = platform.dangling(artefacts, self.files)

    def of(self, kind: str) -> list[Artefact]:
        """The artefacts of a kind."""
        return [each for each in self.artefacts if each.kind == kind]

    def one(self, kind: str) -> Any:
        """The only artefact of a kind, as plain values."""
        (found,) = self.of(kind)
        return plain(found.root)

    def table(self, kind: str, *keys: str) -> list[tuple[Any, ...]]:
        """(line, value, …) of every artefact of a kind."""
        return [
            (each.location.line, *(plain(fields(each.root)[key]) for key in keys))
            for each in self.of(kind)
        ]


@pytest.fixture
def read() -> Callable[..., Found]:
    """Reads `{path: text}`, with further paths that exist."""
    return lambda sources, *others: Found(sources, others)
