"""A baseline that was written as JSON, read back; its file may have been edited by anyone."""

import json
import math
import re
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assessor.errors import UsageError
from assessor.model.baseline import BASELINE_VERSION, Baseline

LARGEST = 64 << 20
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ANEW = "write it anew with `assessor baseline create`"
_ADAPTER: TypeAdapter[Baseline] = TypeAdapter(Baseline)


def _refused(constant: str) -> float:
    raise ValueError(f"{constant[:20]} is no number")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refused(text)


def load(path: Path) -> Baseline:
    """The baseline in the file. Raises UsageError with the place of what is wrong in it."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    if size > LARGEST:
        raise UsageError(f"{path}: is larger than {LARGEST >> 20} MiB.")
    return parse(content, place=str(path))


def parse(content: bytes, *, place: str) -> Baseline:
    """The baseline that the JSON says. place: what to call it in a UsageError."""
    try:
        found = _ADAPTER.validate_python(
            json.loads(content, parse_constant=_refused, parse_float=_finite)
        )
    except (ValueError, RecursionError) as error:
        if not isinstance(error, ValidationError):
            raise UsageError(f"{place}: is no JSON that can be read ({error}); {_ANEW}.") from None
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))[:80]
        said = f"{where}: {first['msg']}" if where else first["msg"]
        raise UsageError(f"{place}: is no baseline ({said}); {_ANEW}.") from None
    if not _ID.fullmatch(found.revision):
        raise UsageError(f"{place}: is no baseline (revision: no full commit id); {_ANEW}.")
    if found.schema_version != BASELINE_VERSION:
        raise UsageError(
            f"{place}: has version {found.schema_version[:20]!r} and not {BASELINE_VERSION};"
            f" {_ANEW}."
        )
    return found
