"""The levels of every standard and domain, drawn and in figures."""

from assessor.model import assessment as doc
from assessor.model.view import Cell, Section, Sentence, Table
from assessor.report import figures
from assessor.report.levels import tone
from assessor.report.wording import NOTHING, Wording, indicative, pick, say, share


def scorecard(assessment: doc.Assessment, wording: Wording) -> Section:
    """A sub-section for each standard."""
    parts = tuple(_pack(pack, wording) for pack in assessment.packs)
    told = (Sentence(say(wording, "summary.levels"), "quiet"),) if parts else ()
    drawn = figures.profile(assessment, wording)
    blocks = (*told, *((drawn,) if drawn else ()))
    return Section("scorecard", say(wording, "scorecard.title"), blocks, sections=parts, page=True)


def _pack(pack: doc.Pack, wording: Wording) -> Section:
    told = say(
        wording,
        "scorecard.pack",
        claimable=_level(pack.claimable),
        indicative=indicative(pack.indicative),
        coverage=share(pack.coverage),
        attested=share(pack.attested),
    )
    heads = ("domain", "items", "claimable", "indicative", "coverage")
    table = Table(
        columns=tuple(say(wording, f"scorecard.{head}") for head in heads),
        rows=tuple(_domain(each, pack, wording=wording) for each in pack.domains),
        numeric=(1, 2, 3),
        wide=(0,),
    )
    title = f"{pack.id} · {pick(wording, pack.title)}"
    return Section(
        f"scorecard-{pack.id.lower()}",
        title,
        (Sentence(told), figures.domains(pack, wording), table),
    )


def _domain(domain: doc.Domain, pack: doc.Pack, *, wording: Wording) -> tuple[Cell, ...]:
    mine = [rule for rule in pack.rules if rule.domain == domain.id and rule.applicable]
    scored = sum(rule.level is not None for rule in mine)
    return (
        Cell(pick(wording, domain.title), "strong"),
        Cell(f"{scored} / {len(mine)}"),
        Cell(_level(domain.claimable), tone(domain.claimable)),
        Cell(_level(domain.indicative), tone(domain.indicative)),
        Cell(share(domain.coverage), bar=domain.coverage),
    )


def _level(value: int | None) -> str:
    return NOTHING if value is None else str(value)
