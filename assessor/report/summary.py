"""What a reader with one minute needs."""

from assessor.model import assessment as doc
from assessor.model.view import Block, Cell, Section, Sentence, Table
from assessor.report import coupled, figures, judgement, levels
from assessor.report.method import coverage, kind
from assessor.report.wording import NOTHING, Wording, indicative, listed, pick, say, share

ACTIONS, WEAKEST = 3, 3
NAMED = 15


def summary(assessment: doc.Assessment, wording: Wording, *, drawn: bool = False) -> Section:
    """Judgement, levels, services, next actions, and what it all rests on.

    drawn: with a figure and the actions in full, for a page of its own.
    """
    judged = judgement.overall(assessment, wording)
    blocks: list[Block] = [Sentence(judged, "strong")] if judged else []
    blocks += _packs(assessment, wording)
    if drawn and assessment.packs:
        blocks.append(figures.standards(assessment, wording))
    blocks += [
        *_cut(assessment, wording),
        *_actions(assessment, wording, drawn=drawn),
        coverage(assessment, wording),
        *_history(assessment, wording),
    ]
    return Section("summary", say(wording, "summary.title"), tuple(blocks), page=True)


def _actions(assessment: doc.Assessment, wording: Wording, *, drawn: bool) -> list[Block]:
    """The three most valuable next actions."""
    best = levels.best(assessment)[:ACTIONS]
    if not best:
        return []
    if drawn:
        return [
            Sentence(say(wording, "summary.next"), "strong"),
            levels.actions_table(best, wording),
        ]
    named = listed(wording, (f"{rule.id} {pick(wording, rule.title)}" for _, rule in best))
    return [Sentence(say(wording, "summary.actions", actions=named), "strong")]


def _history(assessment: doc.Assessment, wording: Wording) -> list[Block]:
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
        commits=f"{past.commits:,}",
        authors=f"{past.authors:,}",
        first=past.first[:10],
        last=past.last[:10],
    )
    found: list[Block] = [Sentence(read)]
    damaged = dict.fromkeys(s.code for s in assessment.skips if "history" in s.affects)
    found += [Sentence(f"{kind(code, wording)}.", "unknown") for code in damaged]
    if past.shallow:
        found.append(Sentence(say(wording, "summary.shallow"), "unknown"))
    if past.bot_commits or past.mass_commits:
        counts = {"bots": past.bot_commits, "mass": past.mass_commits}
        found.append(Sentence(say(wording, "summary.left-out", **counts)))
    return found


def _cut(assessment: doc.Assessment, wording: Wording) -> list[Block]:
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
    names = (f"{service.name} ({service.quality.size})" for service in cut.services[:NAMED])
    more = say(wording, "summary.more-services") if len(cut.services) > NAMED else ""
    named = say(wording, "summary.named", names=listed(wording, (*names, more) if more else names))
    found: list[Block] = [Sentence(text, "strong"), Sentence(named)]
    if not cut.sound:
        reason = say(wording, f"reason.{cut.reason}")
        found.append(Sentence(say(wording, "summary.unsound", reason=reason), "poor"))
    return found


def _packs(assessment: doc.Assessment, wording: Wording) -> list[Block]:
    """Every standard in a row, and how to read its levels."""
    heads = ("standard", "claimable", "indicative", "coverage", "attested", "weakest")
    if not assessment.packs:
        return []
    applying = [pack for pack in assessment.packs if pack.coverage is not None]
    table = Table(
        columns=tuple(say(wording, f"packs.{head}") for head in heads),
        rows=tuple(_pack(pack, wording) for pack in assessment.packs),
        numeric=(1, 2, 3, 4),
        note=say(wording, "packs.below") if any(p.claimable is None for p in applying) else "",
        wide=(0, 5),
    )
    return [table, Sentence(say(wording, "summary.levels"), "quiet")]


def _pack(pack: doc.Pack, wording: Wording) -> tuple[Cell, ...]:
    return (
        Cell(
            f"{pack.id} {pick(wording, pack.title)}", "strong", link=f"scorecard-{pack.id.lower()}"
        ),
        Cell("–" if pack.claimable is None else str(pack.claimable), levels.tone(pack.claimable)),
        Cell(indicative(pack.indicative), levels.tone(pack.indicative)),
        Cell(share(pack.coverage), bar=pack.coverage),
        Cell(share(pack.attested)),
        Cell(_weakest(pack, wording), "quiet"),
    )


def _weakest(pack: doc.Pack, wording: Wording) -> str:
    """The domains on the lowest level, the first three by name; "all" where all are on it."""
    scored = [domain for domain in pack.domains if domain.claimable is not None]
    lowest = min((domain.claimable or 0 for domain in scored), default=0)
    weakest = [pick(wording, d.title) for d in scored if d.claimable == lowest]
    if len(weakest) == len(scored) > 1:
        return say(wording, "packs.all-weakest", level=lowest)
    more = [say(wording, "summary.more-services")] if len(weakest) > WEAKEST else []
    return listed(wording, (*weakest[:WEAKEST], *more))
