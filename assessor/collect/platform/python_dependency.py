"""What a Python project and a requirement become, whichever file they stand in."""

import re
from collections.abc import Sequence

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from assessor.collect.platform.nodes import Plain, node
from assessor.collect.platform.reading import Reading, artefact, record
from assessor.model.basis import Node, Skip
from assessor.model.records import Artefact

BY = "platform.python"
Dependency = tuple[str, int, str]
"""Requirement as written, its line, its scope."""

_TEST = re.compile(r"(?:.*[-_.])?(?:tests?|testing|ci|tox|cov|coverage)(?:[-_.].*)?")
_BUILD = re.compile(
    r"(?:.*[-_.])?(?:dev|develop|development|docs?|lint|linting|build|format|typing|types|mypy"
    r"|release|quality|checks?)(?:[-_.].*)?"
)
_MAX_TEXT = 2000
_COMMIT = re.compile(r"@[0-9a-f]{40}(?:[#&]|$)")


def scope_of(name: str) -> str:
    """The scope that the name of a group, an extra or a file tells."""
    if _TEST.fullmatch(name.lower()):
        return "test"
    return "build" if _BUILD.fullmatch(name.lower()) else "compile"


def reading(path: str, found: Sequence[Dependency], *, about: Node | None = None) -> Reading:
    """The project, if any, and its dependencies; what is no requirement is a skip of its own."""
    artefacts: list[Artefact] = [artefact("build.project", path, about)] if about else []
    skips: list[Skip] = []
    for written, line, scope in found:
        try:
            artefacts.append(artefact("build.dependency", path, _dependency(written, line, scope)))
        except InvalidRequirement:
            reason = "The line is no requirement that can be read."
            skips.append(Skip(path, line, "unparsable", BY, reason, ("build.dependency",)))
    return Reading(tuple(artefacts), tuple(skips))


def _dependency(written: str, line: int, scope: str) -> Node:
    if len(written) > _MAX_TEXT:
        raise InvalidRequirement("too long")
    requirement = Requirement(written)
    exact = [each for each in requirement.specifier if each.operator in {"==", "==="}]
    fixed = [each.version for each in exact if not each.version.endswith(".*")]
    by_commit = bool(requirement.url and _COMMIT.search(requirement.url))
    return record(
        line,
        tool="pip",
        name=canonicalize_name(requirement.name),
        version=fixed[0] if fixed else (str(requirement.specifier) or requirement.url),
        scope=scope,
        pinned=bool(fixed) or by_commit,
        managed=False,
    )


def project(line: int, **given: Plain) -> Node:
    """A Python project; what is not given is null."""
    told: dict[str, Plain] = {"tool": "pip", "group": None, "name": None, "version": None}
    told |= {"packaging": "python", "parent": None, "modules": (), "runnable": False}
    return node(told | given, line=line)
