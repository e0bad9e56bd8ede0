"""What could not be seen, how the result came about, and everything it rests on."""

from collections import Counter
from collections.abc import Iterable, Sequence

from assessor.model import assessment as doc
from assessor.model.basis import Skip
from assessor.model.view import Block, Cell, Fields, Form, Section, Sentence, Table
from assessor.report.levels import anchor, tone
from assessor.report.wording import (
    NOTHING,
    Wording,
    level,
    named,
    number,
    pick,
    place,
    say,
    share,
)

SKIPS = 200


def why(skip: Skip, wording: Wording) -> str:
    """Why something was skipped: the reader's own words, or what its code means in Chinese."""
    return skip.reason if wording.lang == "en" else kind(skip.code, wording)


def kind(code: str, wording: Wording) -> str:
    """What a skip's code means; the code itself where no sentence stands for it."""
    return named(wording, "skip", code)


def unseen(assessment: doc.Assessment, wording: Wording) -> Section:
    """Skips by kind and by place, unknown facts, reconstructed clauses."""
    parts = (
        _skips(assessment, wording),
        _unknown(assessment, wording),
        _reconstructed(assessment, wording),
    )
    return Section(
        "unseen",
        say(wording, "skips.title"),
        (Sentence(say(wording, "unseen.intro")), coverage(assessment, wording)),
        sections=tuple(part for part in parts if part.blocks),
        page=True,
    )


def coverage(assessment: doc.Assessment, wording: Wording) -> Sentence:
    """How much of what assessor reads could be read."""
    inventory = assessment.inventory
    if not inventory.readable:
        return Sentence(say(wording, "summary.nothing-readable"), "unknown")
    told = say(
        wording,
        "summary.coverage",
        read=f"{inventory.read:,}",
        readable=f"{inventory.readable:,}",
        coverage=share(inventory.coverage),
    )
    return Sentence(told, "plain" if inventory.coverage == 1 else "fair")


def skip_table(skips: Sequence[Skip], wording: Wording, *, most: int) -> Table:
    """So many skips with their place, reason and reader; the note says of how many."""
    rows = tuple(
        (Cell(place(skip.path, line=skip.line)), Cell(why(skip, wording)), Cell(skip.by, "quiet"))
        for skip in skips[:most]
    )
    heads = tuple(say(wording, f"skips.{head}") for head in ("path", "reason", "by"))
    note = say(wording, "skips.note", shown=len(rows), total=len(skips))
    return Table(heads, rows, note=note, wide=(0, 1), filters=(2,))


def _skips(assessment: doc.Assessment, wording: Wording) -> Section:
    title = say(wording, "skips.files")
    skips = assessment.skips
    if not skips:
        return Section("skips", title, (Sentence(say(wording, "skips.none"), "good"),))
    counts = Counter(skip.code for skip in skips)
    kinds = Table(
        columns=(say(wording, "skips.reason"), say(wording, "skips.count")),
        rows=tuple(
            (Cell(kind(code, wording)), Cell(str(n)))
            for code, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
        numeric=(1,),
        wide=(0,),
    )
    return Section("skips", title, (kinds, skip_table(skips, wording, most=SKIPS)))


def _waiting(assessment: doc.Assessment) -> dict[str, list[str]]:
    """Fact -> ids of the applicable rules that ask for it."""
    found: dict[str, list[str]] = {}
    for pack in assessment.packs:
        for rule in pack.rules:
            for name in dict.fromkeys(c.fact for c in rule.outcomes if rule.applicable):
                found.setdefault(name, []).append(rule.id)
    return found


def unknown_facts(assessment: doc.Assessment) -> list[doc.Fact]:
    """Facts without a value that some applicable rule asks for."""
    waiting = _waiting(assessment)
    return [f for f in assessment.facts if f.value is None and f.applies and f.name in waiting]


def _unknown(assessment: doc.Assessment, wording: Wording) -> Section:
    """Facts without a value, with the reason and the items that wait for them."""
    title = say(wording, "unknown.title")
    waiting, facts = _waiting(assessment), unknown_facts(assessment)
    if not facts:
        return Section("unknown", title, ())
    rows = tuple(
        (
            Cell(pick(wording, fact.title)),
            Cell(pick(wording, fact.reason) if fact.reason else NOTHING),
            Cell(", ".join(waiting[fact.name]), "quiet"),
        )
        for fact in facts
    )
    heads = tuple(say(wording, f"unknown.{head}") for head in ("fact", "reason", "items"))
    told = Sentence(say(wording, "unknown.sentence", count=len(facts)))
    return Section("unknown", title, (told, Table(heads, rows, wide=(0, 1))))


def _reconstructed(assessment: doc.Assessment, wording: Wording) -> Section:
    title = say(wording, "reconstructed.title")
    rows = tuple(
        (
            Cell(f"{pack.id} {pick(wording, pack.title)}", "strong"),
            Cell(str(sum(rule.source.status == "found" for rule in pack.rules))),
            Cell(str(sum(rule.source.status == "reconstructed" for rule in pack.rules))),
            Cell(pick(wording, pack.source), "quiet"),
        )
        for pack in assessment.packs
    )
    heads = ("packs.standard", "reconstructed.found", "reconstructed.made", "reconstructed.source")
    columns = tuple(say(wording, head) for head in heads)
    told = Sentence(say(wording, "reconstructed.sentence"))
    table = Table(columns, rows, numeric=(1, 2), wide=(0, 3))
    return Section("reconstructed", title, (told, table) if rows else ())


def method(assessment: doc.Assessment, wording: Wording) -> Section:
    """How levels and services come about, and what was read for it."""
    told: list[Block] = [
        Sentence(say(wording, f"method.{key}"))
        for key in (
            _of_mode(assessment, "facts"),
            *("levels", "rollup", "unknown", "services", "limits"),
        )
    ]
    absent = "attestations.absent" if assessment.attestations else "method.absent"
    told.append(Sentence(say(wording, absent)))
    tables = (
        ("method.read", _languages(assessment, wording)),
        ("method.views", _views(assessment, wording)),
    )
    for head, table in tables:
        if table.rows:
            told += [Sentence(say(wording, head), "strong"), table]
    return Section("method", say(wording, "method.title"), tuple(told))


def _of_mode(assessment: doc.Assessment, key: str) -> str:
    """The key of a sentence, which is another one for files on disk than for a commit."""
    return key if assessment.repository.mode == "commit" else f"{key}-worktree"


def _languages(assessment: doc.Assessment, wording: Wording) -> Table:
    heads = ("language", "files", "read", "lines")
    rows = tuple(
        (
            Cell(named(wording, "language", each.language), "strong"),
            Cell(f"{each.files:,}"),
            Cell(f"{each.read:,}"),
            Cell(f"{each.code_lines:,}"),
        )
        for each in assessment.inventory.languages
    )
    columns = tuple(say(wording, f"inventory.{head}") for head in heads)
    return Table(columns, rows, numeric=(1, 2, 3))


def _views(assessment: doc.Assessment, wording: Wording) -> Table:
    rows = tuple(
        (
            Cell(named(wording, "view", view.name), "strong"),
            Cell(number(view.weight)),
            Cell(f"{view.pairs:,}"),
        )
        for view in assessment.coupling.views
    )
    columns = tuple(say(wording, f"views.{head}") for head in ("view", "weight", "pairs"))
    return Table(columns, rows, numeric=(1, 2))


def rules(assessment: doc.Assessment, wording: Wording) -> Section:
    """Every rule that was asked, with its source and what came of it."""
    heads = ("rules.rule", "appendix.kind", "appendix.clause", "appendix.status", "rules.level")
    parts = tuple(
        Section(
            f"rules-{pack.id.lower()}",
            f"{pack.id} · {pick(wording, pack.title)} {pack.version}",
            (
                Table(
                    columns=tuple(say(wording, head) for head in heads),
                    rows=tuple(_rule(rule, wording) for rule in pack.rules),
                    wide=(0, 2),
                    filters=(1, 3),
                ),
            ),
        )
        for pack in assessment.packs
    )
    intro = (Sentence(say(wording, "appendix.intro")),) if parts else ()
    return Section("rules", say(wording, "appendix.title"), intro, sections=parts, page=True)


def _rule(rule: doc.Rule, wording: Wording) -> tuple[Cell, ...]:
    return (
        Cell(f"{rule.id} {pick(wording, rule.title)}", link=anchor(rule)),
        Cell(say(wording, f"kind.{rule.kind}"), "quiet"),
        Cell(pick(wording, rule.source.clause), "quiet"),
        Cell(say(wording, f"source.{rule.source.status}")),
        Cell(level(rule), tone(rule.level) if rule.applicable else "quiet"),
    )


def provenance(assessment: doc.Assessment, wording: Wording) -> Section:
    """What made the result, from what and with which options and rules."""
    made, options = assessment.provenance, assessment.options
    repository = assessment.repository
    mode = say(wording, f"mode.{repository.mode}")
    chosen = say(wording, "provenance.chosen")
    since = options.since or say(wording, "provenance.all")
    facts: Iterable[tuple[str, str]] = (
        ("tool", f"{assessment.tool.name} {assessment.tool.version}"),
        ("schema", assessment.schema_version),
        ("repository", repository.name or NOTHING),
        (_of_mode(assessment, "revision"), repository.revision or NOTHING),
        ("time", repository.revision_time or NOTHING),
        ("mode", mode),
        ("services", str(options.services) if options.services else chosen),
        ("since", since if assessment.history.available else NOTHING),
        ("xray", str(options.xray)),
        ("seed", str(options.seed)),
        ("rules", made.rules),
    )
    packs = ((f"{each.id} {each.version}", each.digest) for each in made.packs)
    told = [(say(wording, f"provenance.{key}"), Cell(value)) for key, value in facts]
    listed = [(name, Cell(digest)) for name, digest in packs]
    readers = ", ".join(f"{name} {version}" for name, version in made.readers.items())
    read = [(say(wording, "provenance.readers"), Cell(readers or NOTHING))]
    intro = Sentence(say(wording, f"provenance.{_of_mode(assessment, 'intro')}"))
    return Section(
        "provenance",
        say(wording, "provenance.title"),
        (intro, Fields((*told, *listed, *read))),
        page=True,
    )


def signature(assessment: doc.Assessment, wording: Wording) -> Section:
    """Lines to sign on."""
    labels = tuple(say(wording, f"signature.{key}") for key in ("name", "date", "sign"))
    roles = ("assessor", "reviewer", "owner")
    rows = tuple((say(wording, f"signature.{role}"), *labels) for role in roles)
    return Section(
        "signature",
        say(wording, "signature.title"),
        (Sentence(say(wording, f"signature.{_of_mode(assessment, 'intro')}")), Form(rows)),
    )
