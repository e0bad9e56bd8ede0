"""The only place where the stages meet: collect, graph, partition, detect, score, report.

What reads history and computes services loads large libraries, so it is imported where it is used.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assessor import resources
from assessor.collect.cache import NOTHING, Cache
from assessor.model import assessment as doc
from assessor.model.coupling import CoChange
from assessor.model.facts import Fact
from assessor.model.rules import Rules, RuleScore
from assessor.model.seen import Seen
from assessor.model.table import Table
from assessor.pipeline.again import recut, rescored
from assessor.pipeline.auditing import Full, audit, audited, full, places_against
from assessor.pipeline.judging import judge, known_rule, rules, rules_folder, specs
from assessor.pipeline.keeping import depends
from assessor.pipeline.studying import (
    MASS,
    Options,
    Report,
    collect,
    silent,
    study,
)
from assessor.render import DOCUMENT_RENDERERS, VIEW_RENDERERS
from assessor.report.view import view
from assessor.report.wording import Lang

__all__ = [
    "Full",
    "Options",
    "Report",
    "assessing",
    "audit",
    "audited",
    "collect",
    "depends",
    "full",
    "judge",
    "known_rule",
    "places_against",
    "recut",
    "rendered",
    "rescored",
    "rules",
    "rules_folder",
    "specs",
    "study",
    "table",
]

Assess = Callable[[Path], tuple[Mapping[str, RuleScore], Mapping[str, Fact]]]


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
    report: Report = silent,
    cache: Cache = NOTHING,
) -> Table:
    """One of the tables behind an audit. cache: as for `audit`."""
    from assessor.report import measured_tables, tables

    seen = study(path, options=options, report=report, cache=cache).seen
    if what == "facts":
        loaded = rules(rules_folder)
        return tables.facts(judge(loaded, seen)[1], specs(loaded))
    made: dict[str, Callable[[], Table]] = {
        "references": lambda: tables.references(seen.records),
        "coupling": lambda: tables.coupling(seen.coupling),
        "partition": lambda: tables.partition(seen.partition, seen.coupling),
        "changes": lambda: tables.changes(seen.history),
        "cochange": lambda: tables.cochange(_every_pair(seen)),
        "history": lambda: tables.history(seen),
        "logical": lambda: tables.logical(seen),
        "data": lambda: tables.data(seen.data),
        "endpoints": lambda: tables.endpoints(seen.data),
        "foreign-keys": lambda: tables.foreign_keys(seen.data),
        "remote-calls": lambda: tables.remote_calls(seen.behaviour),
        "messages": lambda: tables.messages(seen.behaviour),
        "jobs": lambda: tables.jobs(seen.behaviour),
        "transactions": lambda: tables.transactions(seen.behaviour),
        "settings": lambda: tables.settings(seen.behaviour),
        "metrics": lambda: measured_tables.units(seen.measured),
        "functions": lambda: measured_tables.every_function(seen.records.units),
        "packages": lambda: measured_tables.packages(seen.measured),
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
    from assessor.collect import sandbox
    from assessor.collect.replay import SCRIPT, replay

    with TemporaryDirectory(prefix="assessor-fixtures-") as scratch, sandbox.kept():
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
