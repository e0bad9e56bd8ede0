"""Endpoints: the artefact that all languages give, and how parts of a path are joined."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessor.model.basis import Location, Node
from assessor.model.records import Artefact, File

ANY = "ANY"
_LONGEST = 200
_MOST = 20  # values that one annotation gives


@dataclass(frozen=True, slots=True, order=True)
class Endpoint:
    """A place where a request comes in. unit: path of the unit that answers, "" = the file."""

    line: int
    method: str
    path: str
    handler: str
    framework: str
    unit: str = ""


def artefacts(
    file: File, endpoints: Iterable[Endpoint], *, answers: File | None = None
) -> list[Artefact]:
    """The artefacts of a file's endpoints, each one once, in order of their lines.

    answers: the file of the unit that answers, where `file` is a settings file.
    """
    return [_artefact(file, one, speaks=answers or file) for one in sorted(set(endpoints))]


def _artefact(file: File, one: Endpoint, *, speaks: File) -> Artefact:
    values = {
        "language": speaks.language,
        "method": one.method,
        "path": one.path[:_LONGEST],
        "handler": one.handler[:_LONGEST],
        "framework": one.framework,
        "unit": one.unit or file.path,
        "unit_kind": str(speaks.kind),
    }
    root = {name: Node(one.line, value) for name, value in values.items()}
    return Artefact("code.endpoint", Location(file.path, one.line), Node(one.line, root))


def joined(*parts: str) -> str:
    """The parts with one slash between and one before; `/` where all are empty.

    A slash at the end of the last part stays: for most frameworks it is another path.
    """
    path = ""
    for part in parts:
        if part:
            path = f"{path.rstrip('/')}/{part.lstrip('/')}"
    return path or "/"


def crossed(prefixes: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Each prefix with each path; none of either is one empty one."""
    tails = list(paths)[:_MOST] or [""]
    return [joined(prefix, path) for prefix in list(prefixes)[:_MOST] or [""] for path in tails]
