"""An assessment that was written as JSON, read back; its file is as untrusted as a repository."""

import json
import math
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assessor.errors import UsageError
from assessor.model.assessment import SCHEMA_VERSION, Assessment

LARGEST = 256 << 20
_ANEW = "write it anew with `assessor audit … --format json`"


def load(path: Path) -> Assessment:
    """The assessment in the file. Raises UsageError with the place of what is wrong in it."""
    found = _json(path)
    version = found.get("schema_version")
    if version != SCHEMA_VERSION:
        said = f"has schema version {version!r}" if version else "is no assessment"
        raise UsageError(f"{path}: {said}; this assessor reads {SCHEMA_VERSION}: {_ANEW}.")
    try:
        made = TypeAdapter(Assessment).validate_python(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(f"{path}: {place}: {first['msg']}; {_ANEW}.") from None
    wrong = _disagreement(made)
    if wrong:
        raise UsageError(f"{path}: {wrong}; {_ANEW}.")
    return made


def _json(path: Path) -> dict[str, object]:
    """The JSON object in the file."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    if size > LARGEST:
        raise UsageError(f"{path}: is larger than {LARGEST >> 20} MiB.")
    try:
        found = json.loads(content, parse_constant=_refused, parse_float=_finite)
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}"
        raise UsageError(f"{place}: is no whole JSON ({error.msg}); {_ANEW}.") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: is no JSON that can be read ({error}); {_ANEW}.") from None
    if not isinstance(found, dict):
        raise UsageError(f"{path}: is no assessment, which is a JSON object; {_ANEW}.")
    return found


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refused(text)


def _disagreement(found: Assessment) -> str:
    """Where parts of the document do not fit each other, "" if they do."""
    facts = {fact.name for fact in found.facts}
    for pack in found.packs:
        for rule in pack.rules:
            for result in (*rule.outcomes, *rule.missing):
                if result.fact not in facts:
                    return f"rule {rule.id} speaks of a fact {result.fact} that is not there"
    moment = found.repository.revision_time
    try:
        datetime.fromisoformat(moment or "2000-01-01")
    except ValueError:
        return f"repository.revision_time {moment!r} is no time"
    return ""
