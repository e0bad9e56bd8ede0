"""Small assessments to report on, and how to look into a section."""

from dataclasses import replace

from assessor.model import assessment as doc
from assessor.model.basis import EvidenceKind, Text
from assessor.model.behaviour import NO_BEHAVIOUR
from assessor.model.data import NO_DATA
from assessor.model.decisions import Constraints
from assessor.model.partition import Quality
from assessor.model.rules import Effort, Outcome, RuleSource
from assessor.model.view import Figure, Sentence, Table

NO_CONSTRAINTS = Constraints()
PAST = doc.History(
    available=True,
    reason="",
    commits=12,
    merges=0,
    authors=2,
    bot_commits=0,
    mass_commits=0,
    first="2024-01-31T00:00:00Z",
    last="2024-02-29T00:00:00Z",
    tags=0,
    shallow=False,
    partial_commits=0,
    cochange=(),
    cochange_total=0,
    hotspots=(),
    xray=(),
    maintainable_change=None,
    units=(),
    age=None,
    stale=None,
    people=(),
    logical=(),
    logical_total=0,
)
FOUND = doc.Assessment(
    schema_version=doc.SCHEMA_VERSION,
    tool=doc.Tool("assessor", "1.2.3"),
    repository=doc.Repository("shop", "0123456789abcdef" * 2, "2024-02-29T00:00:00Z", "commit"),
    options=doc.Options(services=None, since=None, seed=7, xray=3),
    inventory=doc.Inventory(3, {}, (), 3, 3, 1.0),
    history=PAST,
    coupling=doc.Coupling(3, 0, (), (), (), ()),
    partition=None,
    data=NO_DATA,
    behaviour=NO_BEHAVIOUR,
    facts=(),
    packs=(),
    attestations=(),
    skips=(),
    provenance=doc.Provenance((), "d" * 64, {}),
)


def words(name):
    """A text that differs in both languages."""
    return Text(zh=f"{name}的中文", en=f"{name} in English")


def service(name, *units, size=None, lines=100, cohesion=0.5, confidence=0.5, inside=0):
    held = units or (f"{name}.py",)
    count = len(held) if size is None else size
    quality = doc.ServiceQuality(count, lines, cohesion, confidence, inside, 0, 0)
    return doc.Service(name, held, quality)


def cut(
    *services,
    sound=True,
    reason="",
    confidence=None,
    shared=(),
    icp=None,
    constraints=NO_CONSTRAINTS,
    broken=(),
):
    return doc.Partition(
        algorithm="test",
        options={},
        seed=0,
        sound=sound,
        reason=reason,
        quality=replace(
            Quality(len(services), None, None, None, None, None, None, 0, None), icp=icp
        ),
        services=services,
        shared=shared,
        confidence=confidence or {},
        dendrogram=(),
        constraints=constraints,
        broken=broken,
    )


def tie(source, target, references, *, path="a.py", line=1):
    return doc.ServiceTie(source, target, references, 1, path, line)


def coupling(*ties, units=3, strongest=(), views=()):
    return doc.Coupling(units, 0, views, ties, strongest, ())


def proof(path, *, line=1, holds=True, commit=""):
    return doc.Proof(path, line, commit, words(f"claim on {path}"), holds)


def fact(name, value=None, *, unit="yes-no", applies=True, reason=None, proofs=(), total=None):
    return doc.Fact(
        name=name,
        title=words(f"fact {name}"),
        unit=unit,
        kind=EvidenceKind.REPOSITORY,
        value=value,
        applies=applies,
        reason=reason,
        evidence=tuple(proofs),
        evidence_total=len(proofs) if total is None else total,
    )


def condition(
    name,
    outcome=Outcome.NOT_MET,
    *,
    level=2,
    value=False,
    threshold=True,
    by="is",
    kind=EvidenceKind.REPOSITORY,
):
    return doc.ConditionResult(level, name, by, threshold, value, outcome, kind)


def rule(
    name,
    *missing,
    level=1,
    potential=None,
    applicable=True,
    outcomes=None,
    domain="d",
    status="found",
    hours=2,
):
    return doc.Rule(
        id=name,
        domain=domain,
        item=name.lower(),
        title=words(f"title of {name}"),
        why=words(f"why {name}"),
        kind="cumulative",
        applicable=applicable,
        level=level,
        potential=level if potential is None else potential,
        attested=False,
        outcomes=missing if outcomes is None else outcomes,
        missing=missing,
        evidence=(),
        remedy=words(f"remedy for {name}"),
        effort=Effort(hours, words("image")),
        source=RuleSource("std", words(f"clause of {name}"), status),
    )


def domain(name, *, claimable=1, indicative=1, coverage=1.0):
    return doc.Domain(name, words(f"domain {name}"), claimable, indicative, coverage)


def pack(
    name, *rules, indicative=2.0, claimable=1, coverage=1.0, attested=0.0, domains=None, lifts=()
):
    return doc.Pack(
        id=name,
        title=words(f"pack {name}"),
        version="1.0",
        source=words(f"source of {name}"),
        claimable=claimable,
        indicative=indicative,
        coverage=coverage,
        attested=attested,
        lifts=lifts,
        domains=(domain("d"),) if domains is None else domains,
        rules=rules,
    )


def assessment(*packs, **changes):
    return replace(FOUND, packs=packs, **changes)


def told(section):
    """Text -> tone of the sentences that stand directly in the section."""
    return {block.text: block.tone for block in section.blocks if isinstance(block, Sentence)}


def tables(section):
    return [block for block in section.blocks if isinstance(block, Table)]


def figures(section):
    return [block for block in section.blocks if isinstance(block, Figure)]


def texts(table):
    """The rows as plain texts."""
    return [tuple(cell.text for cell in row) for row in table.rows]
