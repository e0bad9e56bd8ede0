"""A baseline that was written as JSON, read back; its file may have been edited by anyone."""

import re
from pathlib import Path

from pydantic import TypeAdapter

from assessor.collect.documents import Kind, content, document
from assessor.errors import UsageError
from assessor.model.baseline import BASELINE_VERSION, Baseline

KIND = Kind(
    name="baseline",
    anew="write it anew with `assessor baseline create`",
    version=BASELINE_VERSION,
    largest=64 << 20,
)
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ADAPTER: TypeAdapter[Baseline] = TypeAdapter(Baseline)


def load(path: Path) -> Baseline:
    """The baseline in the file. Raises UsageError with the place of what is wrong in it."""
    return parse(content(path, KIND), place=str(path))


def parse(content: bytes, *, place: str) -> Baseline:
    """The baseline that the JSON says. place: what to call it in a UsageError."""
    found: Baseline = document(content, KIND, adapter=_ADAPTER, place=place)
    if not _ID.fullmatch(found.revision):
        raise UsageError(f"{place}: revision: is no full commit id; {KIND.anew}.")
    return found
