"""Levels, coupling and service fit of past revisions, from one open repository."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assessor import pipeline
from assessor.collect import git, sandbox
from assessor.collect.cache import NOTHING, Cache, key, open_cache
from assessor.collect.history import mine
from assessor.collect.repository import Source, open_source
from assessor.errors import AssessorError, SourceError
from assessor.graph.cochange import change_sets
from assessor.jobs.fitting import changed_together, inside, names_now, reached
from assessor.jobs.revisions import chosen
from assessor.model.history import History
from assessor.model.rules import Rules
from assessor.model.stored import Figures, PackFigures, Point
from assessor.model.trend import Asked, Revision, Trend, Unread
from assessor.pipeline.studying import MASS
from assessor.report.assemble import moment
from assessor.store.figures import figures

Report = Callable[[str, int, int], None]
KIND = "point"
STAGE = "history"


@dataclass(frozen=True, slots=True)
class _Past:
    """What is kept of a revision.

    uses: pairs of source units, the one refers to the other. services: of its natural cut, with
    their units; shared units are in none.
    """

    figures: Figures
    uses: tuple[tuple[str, str], ...]
    services: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What all revisions are assessed with. source: of HEAD. common: what all keys hold."""

    source: Source
    rules: Rules
    workers: int
    cache: Cache
    common: tuple[str, ...]


def points(
    path: Path,
    *,
    asked: Asked,
    rules: Rules,
    report: Report,
    cache: Cache = NOTHING,
    workers: int = 1,
) -> tuple[Point, ...]:
    """The points of `trend`; what could not be read is left out."""
    made = trend(path, asked=asked, rules=rules, report=report, cache=cache, workers=workers)
    return made.points


def trend(
    path: Path,
    *,
    asked: Asked,
    rules: Rules,
    report: Report,
    cache: Cache = NOTHING,
    workers: int = 1,
) -> Trend:
    """Past revisions of the repository by today's rules, oldest first, then HEAD.

    Each gives the figures that an audit of it gives. What cannot be read is named and the rest
    goes on. cache: saves assessing a revision twice; without one each still pays only for what
    changed. Raises the errors of `assessor.errors` for HEAD, and UsageError without any tag.
    """
    report("copy", 0, 1)
    with open_source(path) as source, _passing(cache) as used, sandbox.kept():
        report(STAGE, 0, 1)
        history, _ = mine(source, cache=used)
        revisions = chosen(history, asked)
        bench = _Bench(source, rules, workers, used, _common(source, history, rules))
        found, unread = _walked(bench, revisions, report=report)
        return Trend(_fitted(source, history, found), unread)


@contextmanager
def _passing(cache: Cache) -> Iterator[Cache]:
    """The given cache, else one that is gone afterwards."""
    if cache.store is not None:
        yield cache
        return
    with TemporaryDirectory(prefix="assessor-") as folder, open_cache(Path(folder)) as made:
        yield made


def _walked(
    bench: _Bench, revisions: tuple[Revision, ...], *, report: Report
) -> tuple[list[tuple[Revision, _Past]], tuple[Unread, ...]]:
    """All that could be assessed, oldest first, and what could not be."""
    found: list[tuple[Revision, _Past]] = []
    unread: list[Unread] = []
    total = len(revisions)
    for done, revision in enumerate(revisions):
        report(STAGE, done, total)
        try:
            past = _past(bench, revision, beat=_beating(report, done, total))
            found.append((revision, past))
        except AssessorError as error:
            if done == total - 1:
                raise
            unread.append(Unread(revision.label, revision.commit, str(error)))
    report(STAGE, total, total)
    return found, tuple(unread)


def _beating(report: Report, done: int, total: int) -> Report:
    """Says how far the trend is whenever an audit says something; that also lets it be ended."""
    return lambda _stage, _done, _total: report(STAGE, done, total)


def _past(bench: _Bench, revision: Revision, *, beat: Report) -> _Past:
    """The revision as it was kept, else assessed. Raises SourceError for one with gaps."""
    name = key(*bench.common, revision.commit)
    known = bench.cache.get(KIND, name)
    if known is None:
        made, whole = _assessed(bench, revision, beat=beat)
        if not whole and revision.commit != bench.source.revision:
            raise SourceError(
                f"commit {revision.commit[:10]} lacks files here; fetch the whole repository."
            )
        known = _encoded(made)
        if whole:
            bench.cache.put(KIND, name, known)
    return _decoded(known)


def _assessed(bench: _Bench, revision: Revision, *, beat: Report) -> tuple[_Past, bool]:
    """What an audit says of the revision, and whether all that it reads was there."""
    made = pipeline.full(
        replace(bench.source, revision=revision.commit, time=revision.time),
        bench.rules,
        options=pipeline.Options(workers=bench.workers),
        report=beat,
        cache=bench.cache,
    )
    seen = made.kept.seen
    cut = seen.judged
    uses = {(each.source, each.target) for each in seen.records.references}
    past = _Past(
        figures(made.assessment, findings=made.kept.findings),
        tuple(sorted((a, b) for a, b in uses if a != b)),
        {each.name: each.units for each in cut.services} if cut else {},
    )
    # What nothing is read from, such as a picture, may be missing.
    lost = (skip for skip in made.assessment.skips if skip.code == "missing" and skip.affects)
    return past, not any(lost)


def _fitted(
    source: Source, history: History, found: list[tuple[Revision, _Past]]
) -> tuple[Point, ...]:
    """The points: each revision's own references and changes, in the services of the last one."""
    services = found[-1][1].services
    units = [unit for each in services.values() for unit in each]
    sets = change_sets(history)
    made = []
    for revision, past in found:
        within = reached(history, _ancestors(source, revision.commit))
        pairs = changed_together(sets, within, units=units, cap=MASS)
        point = Point(
            label=revision.label,
            revision=revision.commit,
            revision_time=moment(revision.time),
            figures=past.figures,
            fit=inside(past.uses, services, names=names_now(history, within)),
            changes=inside(pairs, services, names={}),
        )
        made.append(point)
    return tuple(made)


def _ancestors(source: Source, commit: str) -> list[str]:
    """The commit and all that led to it."""
    if source.git_dir is None:
        raise ValueError("a source that was opened at a commit has a git_dir")
    return git.run(source.git_dir, "rev-list", "--end-of-options", commit).decode("ascii").split()


def _common(source: Source, history: History, rules: Rules) -> tuple[str, ...]:
    """What the figures of every revision depend on; tags too, as some facts count them all."""
    tags = json.dumps([(tag.name, tag.commit, tag.time) for tag in history.tags])
    return (*pipeline.depends(source, rules), tags)


def _encoded(past: _Past) -> bytes:
    return json.dumps(asdict(past), separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _decoded(content: bytes) -> _Past:
    """What `_encoded` wrote: also of what was just made, so that both ways give the same."""
    value = json.loads(content)
    of = value["figures"]
    packs = tuple(PackFigures(**each) for each in of["packs"])
    return _Past(
        Figures(**{**of, "packs": packs}),
        _pairs(value["uses"]),
        {name: tuple(units) for name, units in value["services"].items()},
    )


def _pairs(listed: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((a, b) for a, b in listed)
