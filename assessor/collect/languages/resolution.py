"""What a language front-end gives: the two phases' types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assessor.model.records import Artefact, File, Reference, Unit

# A JSON value: what may cross the border of a worker process. Phase A (`extract`) runs in a worker
# on one file and gives compact facts; phase B (`resolve`) runs once, over the facts of all files.
Facts = list[object] | dict[str, object]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The facts of one file, as `extract` gave them, or the reader of a settings file."""

    file: File
    facts: Facts


@dataclass(frozen=True, slots=True)
class Resolution:
    """Units, references between them, and `code.*` artefacts of one language.

    errors: number of files with a syntax error that the parser stepped over.
    """

    units: tuple[Unit, ...]
    references: tuple[Reference, ...]
    artefacts: tuple[Artefact, ...]
    files_with_errors: tuple[str, ...] = ()


# Files of code, then the settings files (`package.json`, `go.mod`, …) that say where names lead.
Resolve = Callable[[Sequence[Extracted], Sequence[Extracted]], Resolution]
