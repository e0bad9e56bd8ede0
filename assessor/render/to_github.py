"""New findings as workflow commands, which GitHub shows as annotations beside the lines."""

from collections.abc import Mapping, Sequence

from assessor.model.gate import Told
from assessor.render.clean import visible

# GitHub shows ten of a kind for a step; the gravest come first.
_COMMANDS: Mapping[str, str] = {"major": "error", "minor": "warning", "info": "notice"}


def to_github(findings: Sequence[Told]) -> bytes:
    """One command a line, gravest first; nothing that a repository wrote can start another."""
    order = list(_COMMANDS)
    ranked = sorted(findings, key=lambda each: order.index(each.severity))
    return "".join(f"{_command(each)}\n" for each in ranked).encode("utf-8", "backslashreplace")


def _command(each: Told) -> str:
    place = f"file={_property(each.path)},line={max(each.line, 1)},title={_property(each.name)}"
    return f"::{_COMMANDS[each.severity]} {place}::{_message(each.text)}"


def _message(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
