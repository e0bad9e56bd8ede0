"""A baseline as JSON with an entry a line, so that its history can be read and merged."""

import json
from collections.abc import Iterable, Mapping

from assessor.model.baseline import Baseline
from assessor.render.to_json import plain


def to_baseline(baseline: Baseline) -> bytes:
    """UTF-8, keys sorted, one line for each finding, condition, service and use."""
    document = plain(baseline)
    assert isinstance(document, dict)  # noqa: S101 - for the type checker
    rows = [f"  {_line(key)}: {_value(document[key])}" for key in sorted(document)]
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode("utf-8", "backslashreplace")


def _value(value: object) -> str:
    if isinstance(value, list) and value:
        return _block("[", map(_line, value), "]")
    if isinstance(value, Mapping) and value:
        return _block("{", (f"{_line(k)}: {_line(value[k])}" for k in sorted(value)), "}")
    return _line(value)


def _block(opening: str, lines: Iterable[str], closing: str) -> str:
    return f"{opening}\n" + ",\n".join(f"    {line}" for line in lines) + f"\n  {closing}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
