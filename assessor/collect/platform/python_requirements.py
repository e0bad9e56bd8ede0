"""Requirements and constraints files of pip."""

import re
from collections.abc import Iterator
from posixpath import basename, dirname

from assessor.collect.platform.python_dependency import Dependency, reading, scope_of
from assessor.collect.platform.reading import Reading, artefact, record
from assessor.model.records import Artefact

INCLUDE = "pip.include"
"""Inner artefact: a `-r` or `-c` line of a requirements file."""

CONSTRAINT = "pip.constraint"
"""Inner artefact: an entry of a constraints file."""


def parse(path: str, content: str) -> Reading:
    """The requirements; `-r` and `-c` lines and constraints are inner artefacts."""
    folder, name = basename(dirname(path)), basename(path)
    scope = scope_of(re.sub(r"(?i)requirements?|\.(?:txt|in)$", "", name))
    if scope == "compile" and folder.lower() not in {"requirements", ""}:
        scope = "build" if folder.lower() in {"docs", "doc"} else scope
    found: list[Dependency] = []
    includes: list[Artefact] = []
    for line, written in _logical(content):
        option = re.match(r"(-r|-c|--requirement|--constraint)[ =]*(\S+)", written)
        if option:
            root = record(line, option=option[1].strip("-")[0], file=option[2])
            includes.append(artefact(INCLUDE, path, root))
        elif not written.startswith("-"):
            found.append((written, line, scope))
        elif egg := re.match(r"(?:-e|--editable)[ =]*(\S+#egg=([\w.-]+))", written):
            found.append((f"{egg[2]} @ {egg[1]}", line, scope))
    if name.lower().startswith("constraint"):
        return Reading(
            tuple(artefact(CONSTRAINT, path, each.root) for each in reading(path, found).artefacts)
        )
    told = reading(path, [(_named(written), line, scope) for written, line, scope in found])
    return Reading((*told.artefacts, *includes), told.skips)


def _logical(content: str) -> Iterator[tuple[int, str]]:
    """(line, text) of every requirement: comments, hashes and options of it taken off."""
    first, joined = 0, ""
    lines = content.split("\n")
    for number, line in enumerate(lines, start=1):
        bare = re.sub(r"(?:^|\s)#.*$", "", line).rstrip()
        first = first or number
        joined += bare.removesuffix("\\")
        if bare.endswith("\\") and number < len(lines):
            continue
        written = re.sub(
            r"\s--?(?:hash|global-option|install-option|config-settings)\b.*", "", joined
        )
        if written.strip():
            yield first, written.strip()
        first, joined = 0, ""


def _named(written: str) -> str:
    """A bare address with a name in it (`git+https://…#egg=name`) as `name @ address`."""
    address, found, name = written.partition("#egg=")
    egg = re.match(r"[\w.-]+", name)
    if not found or not egg or "://" not in address or " " in address:
        return written
    return f"{egg[0]} @ {address}"
