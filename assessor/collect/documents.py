"""Reads back JSON documents of our own kinds; their files are as untrusted as a repository."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assessor.errors import UsageError

LONGEST_NUMBER, LONGEST_NAME = 18, 80


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: what it is called, how to make one anew, which version is read.

    largest: bytes of a file.
    """

    name: str
    anew: str
    version: str
    largest: int


def content(path: Path, kind: Kind) -> bytes:
    """The bytes of the file. Raises UsageError where it cannot be read or is too large."""
    try:
        size = path.stat().st_size
        found = path.read_bytes() if size <= kind.largest else b""
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    if size > kind.largest:
        raise UsageError(f"{path}: is larger than {kind.largest >> 20} MiB.")
    return found


def document(found: bytes, kind: Kind, *, adapter: TypeAdapter[Any], place: str) -> Any:  # noqa: ANN401 - what the adapter makes
    """The document that the JSON says. place: what to call it in a UsageError."""
    value = _json(found, kind, place=place)
    version = value.get("schema_version")
    if version != kind.version:
        said = f"has schema version {brief(version)}" if version else f"is no {kind.name}"
        raise UsageError(f"{place}: {said}; this assessor reads {kind.version}: {kind.anew}.")
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = brief(".".join(map(str, first["loc"]))).strip("'\"")
        raise UsageError(f"{place}: {where}: {first['msg']}; {kind.anew}.") from None


def brief(value: object) -> str:
    """The value in one short line, without characters that steer a terminal."""
    text = repr(value) if isinstance(value, str) else ascii(value)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def _json(found: bytes, kind: Kind, *, place: str) -> dict[str, object]:
    """The JSON object."""
    try:
        value = json.loads(found, parse_constant=_refused, parse_float=_finite, parse_int=_short)
    except json.JSONDecodeError as error:
        where = f"{place}:{error.lineno}"
        raise UsageError(f"{where}: is no whole JSON ({error.msg}); {kind.anew}.") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: is no JSON that can be read ({error}); {kind.anew}.") from None
    if not isinstance(value, dict):
        raise UsageError(f"{place}: is no {kind.name}, which is a JSON object; {kind.anew}.")
    return value


def _refused(constant: str) -> float:
    raise ValueError(f"{brief(constant)} is no number")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refused(text)


def _short(text: str) -> int:
    return int(text) if len(text) <= LONGEST_NUMBER else int(_refused(text))
