"""The only place where the stages meet: collect, graph, partition, detect, score, report.

What reads history and computes services loads large libraries, so it is imported where it is used.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from assessor import __version__, detect, resources
from assessor.collect import git, layout, reading, shadow
from assessor.collect.cache import NOTHING, Cache
from assessor.collect.lines import lines
from assessor.collect.repository import Source, open_source
from assessor.errors import EmptyError, SourceError, UsageError
from assessor.model import assessment as doc
from assessor.model.basis import Skip
from assessor.model.coupling import CoChange
from assessor.model.facts import Fact, FactSpec
from assessor.model.gate import Audited, Finding
from assessor.model.records import FileKind, Records
from assessor.model.rules import PackScore, Rule, Rules, RuleScore
from assessor.model.seen import Seen
from assessor.model.table import Table
from assessor.packs.loading import load
from assessor.render import DOCUMENT_RENDERERS, VIEW_RENDERERS
from assessor.report.view import view
from assessor.report.wording import Lang
from assessor.scoring import score
from assessor.scoring.findings import findings, places, with_snippets
from assessor.scoring.regression import uses

Report = Callable[[str, int, int], None]
Assess = Callable[[Path], tuple[Mapping[str, RuleScore], Mapping[str, Fact]]]
MASS = 30  # commits of more files say nothing about coupling: one bound for all that counts them


def _silent(_stage: str, _done: int, _total: int) -> None:
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


def audit(
    path: Path,
    *,
    options: Options,
    rules_folder: Path | None = None,
    report: Report = _silent,
    cache: Cache = NOTHING,
) -> doc.Assessment:
    """The assessment of a repository. Raises the errors of `assessor.errors`.

    cache: saves reading what was read before, and changes no result.
    """
    loaded = rules(rules_folder)
    studied = study(path, options=options, report=report, cache=cache)
    report("score", 0, 1)
    return _assembled(studied, *judge(loaded, studied.seen), loaded=loaded, options=options)


def audited(
    source: Source,
    loaded: Rules,
    *,
    options: Options,
    report: Report = _silent,
    cache: Cache = NOTHING,
) -> Audited:
    """The assessment of an open source, with all that a gate compares."""
    studied = _studied(source, options=options, report=report, cache=cache)
    report("score", 0, 1)
    scores, facts = judge(loaded, studied.seen)
    records = studied.seen.records
    found = findings(scores, facts, specs(loaded))
    return Audited(
        assessment=_assembled(studied, scores, facts, loaded=loaded, options=options),
        findings=with_snippets(found, lines(source, places(found), files=records.files)),
        uses=uses(records.references),
    )


def places_against(
    source: Source,
    loaded: Rules,
    *,
    options: Options,
    only: AbstractSet[str] | None,
    report: Report = _silent,
    cache: Cache = NOTHING,
) -> tuple[Finding, ...]:
    """The findings of an open source, without its history and the services in it.

    only: paths of the code to look at, for what a file says by itself; None = all of it.
    """
    records = reading.read(
        source, workers=options.workers, report=report, cache=cache, only=only
    ).records
    seen = Seen(records=records)
    units = [unit for unit in records.units if unit.kind is FileKind.SOURCE]
    if only is None and units:
        from assessor.graph.cycles import unit_cycles
        from assessor.graph.fuse import couple

        graph = couple(units, records.references, (), artefacts=records.artefacts)
        seen = replace(seen, coupling=graph, cycles=unit_cycles(graph))
    if only is not None:
        held = {*only, *(artefact.location.path for artefact in records.artefacts)}
        listed = tuple(file for file in records.files if file.path in held)
        seen = Seen(records=replace(records, files=listed))
    scores, facts = judge(loaded, seen)
    known = specs(loaded)
    found = findings(scores, facts, known)
    if only is not None:
        found = tuple(each for each in found if known[each.fact].scope == "file")
    return with_snippets(found, lines(source, places(found), files=records.files))


def _assembled(
    studied: Studied,
    scores: Sequence[PackScore],
    facts: Mapping[str, Fact],
    *,
    loaded: Rules,
    options: Options,
) -> doc.Assessment:
    from assessor.graph.cochange import change_sets, sizes
    from assessor.report.assemble import assemble

    history = studied.seen.history
    return assemble(
        studied.seen,
        scores,
        facts=facts,
        specs=specs(loaded),
        rules=loaded,
        tool=doc.Tool(name="assessor", version=__version__),
        repository=studied.repository,
        options=doc.Options(
            services=options.services,
            since=options.since_text,
            seed=options.seed,
            xray=options.xray,
        ),
        readable=studied.readable,
        readers=reading.versions(),
        mass_commits=int((sizes(change_sets(history)) > MASS).sum()) if history else 0,
    )


def revision(path: Path) -> str:
    """The commit id of HEAD, without a copy of the repository; "" where there is none to read."""
    with TemporaryDirectory(prefix="assessor-") as scratch:
        copy = Path(scratch, "copy")
        try:
            shadow.borrow(layout.git_folder(path.resolve()), copy=copy)
            found = git.run(copy, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except SourceError:
            return ""
    return found.decode("ascii").strip()


def study(
    path: Path, *, options: Options, report: Report = _silent, cache: Cache = NOTHING
) -> Studied:
    """Reads a revision and computes coupling and services; the copy of it is gone afterwards."""
    report("copy", 0, 1)
    with open_source(path, rev=options.rev, worktree=options.worktree) as source:
        _refuse_without_git(source, options, path=path)
        return _studied(source, options=options, report=report, cache=cache)


def _studied(source: Source, *, options: Options, report: Report, cache: Cache) -> Studied:
    seen, readable = collect(source, options=options, report=report, cache=cache)
    if not seen.records.files:
        what = f"commit {source.revision[:10]}" if source.revision else "the folder"
        raise EmptyError(f"{what} holds no file, so there is nothing to assess.")
    seen = analyse(seen, options=options, report=report)
    if options.xray and source.git_dir and seen.history is not None:
        from assessor.collect.xray import xray

        report("xray", 0, 1)
        looked, skips = xray(source, seen.hotspots[: options.xray], history=seen.history)
        records = replace(seen.records, skips=tuple(sorted({*seen.records.skips, *skips})))
        seen = replace(seen, records=records, xray=looked)
    return Studied(_repository(source, seen.records), seen, readable)


def _refuse_without_git(source: Source, options: Options, *, path: Path) -> None:
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
    source: Source, *, options: Options, report: Report = _silent, cache: Cache = NOTHING
) -> tuple[Seen, tuple[str, ...]]:
    """All records of a revision with its history, and the files that some reader claimed."""
    history = None
    past_skips: tuple[Skip, ...] = ()
    if source.git_dir is not None:
        from assessor.collect.history import mine

        report("history", 0, 1)
        moment_, before = options.since
        since = moment_ or (source.time - before if before else None)
        history, past_skips = mine(source, since=since, cache=cache)
    found = reading.read(source, workers=options.workers, report=report, cache=cache)
    records = replace(found.records, skips=tuple(sorted({*found.records.skips, *past_skips})))
    reason: Literal["", "no-git"] = "no-git" if history is None else ""
    return Seen(records=records, history=history, history_reason=reason), found.readable


def analyse(seen: Seen, *, options: Options, report: Report = _silent) -> Seen:
    """Adds coupling, proposed services, co-change, cycles and hotspots to what was read."""
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
    graph = couple(units, seen.records.references, pairs, artefacts=seen.records.artefacts)
    report("partition", 0, 1)
    natural = propose(graph, seed=options.seed)
    asked = options.services
    shown = natural if asked is None else propose(graph, services=asked, seed=options.seed)
    return replace(
        seen,
        coupling=graph,
        partition=shown,
        natural=natural,
        cochange=pairs,
        cycles=unit_cycles(graph),
        hotspots=hotspots(units, seen.history) if seen.history else (),
        ownership=ownership(seen.history, include=paths) if seen.history else (),
    )


def judge(loaded: Rules, seen: Seen) -> tuple[tuple[PackScore, ...], dict[str, Fact]]:
    """Every pack's score and the facts that it rests on."""
    facts = detect.facts(loaded, seen)
    return score(loaded, facts), facts


def rules_folder(folder: Path | None) -> Path:
    """The folder of rules to use: the given one, else the one that ships."""
    return folder or resources.packaged("rules")


def rules(folder: Path | None) -> Rules:
    """All packs and facts of the folder. Raises PackError with all that is wrong."""
    return load(rules_folder(folder), computed=detect.SPECS)


def known_rule(rule_id: str, *, rules_folder: Path | None) -> Rule:
    """The rule of that id. Raises UsageError if there is none."""
    known = {rule.id: rule for pack in rules(rules_folder).packs for rule in pack.rules}
    if rule_id not in known:
        raise UsageError(f"there is no rule {rule_id!r}; `assessor rules list` names them all.")
    return known[rule_id]


def specs(loaded: Rules) -> dict[str, FactSpec]:
    """Fact name -> what it means."""
    every = (*loaded.computed, *(fact.spec for fact in loaded.declared), *loaded.unseen)
    return {spec.name: spec for spec in every}


def rendered(assessment: doc.Assessment, *, format_: str, lang: Lang) -> bytes:
    """The assessment in one of the formats of `render`."""
    if format_ in DOCUMENT_RENDERERS:
        return DOCUMENT_RENDERERS[format_](assessment)
    return VIEW_RENDERERS[format_](view(assessment, wording=resources.wording(lang)))


def table(
    path: Path,
    *,
    what: str,
    options: Options,
    rules_folder: Path | None = None,
    report: Report = _silent,
) -> Table:
    """One of the tables behind an audit."""
    from assessor.report import tables

    seen = study(path, options=options, report=report).seen
    if what == "facts":
        loaded = rules(rules_folder)
        return tables.facts(judge(loaded, seen)[1], specs(loaded))
    made: dict[str, Callable[[], Table]] = {
        "references": lambda: tables.references(seen.records),
        "coupling": lambda: tables.coupling(seen.coupling),
        "partition": lambda: tables.partition(seen.partition, seen.coupling),
        "changes": lambda: tables.changes(seen.history),
        "cochange": lambda: tables.cochange(_every_pair(seen)),
    }
    return made[what]()


def _every_pair(seen: Seen) -> tuple[CoChange, ...]:
    """All pairs of files with a joint commit, unfiltered but for mass commits; bots included."""
    from assessor.graph.cochange import cochange

    if seen.history is None:
        return ()
    return cochange(seen.history, cap=MASS, min_shared=1, min_revs=0, min_degree=0, bots=True)


@contextmanager
def assessing(loaded: Rules) -> Iterator[Assess]:
    """A function that assesses a small folder, replaying its history if it has a script."""
    from assessor.collect.replay import SCRIPT, replay

    with TemporaryDirectory(prefix="assessor-fixtures-") as scratch:
        made = iter(range(1_000_000))

        def assess(folder: Path) -> tuple[Mapping[str, RuleScore], Mapping[str, Fact]]:
            scripted = (folder / SCRIPT).is_file()
            target = Path(scratch, str(next(made))) if scripted else folder
            if scripted:
                replay(folder, target)
            seen = study(target, options=Options(worktree=not scripted)).seen
            scores, facts = judge(loaded, seen)
            return {rule.rule.id: rule for pack in scores for rule in pack.rules}, facts

        yield assess


def _repository(source: Source, records: Records) -> doc.Repository:
    from assessor.report.assemble import moment

    return doc.Repository(
        name=reading.project_name(records),
        revision=source.revision,
        revision_time=moment(source.time) if source.revision else "",
        mode=source.mode,
    )
