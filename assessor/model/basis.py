"""The smallest records: where something stands, what is said about it, what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place: POSIX path relative to the repository's root, 1-based line (0 = whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """The same words in Chinese and in English."""

    zh: str
    en: str


class Unread(StrEnum):
    """Stands in a `Node` for a value that the file does not settle by itself."""

    TEMPLATED = "templated"


@dataclass(frozen=True, slots=True)
class Node:
    """A parsed value and the 1-based line it stands on; mappings keep their order in the file."""

    line: int
    value: "Scalar | Unread | tuple[Node, ...] | Mapping[str, Node]"


class EvidenceKind(StrEnum):
    """How a fact came to be known."""

    REPOSITORY = "repository"
    GIT = "git"
    IMPORTED = "imported"
    ATTESTATION = "attestation"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One sentence about one place, commit or signature; `holds`: it speaks for the fact.

    commit: full id. What a person signed has neither: `location` is None and `commit` "".
    """

    location: Location | None
    claim: Text
    holds: bool = True
    commit: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Skip:
    """Something that could not be read. Nothing is dropped in silence.

    code: stable word, e.g. `unparsable`, `oversized`, `timeout`, `too-deep`, `symlink`.
    by: the collector that gave up. reason: one English sentence.
    affects: kinds of artefact (or `unit`, `history`) that might be missing because of it.
    """

    path: str
    line: int
    code: str
    by: str
    reason: str
    affects: tuple[str, ...] = ()
