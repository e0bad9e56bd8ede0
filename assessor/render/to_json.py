"""An assessment or a gate's decision as canonical JSON: same commit and options, same bytes."""

import json
import math
from dataclasses import fields, is_dataclass

from assessor.model.assessment import Assessment
from assessor.model.gate import Gate

DIGITS = 6


def to_json(document: Assessment | Gate) -> bytes:
    """UTF-8, keys sorted, two spaces, floats rounded to six digits, one newline at the end."""
    text = json.dumps(plain(document), ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode("utf-8", "backslashreplace")


def plain(value: object) -> object:
    """The same value in the types that JSON knows. Raises ValueError for NaN and infinity."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return _rounded(value)
    return value


def _rounded(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot stand in the document")
    return round(value, DIGITS) + 0.0  # -0.0 becomes 0.0
