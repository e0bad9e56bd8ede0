"""Reads a revision: its files, its code, its platform files; parsing happens in workers."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from assessor.collect import entries, platform, sandbox
from assessor.collect import inventory as kinds
from assessor.collect.cache import NOTHING, Cache, fingerprint, key
from assessor.collect.inventory import AFFECTS, inventory
from assessor.collect.languages import FAMILIES, LANGUAGES, SETTINGS, behaviour, is_settings
from assessor.collect.languages.python_metrics import with_metrics
from assessor.collect.languages.resolution import Extracted
from assessor.collect.repository import Source, contents, lasting
from assessor.model.basis import Skip
from assessor.model.records import Artefact, File, FileKind, Records, Reference, Unit

# What takes files out of a source: folders as a whole, and what cannot be opened, after which
# it is not even known whether it is a file.
_BY_SOURCE = {entries.BY, kinds.BY}
_FOLDERS = {"build-output", "submodule", "too-deep"}
_LOST = "unreadable"
READING = "reading"  # what workers made of files, in the cache
READ = {FileKind.SOURCE, FileKind.TEST, FileKind.GENERATED}
UNREAD = {FileKind.VENDORED, FileKind.BINARY, FileKind.OVERSIZED}
LIBRARIES = (
    "lxml",
    "packaging",
    "pyyaml",
    "radon",
    "sqlglot",
    "tree-sitter",
    "tree-sitter-c-sharp",
    "tree-sitter-go",
    "tree-sitter-java",
    "tree-sitter-javascript",
    "tree-sitter-kotlin",
    "tree-sitter-php",
    "tree-sitter-python",
    "tree-sitter-typescript",
)
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Read:
    """All records of a revision.

    readable: paths of the files that some reader claims, sorted, also of those that are known
    by a skip only.
    """

    records: Records
    readable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Code:
    """What the front-ends of one family gave."""

    units: tuple[Unit, ...] = ()
    references: tuple[Reference, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    skips: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class _Readers:
    """How files are read: by so many workers, telling this, with what earlier runs read."""

    source: Source
    workers: int
    report: Report
    cache: Cache


def read(
    source: Source,
    *,
    workers: int,
    report: Report,
    cache: Cache = NOTHING,
    only: AbstractSet[str] | None = None,
) -> Read:
    """Everything that can be read of the source, and by whom what could not.

    cache: saves reading files that were read before, and changes no result. only: paths of the
    code to read, None = all of it; build, deployment and pipeline files are read in any case.
    """
    report("inventory", 0, 1)
    files, skips = inventory(source, cache=cache, only=only)
    readers = _Readers(source, workers, report, cache)
    wanted = files if only is None else [file for file in files if file.path in only]
    with sandbox.kept():
        code = [_family(readers, name, wanted, every=files) for name in sorted(FAMILIES)]
        artefacts, lost = _platform(readers, files)
    every = (*artefacts, *(artefact for part in code for artefact in part.artefacts))
    lost = (*_of_copy(source), *skips, *lost, *(skip for part in code for skip in part.skips))
    unread = _unread(lost, files)
    files = _with_missing(files, lost, unread)
    listed = frozenset(file.path for file in files)
    records = Records(
        files=files,
        units=tuple(sorted(unit for part in code for unit in part.units)),
        references=tuple(sorted(r for part in code for r in part.references)),
        artefacts=tuple(sorted(every, key=lambda a: (a.location, a.kind))),
        skips=tuple(sorted({_hiding(skip, unread, listed) for skip in lost})),
    )
    families = {
        LANGUAGES[f.language].family for f in files if f.kind in READ and f.language in LANGUAGES
    }
    claimed = {file.path for file in (*files, *unread.values()) if _readable(file, families)}
    return Read(records, tuple(sorted(claimed)))


def _of_copy(source: Source) -> tuple[Skip, ...]:
    """A skip where the private repository lacks something, or could not be made."""
    if not source.note:
        return ()
    code = "partial-copy" if source.git_dir is not None else "no-copy"
    return (Skip("", 0, code, entries.BY, source.note, ("history",)),)


def _unread(skips: Iterable[Skip], files: Sequence[File]) -> dict[str, File]:
    """Path -> file for each skip of the source; what is not known of the file, its path tells."""
    wanted = {s.path for s in skips if s.by in _BY_SOURCE and s.path and s.code not in _FOLDERS}
    known = {f.path: f for f in files if f.path in wanted and not f.rule.startswith("content:")}
    alike = kinds.look_alikes({*wanted, *(file.path for file in files)}) if wanted else frozenset()
    return {path: known.get(path) or _by_path(path, look_alikes=alike) for path in wanted}


def _with_missing(
    files: Sequence[File], skips: Iterable[Skip], unread: Mapping[str, File]
) -> tuple[File, ...]:
    """The files with those that a commit names and of which only the content is not there."""
    paths = {skip.path for skip in skips if skip.code == "missing"} & unread.keys()
    return tuple(sorted({*files, *(unread[path] for path in paths)}))


def _by_path(path: str, *, look_alikes: frozenset[str]) -> File:
    kind, rule = kinds.by_path(path, look_alikes=look_alikes)
    return File(path, kind, kinds.language(path), 0, "", rule)


def _hiding(skip: Skip, unread: Mapping[str, File], listed: AbstractSet[str]) -> Skip:
    """The skip with all the kinds of record that it may hide.

    unread: what `_unread` gives. listed: paths of all files in the records.
    """
    if skip.by not in _BY_SOURCE:
        return skip
    if skip.code == "too-many":
        return replace(skip, affects=_every_kind())
    held = set(_held(unread[skip.path])) if skip.path in unread else set()
    if skip.code == _LOST and skip.path not in listed:
        held.add("file")
    return replace(skip, affects=tuple(sorted({*skip.affects, *held})))


def _held(file: File) -> tuple[str, ...]:
    """The kinds of record that readers may find in the file; artefacts in tests prove nothing."""
    code = AFFECTS if file.kind in READ and file.language in LANGUAGES else ()
    if file.kind in {*UNREAD, FileKind.TEST, FileKind.GENERATED}:
        return code
    return (*code, *platform.affects(file.path))


def _every_kind() -> tuple[str, ...]:
    """What a file may hold of which not even the path is known."""
    found = {kind for each in platform.COLLECTORS.values() for kind in each.kinds}
    return tuple(sorted({*found, *AFFECTS, "file"}))


def _readable(file: File, families: AbstractSet[str]) -> bool:
    """Some reader claims the file; too large to read is a claim that fails.

    families: those whose code is there, for which settings files are read.
    """
    if file.kind in {FileKind.VENDORED, FileKind.BINARY}:
        return False
    if file.language in LANGUAGES and file.kind is not FileKind.OTHER:
        return True
    settings = any(is_settings(file.path, family) for family in families)
    return settings or platform.claims(file.path)


def _family(
    readers: _Readers, family: str, files: Sequence[File], *, every: Sequence[File]
) -> _Code:
    """Both phases of the languages of a family, and their metrics where these are a task apart.

    files: the code to read. every: all files, among them those that say where names lead.
    """
    found: list[Extracted] = []
    skips: list[Skip] = []
    for name in _members(family):
        wanted = _of_language(files, name)
        facts, lost = _run(readers, LANGUAGES[name].task, wanted) if wanted else ({}, ())
        found += [Extracted(file, facts[file.path]) for file in wanted if file.path in facts]
        skips += lost
    if not found:
        return _Code(skips=tuple(skips))
    settings, lost = _settings(readers, family, every)
    resolution = FAMILIES[family].resolve(found, settings)
    units, unmeasured = _measured(readers, resolution.units, family, files=files)
    language = {each.file.path: each.file.language for each in found}
    partly = (_partly(path, by=language[path]) for path in resolution.files_with_errors)
    skips += (*lost, *unmeasured, *partly)
    told = (*resolution.artefacts, *behaviour.artefacts(found))
    return _Code(units, resolution.references, told, tuple(skips))


def _members(family: str) -> list[str]:
    return sorted(name for name, each in LANGUAGES.items() if each.family == family)


def _of_language(files: Sequence[File], name: str) -> list[File]:
    return [file for file in files if file.language == name and file.kind in READ]


def _settings(
    readers: _Readers, family: str, files: Sequence[File]
) -> tuple[list[Extracted], tuple[Skip, ...]]:
    """The files of the revision that say where names of the family lead."""
    wanted = [file for file in files if file.kind not in UNREAD and is_settings(file.path, family)]
    facts, lost = _run(readers, SETTINGS, wanted) if wanted else ({}, ())
    return [Extracted(file, facts[file.path]) for file in wanted if file.path in facts], lost


def _partly(path: str, *, by: str) -> Skip:
    """A skip for a file that was read but for its syntax errors; the rest of it counts."""
    return Skip(path, 0, "syntax-error", by, "It has syntax errors; only what they spoil is lost.")


def _measured(
    readers: _Readers, units: tuple[Unit, ...], family: str, *, files: Sequence[File]
) -> tuple[tuple[Unit, ...], tuple[Skip, ...]]:
    """The units with the figures of a language's own metrics; only production code has them."""
    skips: list[Skip] = []
    for name in _members(family):
        wanted = [file for file in _of_language(files, name) if file.kind is FileKind.SOURCE]
        if LANGUAGES[name].metrics and wanted:
            metrics, lost = _run(readers, LANGUAGES[name].metrics, wanted)
            units = with_metrics(units, metrics)
            skips += lost
    return units, tuple(skips)


def _run(
    readers: _Readers, task: str, files: Sequence[File]
) -> tuple[dict[str, Any], tuple[Skip, ...]]:
    """Path -> what the task made of the file, and a skip for each file that it could not read.

    What was made of a file is kept for the next run; why it could not be read is not.
    """
    keys = {f.path: _key(readers.source, task, f) for f in files if f.blob}
    found = _kept(readers.cache, keys)
    left = [file for file in files if file.path not in found]
    done = len(files) - len(left)
    stage, affects = ("platform", platform.affects) if task == "platform" else ("code", _of_code)
    readers.report(stage, done, len(files))
    skips: list[Skip] = []
    reading = _present(readers.source, left, skips=skips, keys=keys)
    results = sandbox.run(task, reading, workers=readers.workers, affects=affects) if left else ()
    for number, (path, result) in enumerate(results, start=done + 1):
        if isinstance(result, Skip):
            skips.append(result)
        else:
            found[path] = result
            if path in keys:
                readers.cache.put(READING, keys[path], json.dumps(result).encode("ascii"))
        readers.report(stage, number, len(files))
    return {file.path: found[file.path] for file in files if file.path in found}, tuple(skips)


def _key(source: Source, task: str, file: File) -> str:
    return key(task, fingerprint(*LIBRARIES), source.borrowed, file.blob, file.path)


def _kept(cache: Cache, keys: Mapping[str, str]) -> dict[str, Any]:
    """Path -> what a task made of the file in an earlier run."""
    said = ((path, cache.get(READING, each)) for path, each in keys.items())
    return {path: json.loads(value) for path, value in said if value is not None}


def _of_code(_path: str) -> tuple[str, ...]:
    """The kinds of record that may be missing because of a source file."""
    return AFFECTS


def _present(
    source: Source, files: Sequence[File], *, skips: list[Skip], keys: dict[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file; those that are missing go to `skips`.

    A file whose bytes are not those that its key speaks of loses the key.
    """
    for file, content in contents(source, files):
        if isinstance(content, Skip):
            skips.append(content)
            continue
        if not lasting(source, file, content):
            keys.pop(file.path, None)
        yield file.path, content


def _platform(
    readers: _Readers, files: Sequence[File]
) -> tuple[tuple[Artefact, ...], tuple[Skip, ...]]:
    """Artefacts of build, deployment, pipeline and configuration files, linked to each other."""
    wanted = [file for file in files if file.kind not in UNREAD and platform.claims(file.path)]
    found, skips = _run(readers, "platform", wanted)
    parts = [platform.decode(path, result) for path, result in found.items()]
    raw = [artefact for part, _ in parts for artefact in part]
    lost = (skip for _, part in parts for skip in part)
    return platform.link(raw, files), (*skips, *lost, *platform.dangling(raw, files))


def project_name(records: Records) -> str:
    """The name in the outermost build file, "" where there is none."""
    named = [
        (artefact.location.path.count("/"), artefact.location, str(value["name"].value))
        for artefact in records.artefacts
        if artefact.kind == "build.project"
        and isinstance(value := artefact.root.value, dict)
        and isinstance(value["name"].value, str)
    ]
    return min(named)[2] if named else ""


def versions() -> dict[str, str]:
    """Library -> version of all that reads an audited repository."""
    return {name: version(name) for name in LIBRARIES}
