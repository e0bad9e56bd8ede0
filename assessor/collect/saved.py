"""An assessment that was written as JSON, read back; its file is as untrusted as a repository."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assessor.errors import UsageError
from assessor.model.assessment import SCHEMA_VERSION, Assessment, Pack

LARGEST = 256 << 20
HIGHEST = 5
LONGEST_NUMBER, LONGEST_NAME = 18, 80
_ANEW = "write it anew with `assessor audit … --format json`"


def load(path: Path) -> Assessment:
    """The assessment in the file. Raises UsageError with the place of what is wrong in it."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    if size > LARGEST:
        raise UsageError(f"{path}: is larger than {LARGEST >> 20} MiB.")
    return parse(content, place=str(path))


def parse(content: bytes, *, place: str) -> Assessment:
    """The assessment that the JSON says. place: what to call it in a UsageError."""
    found = _json(content, place)
    version = found.get("schema_version")
    if version != SCHEMA_VERSION:
        said = f"has schema version {_brief(version)}" if version else "is no assessment"
        raise UsageError(f"{place}: {said}; this assessor reads {SCHEMA_VERSION}: {_ANEW}.")
    try:
        made = TypeAdapter(Assessment).validate_python(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = _brief(".".join(map(str, first["loc"]))).strip("'\"")
        raise UsageError(f"{place}: {where}: {first['msg']}; {_ANEW}.") from None
    wrong = next(_disagreements(made), "")
    if wrong:
        raise UsageError(f"{place}: {wrong}; {_ANEW}.")
    return made


def _brief(value: object) -> str:
    """The value in one short line, without characters that steer a terminal."""
    text = repr(value) if isinstance(value, str) else ascii(value)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def _json(content: bytes, place: str) -> dict[str, object]:
    """The JSON object."""
    try:
        found = json.loads(content, parse_constant=_refused, parse_float=_finite, parse_int=_short)
    except json.JSONDecodeError as error:
        where = f"{place}:{error.lineno}"
        raise UsageError(f"{where}: is no whole JSON ({error.msg}); {_ANEW}.") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: is no JSON that can be read ({error}); {_ANEW}.") from None
    if not isinstance(found, dict):
        raise UsageError(f"{place}: is no assessment, which is a JSON object; {_ANEW}.")
    return found


def _refused(constant: str) -> float:
    raise ValueError(f"{_brief(constant)} is no number")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refused(text)


def _short(text: str) -> int:
    return int(text) if len(text) <= LONGEST_NUMBER else int(_refused(text))


def _disagreements(found: Assessment) -> Iterator[str]:
    """Where parts of the document do not fit each other."""
    facts = {fact.name for fact in found.facts}
    rules = [rule for pack in found.packs for rule in pack.rules]
    for rule in rules:
        for result in (*rule.outcomes, *rule.missing):
            if result.fact not in facts:
                named = f"{_brief(rule.id)} speaks of a fact {_brief(result.fact)}"
                yield f"rule {named} that is not there"
    for pack in found.packs:
        levels = (pack.claimable, pack.indicative, *(d.indicative for d in pack.domains))
        scored = (level for rule in pack.rules for level in (rule.level, rule.potential))
        if any(level is not None and not 0 <= level <= HIGHEST for level in (*levels, *scored)):
            yield f"pack {_brief(pack.id)} has a level beyond 0 to {HIGHEST}"
        yield from _contradictions(pack)
    yield from _twice("pack", (pack.id for pack in found.packs))
    yield from _twice("rule", (rule.id for rule in rules))
    if found.partition is not None:
        yield from _twice("service", (service.name for service in found.partition.services))
        if found.partition.sound == bool(found.partition.reason):
            yield "partition.sound and partition.reason contradict each other"
    if any(not cycle.example for cycle in found.coupling.cycles):
        yield "coupling.cycles has one without an example"
    moment = found.repository.revision_time
    if moment and not _is_time(moment):
        yield f"repository.revision_time {_brief(moment)} is no time"


def _contradictions(pack: Pack) -> Iterator[str]:
    """Levels of a standard that do not follow from those of its items."""
    for domain in pack.domains:
        levels = [r.level for r in pack.rules if r.domain == domain.id and r.level is not None]
        if domain.claimable != min(levels, default=None):
            named = f"{_brief(domain.id)} of pack {_brief(pack.id)}"
            yield f"the level of domain {named} is not that of its lowest item"
    lowest = min((d.claimable for d in pack.domains if d.claimable is not None), default=None)
    if pack.claimable not in {None, lowest}:
        yield f"the claimable level of pack {_brief(pack.id)} is not that of its lowest domain"


def _twice(kind: str, names: Iterable[str]) -> Iterator[str]:
    """Names that stand for two things; in links, capitals make no difference."""
    for name, count in Counter(name.lower() for name in names).items():
        if count > 1:
            yield f"there are {count} {kind}s {_brief(name)}"


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
