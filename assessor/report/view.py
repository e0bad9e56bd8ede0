"""An assessment becomes the report that every front end shows."""

from assessor.model import assessment as doc
from assessor.model.view import Cell, Section, Sentence, Table, View
from assessor.report import coupled, levels
from assessor.report.wording import NOTHING, Wording, pick, say, share

SKIPS = 20


def view(assessment: doc.Assessment, *, wording: Wording) -> View:
    """The whole report in the wording's language; sections without data are left out."""
    sections = [
        summary(assessment, wording),
        *coupled.sections(assessment, wording),
        *levels.sections(assessment, wording),
        unseen(assessment, wording),
    ]
    name = assessment.repository.name
    return View(
        title=say(wording, "title", name=name) if name else say(wording, "title.unnamed"),
        subtitle=_subtitle(assessment.repository, wording),
        lang=wording.lang,
        sections=tuple(section for section in sections if section.blocks),
    )


def _subtitle(repository: doc.Repository, wording: Wording) -> str:
    if repository.mode == "worktree":
        return say(wording, "subtitle.worktree")
    date = repository.revision_time[:10]
    return say(wording, "subtitle.commit", revision=repository.revision[:12], date=date)


def summary(assessment: doc.Assessment, wording: Wording) -> Section:
    """What a reader with one minute needs."""
    inventory = assessment.inventory
    seen = say(
        wording,
        "summary.coverage",
        read=inventory.read,
        readable=inventory.readable,
        coverage=share(inventory.coverage),
    )
    blocks: list[Sentence | Table] = [*_cut(assessment, wording), _packs(assessment, wording)]
    blocks.append(Sentence(say(wording, "summary.levels"), "quiet"))
    actions = levels.best(assessment)[:3]
    if actions:
        named = "; ".join(f"{rule.id} {pick(wording, rule.title)}" for _, rule in actions)
        blocks.append(Sentence(say(wording, "summary.actions", actions=named), "strong"))
    blocks.append(Sentence(seen, "plain" if inventory.coverage == 1 else "fair"))
    blocks += _history(assessment, wording)
    return Section("summary", say(wording, "summary.title"), tuple(blocks))


def _history(assessment: doc.Assessment, wording: Wording) -> list[Sentence | Table]:
    """What the history rests on, and what of it is missing or was left out."""
    past = assessment.history
    if not past.available or not past.commits:
        since = assessment.options.since or NOTHING
        key = f"reason.{past.reason}" if past.reason else "summary.no-commits"
        reason = say(wording, key, since=since)
        return [Sentence(say(wording, "summary.no-history", reason=reason), "unknown")]
    read = say(
        wording,
        "summary.history",
        commits=past.commits,
        authors=past.authors,
        first=past.first[:10],
        last=past.last[:10],
    )
    found: list[Sentence | Table] = [Sentence(read)]
    if past.shallow:
        found.append(Sentence(say(wording, "summary.shallow"), "unknown"))
    if past.bot_commits or past.mass_commits:
        counts = {"bots": past.bot_commits, "mass": past.mass_commits}
        found.append(Sentence(say(wording, "summary.left-out", **counts)))
    return found


def _cut(assessment: doc.Assessment, wording: Wording) -> list[Sentence | Table]:
    """One sentence on the proposed services, one more where the cut is not sound."""
    cut = assessment.partition
    if cut is None:
        return [Sentence(say(wording, "summary.no-code"), "unknown")]
    units = assessment.coupling.units
    if len(cut.services) == 1:
        ordered = assessment.options.services is not None
        key = "summary.one-ordered" if ordered else "summary.one"
        number = coupled.number_of_services(assessment, wording) if ordered else ""
        return [Sentence(" ".join((say(wording, key, units=units), number)).strip(), "strong")]
    text = say(
        wording,
        "summary.cut",
        units=units,
        services=len(cut.services),
        shared=len(cut.shared),
    )
    found: list[Sentence | Table] = [Sentence(text, "strong")]
    if not cut.sound:
        reason = say(wording, f"reason.{cut.reason}")
        found.append(Sentence(say(wording, "summary.unsound", reason=reason), "poor"))
    return found


def _packs(assessment: doc.Assessment, wording: Wording) -> Table:
    heads = ("standard", "claimable", "indicative", "coverage", "weakest")
    return Table(
        columns=tuple(say(wording, f"packs.{head}") for head in heads),
        rows=tuple(_pack(pack, wording) for pack in assessment.packs),
        numeric=(1, 2, 3),
    )


def _pack(pack: doc.Pack, wording: Wording) -> tuple[Cell, ...]:
    lowest = min((d.claimable for d in pack.domains if d.claimable), default=None)
    weakest = [pick(wording, d.title) for d in pack.domains if d.claimable == lowest and lowest]
    return (
        Cell(f"{pack.id} {pick(wording, pack.title)}", "strong"),
        Cell("–" if pack.claimable is None else str(pack.claimable), levels.tone(pack.claimable)),
        Cell(
            "–" if pack.indicative is None else f"{pack.indicative:.1f}",
            levels.tone(pack.indicative),
        ),
        Cell(share(pack.coverage), bar=pack.coverage),
        Cell(", ".join(weakest[:3]), "quiet"),
    )


def unseen(assessment: doc.Assessment, wording: Wording) -> Section:
    """Skips and unknown facts: what the result does not rest on."""
    skips = assessment.skips
    unknown = sum(fact.value is None and fact.applies for fact in assessment.facts)
    blocks: list[Sentence | Table] = []
    if unknown:
        blocks.append(Sentence(say(wording, "unknown.sentence", count=unknown)))
    if not skips:
        blocks.append(Sentence(say(wording, "skips.none"), "good"))
        return Section("unseen", say(wording, "skips.title"), tuple(blocks))
    rows = tuple(
        (
            Cell(f"{skip.path}:{skip.line}" if skip.line else skip.path),
            Cell(skip.reason),
            Cell(skip.by, "quiet"),
        )
        for skip in skips[:SKIPS]
    )
    heads = tuple(say(wording, f"skips.{head}") for head in ("path", "reason", "by"))
    note = say(wording, "skips.note", shown=len(rows), total=len(skips))
    blocks.append(Table(columns=heads, rows=rows, note=note))
    return Section("unseen", say(wording, "skips.title"), tuple(blocks))
