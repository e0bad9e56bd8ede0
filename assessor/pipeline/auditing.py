"""From a repository, and what people decided about it, to its assessment."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from assessor import detect
from assessor.collect import reading
from assessor.collect.cache import NOTHING, Cache
from assessor.collect.excerpts import excerpts
from assessor.collect.lines import lines
from assessor.collect.repository import Source, open_source
from assessor.collect.saved import parse
from assessor.model import assessment as doc
from assessor.model.basis import Location
from assessor.model.behaviour import NO_BEHAVIOUR
from assessor.model.data import NO_DATA
from assessor.model.decisions import UNDECIDED, Decisions
from assessor.model.facts import Fact
from assessor.model.gate import Audited, Finding
from assessor.model.kept import Kept
from assessor.model.records import FileKind, Records
from assessor.model.rules import PackScore, Rules
from assessor.model.seen import Seen
from assessor.model.version import __version__
from assessor.pipeline.judging import judge, judged, rules, specs
from assessor.pipeline.keeping import remembered
from assessor.pipeline.studying import (
    MASS,
    Options,
    Report,
    Studied,
    refuse_without_git,
    silent,
    studied,
    unkept,
)
from assessor.render.to_json import to_json
from assessor.scoring.attesting import renewed
from assessor.scoring.findings import findings, places, with_snippets
from assessor.scoring.regression import uses

KIND = "assessment"  # whole ones, in the cache


@dataclass(frozen=True, slots=True)
class Full:
    """An assessment, and what is kept beside it to score it and cut it anew."""

    assessment: doc.Assessment
    kept: Kept


@dataclass(frozen=True, slots=True)
class _Judged:
    """An assessment with all that came before it. facts: before any attestation."""

    assessment: doc.Assessment
    seen: Seen
    facts: Mapping[str, Fact]
    findings: tuple[Finding, ...]


def audit(
    path: Path,
    *,
    options: Options,
    rules_folder: Path | None = None,
    decisions: Decisions = UNDECIDED,
    report: Report = silent,
    cache: Cache = NOTHING,
) -> doc.Assessment:
    """The assessment of a repository. Raises the errors of `assessor.errors`.

    decisions: attestations that answer what no file proves, and constraints on the shown cut;
    facts are measured on the natural one. cache: saves reading what was read before, and changes
    no result.
    """
    loaded = rules(rules_folder)
    report("copy", 0, 1)
    with open_source(path, rev=options.rev, worktree=options.worktree) as source:
        refuse_without_git(source, options, path=path)
        key_ = remembered(source, loaded, options=options, decisions=decisions)
        known = cache.get(KIND, key_) if key_ else None
        if known is not None:
            return parse(known, place="the cache")
        found = studied(
            source,
            options=options,
            constraints=decisions.constraints,
            report=report,
            cache=cache,
        )
    report("score", 0, 1)
    made = _judged(found, loaded, options=options, decisions=decisions).assessment
    # What is missing today may be there tomorrow.
    if key_ and not any(skip.code == "missing" for skip in made.skips):
        cache.put(KIND, key_, to_json(made))
    return made


def audited(
    source: Source,
    loaded: Rules,
    *,
    options: Options,
    decisions: Decisions = UNDECIDED,
    report: Report = silent,
    cache: Cache = NOTHING,
) -> Audited:
    """The assessment of an open source, with all that a gate compares."""
    made = _of_source(
        source, loaded, options=options, decisions=decisions, report=report, cache=cache
    )
    return Audited(made.assessment, made.findings, uses(made.seen.records.references))


def full(
    source: Source,
    loaded: Rules,
    *,
    options: Options,
    decisions: Decisions = UNDECIDED,
    report: Report = silent,
    cache: Cache = NOTHING,
) -> Full:
    """The assessment of an open source, with all that is kept to score it and cut it anew."""
    made = _of_source(
        source, loaded, options=options, decisions=decisions, report=report, cache=cache
    )
    records = made.seen.records
    shown = excerpts(source, _places(made.assessment), files=records.files)
    return Full(
        made.assessment,
        Kept(
            seen=_kept(made.seen),
            facts=made.facts,
            findings=made.findings,
            uses=uses(records.references),
            excerpts=shown,
        ),
    )


def _kept(seen: Seen) -> Seen:
    """What was computed of the code, without files, artefacts and what was read of them."""
    units = tuple(unit for unit in seen.records.units if unit.kind is FileKind.SOURCE)
    paths = {unit.path for unit in units}
    references = tuple(
        each for each in seen.records.references if {each.source, each.target} <= paths
    )
    records = Records((), units, references, (), ())
    return replace(
        seen,
        records=records,
        history=None,
        xray=None,
        data=NO_DATA,
        behaviour=NO_BEHAVIOUR,
        pasts=(),
        people=(),
        logical=(),
    )


def _places(found: doc.Assessment) -> set[Location]:
    """The lines that the evidence names."""
    of_rules = (proof for pack in found.packs for rule in pack.rules for proof in rule.evidence)
    every = (*(proof for fact in found.facts for proof in fact.evidence), *of_rules)
    return {Location(proof.path, proof.line) for proof in every if proof.line}


def _of_source(
    source: Source,
    loaded: Rules,
    *,
    options: Options,
    decisions: Decisions,
    report: Report,
    cache: Cache,
) -> _Judged:
    """The open source judged, with snippets of its findings."""
    constraints = decisions.constraints
    found = studied(source, options=options, constraints=constraints, report=report, cache=cache)
    report("score", 0, 1)
    made = _judged(found, loaded, options=options, decisions=decisions)
    return replace(made, findings=_with_snippets(source, made.findings, found.seen.records))


def _with_snippets(
    source: Source, found: tuple[Finding, ...], records: Records
) -> tuple[Finding, ...]:
    return with_snippets(found, lines(source, places(found), files=records.files))


def _judged(found: Studied, loaded: Rules, *, options: Options, decisions: Decisions) -> _Judged:
    measured = detect.facts(loaded, found.seen)
    scores, facts = judged(loaded, measured, attestations=decisions.attestations)
    made = _assembled(found, scores, facts, loaded=loaded, options=options, decisions=decisions)
    return _Judged(made, found.seen, measured, findings(scores, facts, specs(loaded)))


def _assembled(
    found: Studied,
    scores: Sequence[PackScore],
    facts: Mapping[str, Fact],
    *,
    loaded: Rules,
    options: Options,
    decisions: Decisions,
) -> doc.Assessment:
    from assessor.graph.cochange import change_sets, sizes
    from assessor.report.assemble import assemble

    history = found.seen.history
    made = assemble(
        found.seen,
        scores,
        facts=facts,
        specs=specs(loaded),
        rules=loaded,
        tool=doc.Tool(name="assessor", version=__version__),
        repository=found.repository,
        options=doc.Options(
            services=options.services,
            since=options.since_text,
            seed=options.seed,
            xray=options.xray,
        ),
        readable=found.readable,
        readers=reading.versions(),
        mass_commits=int((sizes(change_sets(history)) > MASS).sum()) if history else 0,
        constraints=decisions.constraints,
        broken=unkept(found.seen.partition, decisions.constraints),
    )
    return replace(made, attestations=renewed(decisions.attestations, made.packs))


def places_against(
    source: Source,
    loaded: Rules,
    *,
    options: Options,
    only: AbstractSet[str] | None,
    report: Report = silent,
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
    return _with_snippets(source, found, records)
