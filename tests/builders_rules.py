"""Rules, facts and packs written in one line, for tests of scoring."""

from collections.abc import Mapping

from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.rules import (
    Condition,
    Domain,
    Effort,
    Pack,
    Rule,
    RuleKind,
    Rules,
    RuleSource,
)

WORDS = Text("字", "words")
Value = float | bool | str | None


def rule(
    rule_id: str,
    ladder: Mapping[int, str],
    *,
    kind: RuleKind = "cumulative",
    applies: str = "",
    domain: str = "d",
    item: str = "i",
    weight: float = 1.0,
) -> Rule:
    """A rule whose conditions are names of facts that must be true, separated by blanks."""
    return Rule(
        id=rule_id,
        domain=domain,
        item=item,
        title=WORDS,
        why=WORDS,
        kind=kind,
        ladder={level: _conditions(names) for level, names in ladder.items()},
        applies=_conditions(applies),
        remedy=WORDS,
        effort=Effort(1, Text("仓库", "repository")),
        source=RuleSource("s", clause=Text("1", "1"), status="reconstructed"),
        weight=weight,
    )


def _conditions(names: str) -> tuple[Condition, ...]:
    return tuple(Condition(name, comparison="is", threshold=True) for name in names.split())


def rules(*given: Rule, attested: str = "") -> Rules:
    """One pack of these rules, in the domains they name; `attested` facts rest on attestation."""
    domains = tuple(Domain(name, WORDS) for name in dict.fromkeys(each.domain for each in given))
    pack = Pack("P", WORDS, version="1", source=WORDS, domains=domains, rules=given, digest="")
    unseen = tuple(
        FactSpec(name, WORDS, unit="yes-no", evidence=EvidenceKind.ATTESTATION)
        for name in attested.split()
    )
    return Rules(packs=(pack,), declared=(), unseen=unseen, digest="")


def facts(**values: Value) -> dict[str, Fact]:
    """Facts by name; None = unknown, "n/a" = does not apply."""
    return {
        name: Fact(name, None, applies=False) if isinstance(value, str) else Fact(name, value)
        for name, value in values.items()
    }
