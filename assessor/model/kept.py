"""What of a run is kept beside its assessment, so that it can be scored and cut anew."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.model.facts import Fact
from assessor.model.gate import Finding, Use
from assessor.model.seen import Seen


@dataclass(frozen=True, slots=True, order=True)
class Excerpt:
    """A few lines of code around a place, secrets masked.

    line: the place itself. first: number of the first of `lines`.
    """

    path: str
    line: int
    first: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """The facts of a run.

    seen: source units, references between them, coupling, cuts, co-change, cycles, hotspots and
    ownership; no history, no other files and no artefacts. facts: before any attestation.
    findings, uses: all of them. excerpts: sorted, for the evidence that the assessment names.
    """

    seen: Seen
    facts: Mapping[str, Fact]
    findings: tuple[Finding, ...]
    uses: tuple[Use, ...]
    excerpts: tuple[Excerpt, ...] = ()
