"""An assessment becomes the report that every front end shows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from assessor.model import assessment as doc
from assessor.model.view import Block, Section, Sentence, View
from assessor.report import coupled, figures, findings, levels, method, proposals, scorecard
from assessor.report.attestations import attestations
from assessor.report.behaviour import behaviour
from assessor.report.links import linked
from assessor.report.metrics import metrics
from assessor.report.people import people
from assessor.report.stored import stored
from assessor.report.summary import summary
from assessor.report.wording import Wording, say

Audience = Literal["brief", "board", "architect", "auditor"]
SKIPS = 20
DIGEST, PACKS = 8, 6
BRIEF = 5  # rows of tables that are many in a terminal
LONG, MANY = 40, 15  # rows of tables in the long report


def view(
    assessment: doc.Assessment,
    *,
    wording: Wording,
    audience: Audience = "brief",
    cover: Mapping[str, str] | None = None,
    name: str = "",
    digest: str = "",
) -> View:
    """The report in the wording's language; sections without data are left out.

    audience: `brief` is what a terminal shows; a board gets results without their proofs, an
    architect the gaps with theirs, an auditor everything. cover: fields of the cover by name.
    name: what to call the repository; by default as its build files do. digest: SHA-256 of the
    assessment as JSON, for the cover.
    """
    told = ((say(wording, "provenance.digest"), digest),) if digest else ()
    name = name or assessment.repository.name
    sections = _kept(AUDIENCES[audience](assessment, wording))
    return View(
        title=say(wording, "title", name=name) if name else say(wording, "title.unnamed"),
        subtitle=_subtitle(assessment.repository, wording),
        lang=wording.lang,
        sections=linked(sections),
        header=_header(assessment, wording),
        dated=assessment.repository.revision_time,
        words=_words(wording),
        cover=(*_cover(cover or {}, wording), *told),
    )


def _kept(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections that hold something."""
    return tuple(section for section in sections if section.blocks or section.sections)


def _subtitle(repository: doc.Repository, wording: Wording) -> str:
    if repository.mode == "worktree":
        return say(wording, "subtitle.worktree")
    date = repository.revision_time[:10]
    return say(wording, "subtitle.commit", revision=repository.revision[:12], date=date)


def _header(assessment: doc.Assessment, wording: Wording) -> tuple[str, ...]:
    """What every page says of where it comes from: repository and revision, digests."""
    repository, made = assessment.repository, assessment.provenance
    committed = repository.mode == "commit"
    revision = repository.revision[:12] if committed else say(wording, "mode.worktree")
    named = " @ ".join(part for part in (repository.name, revision) if part)
    packs = [f"{pack.id} {pack.digest[:DIGEST]}" for pack in made.packs]
    more = [f"+{len(packs) - PACKS}"] if len(packs) > PACKS else []
    return named, " · ".join((f"sha256 {made.rules[:DIGEST]}", *packs[:PACKS], *more))


def _words(wording: Wording) -> dict[str, str]:
    """The sentences of the formats, without their prefix."""
    prefix = "format."
    return {
        key.removeprefix(prefix): sentence
        for key, sentence in wording.sentences.items()
        if key.startswith(prefix)
    }


def _cover(fields: Mapping[str, str], wording: Wording) -> tuple[tuple[str, str], ...]:
    """The cover's fields that have a text; a field of one's own keeps its name."""
    return tuple(
        (wording.sentences.get(f"cover.{name}", name), text)
        for name, text in fields.items()
        if text
    )


def _brief(assessment: doc.Assessment, wording: Wording) -> list[Section]:
    return [
        summary(assessment, wording),
        *coupled.sections(assessment, wording),
        people(assessment, wording, most=BRIEF),
        stored(assessment, wording, most=BRIEF),
        behaviour(assessment, wording, most=BRIEF),
        metrics(assessment, wording, most=BRIEF),
        *levels.sections(assessment, wording),
        _unseen(assessment, wording),
    ]


def _board(assessment: doc.Assessment, wording: Wording) -> list[Section]:
    return [
        summary(assessment, wording, drawn=True),
        scorecard.scorecard(assessment, wording),
        _map(assessment, wording, tables=False),
        coupled.services(assessment, wording),
        levels.actions(assessment, wording),
        attestations(assessment, wording),
        _unseen(assessment, wording),
        method.method(assessment, wording),
        method.provenance(assessment, wording),
        method.signature(assessment, wording),
    ]


def _architect(assessment: doc.Assessment, wording: Wording) -> list[Section]:
    return _full(assessment, wording, gaps_only=True)


def _auditor(assessment: doc.Assessment, wording: Wording) -> list[Section]:
    return _full(assessment, wording, gaps_only=False)


def _full(assessment: doc.Assessment, wording: Wording, *, gaps_only: bool) -> list[Section]:
    return [
        summary(assessment, wording, drawn=True),
        scorecard.scorecard(assessment, wording),
        _map(assessment, wording, tables=True),
        _services(assessment, wording),
        stored(assessment, wording, most=LONG),
        behaviour(assessment, wording, most=LONG),
        metrics(assessment, wording, most=MANY),
        levels.actions(assessment, wording),
        findings.findings(assessment, wording, gaps_only=gaps_only),
        findings.evidence(assessment, wording, gaps_only=gaps_only),
        attestations(assessment, wording),
        method.unseen(assessment, wording),
        method.method(assessment, wording),
        *(() if gaps_only else (method.rules(assessment, wording),)),
        method.provenance(assessment, wording),
        method.signature(assessment, wording),
    ]


AUDIENCES: dict[Audience, Callable[[doc.Assessment, Wording], list[Section]]] = {
    "brief": _brief,
    "board": _board,
    "architect": _architect,
    "auditor": _auditor,
}


def _map(assessment: doc.Assessment, wording: Wording, *, tables: bool) -> Section:
    """The coupling map: services as a graph and a matrix, hotspots, what changes together."""
    drawn: list[Block] = [
        figure
        for figure in (
            figures.services(assessment, wording),
            figures.matrix(assessment, wording),
            figures.hotspots(assessment, wording),
        )
        if figure is not None
    ]
    parts = (
        coupled.ties(assessment, wording),
        coupled.cycles(assessment, wording),
        coupled.cochange(assessment, wording),
        coupled.hotspots(assessment, wording),
        coupled.methods(assessment, wording),
        people(assessment, wording, most=LONG),
    )
    intro = [Sentence(say(wording, "map.intro"))] if drawn else []
    return Section(
        "map",
        say(wording, "map.title"),
        (*intro, *drawn),
        sections=_kept(parts) if tables else (),
        page=True,
    )


def _services(assessment: doc.Assessment, wording: Wording) -> Section:
    """All proposed services in a table, then a page on each."""
    table = coupled.services(assessment, wording)
    shared = coupled.shared(assessment, wording)
    pages = proposals.sections(assessment, wording)
    return Section(
        table.id, table.title, table.blocks, sections=(*_kept((shared,)), *pages), page=True
    )


def _unseen(assessment: doc.Assessment, wording: Wording) -> Section:
    """Skips and unknown facts in short: what the result does not rest on."""
    skips = assessment.skips
    unknown = method.unknown_facts(assessment)
    blocks: list[Block] = []
    if unknown:
        blocks.append(Sentence(say(wording, "unknown.sentence", count=len(unknown))))
    if skips:
        blocks.append(method.skip_table(skips, wording, most=SKIPS))
    else:
        blocks.append(Sentence(say(wording, "skips.none"), "good"))
    return Section("unseen", say(wording, "skips.title"), tuple(blocks))
