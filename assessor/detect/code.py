"""The production code as facts look at it, and how facts carry their evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.detect.modules import modules
from assessor.model.basis import Evidence, Location, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.records import FileKind, Records, Reference, Unit
from assessor.model.seen import Seen

SHOWN = 50
NO_CODE = Text(zh="没有可读语言的生产代码。", en="There is no production code that could be read.")


@dataclass(frozen=True, slots=True)
class Code:
    """units: production code. inside: references between different ones of them.

    home: path -> module. marks: path -> simple names of the annotations or decorators in it.
    """

    units: tuple[Unit, ...]
    inside: tuple[Reference, ...]
    home: Mapping[str, str]
    marks: Mapping[str, frozenset[str]]


def code(records: Records) -> Code | None:
    """The production code, None where there is none."""
    units = tuple(unit for unit in records.units if unit.kind is FileKind.SOURCE)
    if not units:
        return None
    home = modules(records)
    inside = (
        r
        for r in records.references
        if r.source != r.target and r.source in home and r.target in home
    )
    return Code(units, tuple(inside), home, _marks(records))


def without_code(specs: Sequence[FactSpec], seen: Seen) -> tuple[Fact, ...]:
    """Facts about code where there is none: not applicable, unknown if some could not be read."""
    lost = any("unit" in skip.affects for skip in seen.records.skips)
    return tuple(Fact(name=spec.name, value=None, applies=lost, reason=NO_CODE) for spec in specs)


def _marks(records: Records) -> dict[str, frozenset[str]]:
    """Path of a unit -> simple names of the annotations or decorators in it."""
    found: dict[str, set[str]] = {}
    for artefact in records.artefacts:
        if artefact.kind == "code.annotation" and isinstance(artefact.root.value, Mapping):
            name = artefact.root.value["name"].value
            found.setdefault(artefact.location.path, set()).add(str(name).rpartition(".")[2])
    return {path: frozenset(names) for path, names in found.items()}


def measured(
    name: str,
    value: float | bool,  # noqa: FBT001 - facts may be yes or no
    evidence: Iterable[Evidence],
    *,
    applies: bool = True,
) -> Fact:
    """A fact with its evidence sorted, what speaks against it first, and cut to a bound."""
    every = sorted(evidence, key=_order)
    return Fact(
        name=name,
        value=value,
        evidence=tuple(every[:SHOWN]),
        evidence_total=len(every),
        applies=applies,
    )


def _order(evidence: Evidence) -> tuple[bool, Location, str, Text]:
    """What speaks against a fact first; then by place."""
    place = evidence.location or Location("")
    return evidence.holds, place, evidence.commit, evidence.claim


def not_applicable(name: str, reason: Text) -> Fact:
    """A fact that this repository gives no occasion for."""
    return Fact(name=name, value=None, applies=False, reason=reason)


def at(path: str, line: int, *, zh: str, en: str, holds: bool = True) -> Evidence:
    """Evidence at a place."""
    return Evidence(Location(path, line), Text(zh=zh, en=en), holds=holds)
