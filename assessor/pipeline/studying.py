"""Reading a revision, and computing coupling and services from what was read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from assessor.collect import reading
from assessor.collect.cache import NOTHING, Cache
from assessor.collect.repository import Source, open_source
from assessor.errors import EmptyError, UsageError
from assessor.graph.behaviour import behaviour
from assessor.graph.production import production
from assessor.graph.stored import data
from assessor.model import assessment as doc
from assessor.model.basis import Skip
from assessor.model.decisions import Broken, Constraints
from assessor.model.history import History
from assessor.model.partition import Partition, homes
from assessor.model.records import FileKind, Records
from assessor.model.seen import Seen

Report = Callable[[str, int, int], None]
MASS = 30  # commits of more files say nothing about coupling: one bound for all that counts them
UNCONSTRAINED = Constraints()


def silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to assess and how. since: (seconds since 1970, seconds before the tip), 0 = not given.

    services: None = chosen from the data. xray: number of hotspots to look into.
    """

    rev: str = "HEAD"
    worktree: bool = False
    services: int | None = None
    since: tuple[int, int] = (0, 0)
    since_text: str | None = None
    xray: int = 0
    seed: int = 0
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Studied:
    """What was read and computed. readable: files that some reader had claimed."""

    repository: doc.Repository
    seen: Seen
    readable: tuple[str, ...]


def study(
    path: Path,
    *,
    options: Options,
    constraints: Constraints = UNCONSTRAINED,
    report: Report = silent,
    cache: Cache = NOTHING,
) -> Studied:
    """Reads a revision and computes coupling and services; the copy of it is gone afterwards."""
    report("copy", 0, 1)
    with open_source(path, rev=options.rev, worktree=options.worktree) as source:
        refuse_without_git(source, options, path=path)
        return studied(
            source, options=options, constraints=constraints, report=report, cache=cache
        )


def studied(
    source: Source, *, options: Options, constraints: Constraints, report: Report, cache: Cache
) -> Studied:
    """The same for an open source. Raises EmptyError where it holds no file."""
    seen, readable = collect(source, options=options, report=report, cache=cache)
    if not seen.records.files:
        what = f"commit {source.revision[:10]}" if source.revision else "the folder"
        raise EmptyError(f"{what} holds no file, so there is nothing to assess.")
    seen = analyse(seen, options=options, constraints=constraints, report=report)
    if options.xray and source.git_dir and seen.history is not None:
        from assessor.collect.xray import xray

        report("xray", 0, 1)
        hot = seen.hotspots[: options.xray]
        told = partial(report, "xray")
        looked, skips = xray(source, hot, history=seen.history, report=told)
        records = replace(seen.records, skips=tuple(sorted({*seen.records.skips, *skips})))
        seen = replace(seen, records=records, xray=looked)
    return Studied(_repository(source, seen.records), seen, readable)


def refuse_without_git(source: Source, options: Options, *, path: Path) -> None:
    """Options that ask for history where there is none are not dropped in silence."""
    usual = Options()
    asked = {
        "--rev": options.rev != usual.rev,
        "--since": options.since != usual.since,
        "--xray": options.xray != usual.xray,
    }
    named = " and ".join(name for name, given in asked.items() if given)
    if source.git_dir is None and named:
        raise UsageError(f"{path}: there is no git history to read here, so leave out {named}.")


def collect(
    source: Source, *, options: Options, report: Report = silent, cache: Cache = NOTHING
) -> tuple[Seen, tuple[str, ...]]:
    """All records of a revision with its history, and the files that some reader claimed."""
    history = None
    past_skips: tuple[Skip, ...] = ()
    if source.git_dir is not None:
        history, past_skips = _past(source, options=options, report=report, cache=cache)
    found = reading.read(source, workers=options.workers, report=report, cache=cache)
    records = replace(found.records, skips=tuple(sorted({*found.records.skips, *past_skips})))
    reason: Literal["", "no-git"] = "no-git" if history is None else ""
    told = production(records.artefacts)
    seen = Seen(
        records=records,
        history=history,
        history_reason=reason,
        data=data(told),
        behaviour=behaviour(told),
    )
    return seen, found.readable


def _past(
    source: Source, *, options: Options, report: Report, cache: Cache
) -> tuple[History, tuple[Skip, ...]]:
    """The history with the lines that its last year changed."""
    from assessor.collect import churn
    from assessor.collect.history import mine

    report("history", 0, 2)
    moment_, before = options.since
    since = moment_ or (source.time - before if before else None)
    history, skips = mine(source, since=since, cache=cache)
    report("history", 1, 2)
    lines, uncounted = churn.lines(source, history, cap=MASS, cache=cache)
    return replace(history, lines=lines), (*skips, *uncounted)


def analyse(
    seen: Seen,
    *,
    options: Options,
    constraints: Constraints = UNCONSTRAINED,
    report: Report = silent,
) -> Seen:
    """Adds coupling, proposed services, co-change, cycles and hotspots to what was read.

    constraints: what the shown cut has to respect; the natural one, on which facts are measured,
    knows nothing of them.
    """
    from assessor.graph.cochange import cochange
    from assessor.graph.cycles import unit_cycles
    from assessor.graph.fuse import couple
    from assessor.graph.hotspots import hotspots
    from assessor.graph.ownership import ownership
    from assessor.partition.propose import propose

    report("graph", 0, 1)
    units = [unit for unit in seen.records.units if unit.kind is FileKind.SOURCE]
    paths = {unit.path for unit in units}
    pairs = cochange(seen.history, cap=MASS, min_shared=2, include=paths) if seen.history else ()
    if not units:
        return replace(seen, cochange=pairs)
    graph = couple(
        units,
        seen.records.references,
        pairs,
        artefacts=seen.records.artefacts,
        stored=seen.data,
    )
    report("partition", 0, 1)
    natural = propose(graph, seed=options.seed)
    asked = options.services
    shown = natural if asked is None else propose(graph, services=asked, seed=options.seed)
    if constraints != UNCONSTRAINED:
        from assessor.partition.constraining import constrained

        shown = constrained(graph, shown, constraints)
    seen = _remembering(replace(seen, cochange=pairs), shown, paths=frozenset(paths))
    return replace(
        seen,
        coupling=graph,
        partition=shown,
        natural=natural,
        cycles=unit_cycles(graph),
        hotspots=hotspots(units, seen.history) if seen.history else (),
        ownership=ownership(seen.history, include=paths) if seen.history else (),
    )


def _remembering(seen: Seen, cut: Partition, *, paths: frozenset[str]) -> Seen:
    """Adds what the history says of units, of services, and of commits that belong together."""
    from assessor.graph.cochange import change_sets, within
    from assessor.graph.logical import logical
    from assessor.graph.past import service_pasts, unit_pasts

    history = seen.history
    if history is None or history.commits.empty:
        return seen
    sets = within(change_sets(history), MASS)
    return replace(
        seen,
        pasts=unit_pasts(history, sets=sets, include=paths),
        people=service_pasts(history, sets=sets, home=homes(cut)),
        logical=logical(history, sets=sets, include=paths, known=seen.cochange),
    )


def unkept(cut: Partition | None, constraints: Constraints) -> tuple[Broken, ...]:
    """The constraints that the cut does not respect; none where there is no cut."""
    if cut is None or constraints == UNCONSTRAINED:
        return ()
    from assessor.partition.constraining import broken

    return broken(cut, constraints)


def _repository(source: Source, records: Records) -> doc.Repository:
    from assessor.report.assemble import moment

    return doc.Repository(
        name=reading.project_name(records),
        revision=source.revision,
        revision_time=moment(source.time) if source.revision else "",
        mode=source.mode,
    )
