"""An assessment that was written as JSON, read back; its file is as untrusted as a repository."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from assessor.collect.documents import Kind, brief, content, document
from assessor.errors import UsageError
from assessor.model.assessment import SCHEMA_VERSION, Assessment, Pack

HIGHEST = 5
KIND = Kind(
    name="assessment",
    anew="write it anew with `assessor audit … --format json`",
    version=SCHEMA_VERSION,
    largest=256 << 20,
)


def load(path: Path) -> Assessment:
    """The assessment in the file. Raises UsageError with the place of what is wrong in it."""
    return parse(content(path, KIND), place=str(path))


def parse(content: bytes, *, place: str) -> Assessment:
    """The assessment that the JSON says. place: what to call it in a UsageError."""
    made: Assessment = document(content, KIND, adapter=TypeAdapter(Assessment), place=place)
    wrong = next(_disagreements(made), "")
    if wrong:
        raise UsageError(f"{place}: {wrong}; {KIND.anew}.")
    return made


def _disagreements(found: Assessment) -> Iterator[str]:
    """Where parts of the document do not fit each other."""
    facts = {fact.name for fact in found.facts}
    rules = [rule for pack in found.packs for rule in pack.rules]
    for rule in rules:
        for result in (*rule.outcomes, *rule.missing):
            if result.fact not in facts:
                named = f"{brief(rule.id)} speaks of a fact {brief(result.fact)}"
                yield f"rule {named} that is not there"
    for pack in found.packs:
        levels = (pack.claimable, pack.indicative, *(d.indicative for d in pack.domains))
        scored = (level for rule in pack.rules for level in (rule.level, rule.potential))
        if any(level is not None and not 0 <= level <= HIGHEST for level in (*levels, *scored)):
            yield f"pack {brief(pack.id)} has a level beyond 0 to {HIGHEST}"
        yield from _contradictions(pack)
    yield from _twice("pack", (pack.id for pack in found.packs))
    yield from _twice("rule", (rule.id for rule in rules))
    yield from _twice("attestation", (each.attestation.id for each in found.attestations))
    if found.partition is not None:
        yield from _twice("service", (service.name for service in found.partition.services))
        if found.partition.sound == bool(found.partition.reason):
            yield "partition.sound and partition.reason contradict each other"
    if any(not cycle.example for cycle in found.coupling.cycles):
        yield "coupling.cycles has one without an example"
    moment = found.repository.revision_time
    if moment and not _is_time(moment):
        yield f"repository.revision_time {brief(moment)} is no time"


def _contradictions(pack: Pack) -> Iterator[str]:
    """Levels of a standard that do not follow from those of its items."""
    for domain in pack.domains:
        levels = [r.level for r in pack.rules if r.domain == domain.id and r.level is not None]
        if domain.claimable != min(levels, default=None):
            named = f"{brief(domain.id)} of pack {brief(pack.id)}"
            yield f"the level of domain {named} is not that of its lowest item"
    lowest = min((d.claimable for d in pack.domains if d.claimable is not None), default=None)
    if pack.claimable not in {None, lowest}:
        yield f"the claimable level of pack {brief(pack.id)} is not that of its lowest domain"


def _twice(kind: str, names: Iterable[str]) -> Iterator[str]:
    """Names that stand for two things; in links, capitals make no difference."""
    for name, count in Counter(name.lower() for name in names).items():
        if count > 1:
            yield f"there are {count} {kind}s {brief(name)}"


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
