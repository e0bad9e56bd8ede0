"""Readers of platform files, one a kind of file: `claims(path)` and `parse(path, text)`.

In a worker `parse` turns one file into JSON; in the main process `decode` turns that into
artefacts and `link` does what needs more than one file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assessor.collect.platform import (
    charts,
    compose,
    dockerfile,
    gitlab_jobs,
    gradle,
    gradle_script,
    kubernetes,
    maven,
    maven_pom,
    pipelines_github,
    pipelines_gitlab,
    pipelines_jenkins,
    pipelines_other,
    python_link,
    python_project,
    schema,
    schema_link,
    spring,
    workloads,
    wrappers,
)
from assessor.collect.platform import nodes as _nodes
from assessor.collect.platform.nodes import Json, UnreadableError
from assessor.collect.platform.reading import Reading
from assessor.model.basis import Location, Skip
from assessor.model.records import Artefact, File


@dataclass(frozen=True, slots=True)
class Collector:
    """One reader: which paths it claims, how it parses a text, the kinds that may come of it.

    holds: whether bytes that cannot be read may matter at all; without it they always do.
    largest: bytes of a file that is still read.
    """

    claims: Callable[[str], bool]
    parse: Callable[[str, str], Reading]
    kinds: tuple[str, ...]
    holds: Callable[[bytes], bool] | None = None
    largest: int = _nodes.MAX_BYTES


MAX_ARTEFACTS = 10_000
PATHS = 1 << 14  # of which is remembered whether a reader claims them

COLLECTORS: Mapping[str, Collector] = {
    "compose": Collector(compose.claims, compose.parse, compose.KINDS),
    "dockerfile": Collector(dockerfile.claims, dockerfile.parse, dockerfile.KINDS),
    "github": Collector(pipelines_github.claims, pipelines_github.parse, pipelines_github.KINDS),
    "gitlab": Collector(pipelines_gitlab.claims, pipelines_gitlab.parse, pipelines_gitlab.KINDS),
    "gradle": Collector(gradle_script.claims, gradle_script.parse, gradle_script.KINDS),
    "helm": Collector(charts.claims_helm, charts.parse_helm, charts.HELM_KINDS),
    "jenkins": Collector(
        pipelines_jenkins.claims, pipelines_jenkins.parse, pipelines_jenkins.KINDS
    ),
    "kubernetes": Collector(
        kubernetes.claims, kubernetes.parse, kubernetes.KINDS, kubernetes.holds
    ),
    "kustomize": Collector(
        charts.claims_kustomize, charts.parse_kustomize, charts.KUSTOMIZE_KINDS
    ),
    "maven": Collector(maven_pom.claims, maven_pom.parse, maven_pom.KINDS),
    "other-pipelines": Collector(
        pipelines_other.claims, pipelines_other.parse, pipelines_other.KINDS
    ),
    "python": Collector(python_project.claims, python_project.parse, python_project.KINDS),
    "schema": Collector(schema.claims, schema.parse, schema.KINDS, schema.holds, schema.LARGEST),
    "spring": Collector(spring.claims, spring.parse, spring.KINDS),
    "wrappers": Collector(wrappers.claims, wrappers.parse, wrappers.KINDS),
}


@lru_cache(maxsize=PATHS)
def claims(path: str) -> bool:
    """Whether any reader wants to see this file; by its path only."""
    return any(collector.claims(path) for collector in COLLECTORS.values())


def affects(path: str) -> tuple[str, ...]:
    """The kinds of artefact that readers of this file may find in it, sorted."""
    kinds = (c.kinds for c in COLLECTORS.values() if c.claims(path))
    return tuple(sorted({kind for each in kinds for kind in each}))


def parse(path: str, content: bytes) -> Json:
    """What every reader that claims the file found in it, as JSON for `decode`.

    `{"artefacts": [[kind, line, node], …], "skips": [[line, code, by, reason, affects], …]}`.
    """
    artefacts: list[Json] = []
    skips: list[Json] = []
    for name, collector in COLLECTORS.items():
        if collector.claims(path):
            reading = _guarded(name, path, content)
            artefacts += [
                [each.kind, each.location.line, _nodes.encode(each.root)]
                for each in reading.artefacts
            ]
            skips += [
                [skip.line, skip.code, skip.by, skip.reason, list(skip.affects)]
                for skip in reading.skips
            ]
    return {"artefacts": artefacts, "skips": skips}


def _guarded(name: str, path: str, content: bytes) -> Reading:
    """The reading, or a skip where the file cannot be read."""
    collector = COLLECTORS[name]
    if collector.holds and not collector.holds(content):
        return Reading()
    try:
        return _bounded(collector.parse(path, _text(content, collector.largest)))
    except UnreadableError as error:
        by = f"platform.{name}"
        skip = Skip(path, error.line, error.code, by, error.reason, collector.kinds)
        return Reading(skips=(skip,))


def _bounded(reading: Reading) -> Reading:
    if len(reading.artefacts) > MAX_ARTEFACTS:
        reason = f"The file holds more than {MAX_ARTEFACTS} entries."
        raise UnreadableError(reason, code="oversized")
    return reading


def _text(content: bytes, largest: int) -> str:
    if len(content) > largest:
        reason = f"The file is larger than {largest >> 20} MiB."
        raise UnreadableError(reason, code="oversized")
    return _nodes.decoded(content)


def decode(path: str, json: Json) -> tuple[tuple[Artefact, ...], tuple[Skip, ...]]:
    """The artefacts and skips that `parse` found in this file; `ValueError` on any other shape."""
    match json:
        case {"artefacts": list() as found, "skips": list() as skips}:
            return (
                tuple(_artefact(path, entry) for entry in found),
                tuple(_skip(path, entry) for entry in skips),
            )
    raise ValueError(f"not what parse gives: {str(json)[:80]}")


def _artefact(path: str, entry: Json) -> Artefact:
    match entry:
        case [str() as kind, int() as line, node]:
            return Artefact(kind, Location(path, line), _nodes.decode(node))
    raise ValueError(f"not an encoded artefact: {str(entry)[:80]}")


def _skip(path: str, entry: Json) -> Skip:
    match entry:
        case [int() as line, str() as code, str() as by, str() as reason, list() as kinds]:
            affects = tuple(kind for kind in kinds if isinstance(kind, str))
            return Skip(path, line, code, by, reason, affects)
    raise ValueError(f"not an encoded skip: {str(entry)[:80]}")


def link(artefacts: Sequence[Artefact], files: Sequence[File]) -> tuple[Artefact, ...]:
    """All artefacts after the steps that need more than one file, by kind, path and line.

    artefacts: what `decode` gave for all files together; the inner ones among it are gone after.
    """
    paths = frozenset(file.path for file in files)
    linked = workloads.link(dockerfile.link(artefacts, paths))
    linked = python_link.link(gradle.link(maven.link(gitlab_jobs.link(linked))), paths)
    found = schema_link.link(linked, files)
    return tuple(sorted(found, key=lambda each: (each.kind, each.location)))


def dangling(artefacts: Sequence[Artefact], files: Sequence[File]) -> tuple[Skip, ...]:
    """A skip for everything that one file names in another and that is not there, sorted.

    artefacts: what `decode` gave, before `link`.
    """
    paths = frozenset(file.path for file in files)
    found = (
        *pipelines_gitlab.dangling(artefacts),
        *maven.dangling(artefacts),
        *python_link.dangling(artefacts, paths),
    )
    return tuple(sorted(found))
