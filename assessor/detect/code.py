"""The production code as facts look at it, and how facts carry their evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor.detect.modules import modules
from assessor.model.basis import Evidence, Location, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.records import FileKind, Records, Reference, ReferenceKind, Unit
from assessor.model.seen import Seen

NO_CODE = Text(zh="没有可读语言的生产代码。", en="There is no production code that could be read.")

Names = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Code:
    """units: production code. inside: references between different ones of them.

    wired: what injection adds to them: references to the classes that stand behind an interface.
    home: path -> module. marks, imports: path -> names of the annotations or decorators (simple)
    and of the foreign imports (dotted) in it, each with its line. An import is told once for the
    whole repository, in the first unit that has it. transactions: path -> line of the first that
    is declared or begun there.
    """

    units: tuple[Unit, ...]
    inside: tuple[Reference, ...]
    wired: tuple[Reference, ...]
    home: Mapping[str, str]
    marks: Names
    imports: Names
    transactions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """All references from one unit to another. line: of the first. name: of the target."""

    source: str
    target: str
    name: str
    count: int
    line: int


def code(records: Records) -> Code | None:
    """The production code, None where there is none."""
    units = tuple(unit for unit in records.units if unit.kind is FileKind.SOURCE)
    if not units:
        return None
    home = modules(records)
    between = [
        r
        for r in records.references
        if r.source != r.target and r.source in home and r.target in home
    ]
    return Code(
        units=units,
        inside=tuple(r for r in between if r.kind is not ReferenceKind.INJECT),
        wired=tuple(r for r in between if r.kind is ReferenceKind.INJECT),
        home=home,
        marks=_names(records, "code.annotation"),
        imports=_names(records, "code.import"),
        transactions=_lines(records, "code.transaction"),
    )


def without_code(specs: Sequence[FactSpec], seen: Seen) -> tuple[Fact, ...]:
    """Facts about code where there is none: not applicable, unknown if some could not be read."""
    lost = any("unit" in skip.affects for skip in seen.records.skips)
    return tuple(Fact(name=spec.name, value=None, applies=lost, reason=NO_CODE) for spec in specs)


def _names(records: Records, kind: str) -> Names:
    """Path of a unit -> names that the artefacts of a kind give -> line of the first."""
    found: dict[str, dict[str, int]] = {}
    for artefact in records.artefacts:
        if artefact.kind == kind and isinstance(artefact.root.value, Mapping):
            name = str(artefact.root.value["name"].value)
            word = name.rpartition(".")[2] if kind == "code.annotation" else name
            found.setdefault(artefact.location.path, {}).setdefault(word, artefact.location.line)
    return found


def _lines(records: Records, kind: str) -> dict[str, int]:
    """Path of a unit -> line of the first artefact of a kind there."""
    found: dict[str, int] = {}
    for artefact in records.artefacts:
        if artefact.kind == kind:
            place = artefact.location
            found[place.path] = min(place.line, found.get(place.path, place.line))
    return found


def ties(references: Iterable[Reference]) -> list[Tie]:
    """One for each pair of units that refer to each other, the strongest first."""
    every = sorted(references)
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Reference] = {}
    for r in every:
        counts[r.source, r.target] += r.count
        known = first.setdefault((r.source, r.target), r)
        if r.line < known.line:
            first[r.source, r.target] = r
    found = [
        Tie(a, b, first[a, b].target_name, n, first[a, b].line) for (a, b), n in counts.items()
    ]
    return sorted(found, key=lambda tie: (-tie.count, tie.source, tie.line, tie.target))


def measured(
    name: str,
    value: float | bool,  # noqa: FBT001 - facts may be yes or no
    evidence: Iterable[Evidence],
    *,
    applies: bool = True,
    ranked: bool = False,
) -> Fact:
    """A fact with its evidence, what speaks against it first.

    ranked: the evidence comes in the order of its weight, which is kept; else it goes by place.
    """
    every = sorted(evidence, key=_against_first if ranked else _order)
    return Fact(name=name, value=value, evidence=tuple(every), applies=applies)


def _against_first(evidence: Evidence) -> bool:
    return evidence.holds


def _order(evidence: Evidence) -> tuple[bool, Location, str, Text]:
    """What speaks against a fact first; then by place."""
    place = evidence.location or Location("")
    return evidence.holds, place, evidence.commit, evidence.claim


def not_applicable(name: str, reason: Text) -> Fact:
    """A fact that this repository gives no occasion for."""
    return Fact(name=name, value=None, applies=False, reason=reason)


def one_part(name: str, home: Mapping[str, str]) -> Fact | None:
    """The fact about what crosses parts (`home`: unit -> part) where there are not two of them."""
    if len(set(home.values())) > 1:
        return None
    return not_applicable(name, Text(zh="只有一个模块。", en="There is only one module."))


def unknown(name: str, reason: Text) -> Fact:
    """A fact that could not be seen here."""
    return Fact(name=name, value=None, reason=reason)


def at(path: str, line: int, *, zh: str, en: str, holds: bool = True) -> Evidence:
    """Evidence at a place."""
    return Evidence(Location(path, line), Text(zh=zh, en=en), holds=holds)
