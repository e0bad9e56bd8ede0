"""Rules, and what they make of facts and of what people decided."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from assessor import detect, resources
from assessor.errors import UsageError
from assessor.model.decisions import Attested
from assessor.model.facts import Fact, FactSpec
from assessor.model.rules import PackScore, Rule, Rules
from assessor.model.seen import Seen
from assessor.packs.loading import load
from assessor.scoring import score
from assessor.scoring.attesting import attested
from assessor.scoring.supposing import supposed


def judge(loaded: Rules, seen: Seen) -> tuple[tuple[PackScore, ...], dict[str, Fact]]:
    """Every pack's score and the facts that it rests on, without any attestation."""
    return judged(loaded, detect.facts(loaded, seen), attestations=())


def judged(
    loaded: Rules,
    facts: Mapping[str, Fact],
    *,
    attestations: Sequence[Attested],
    remedied: Collection[tuple[str, int]] = (),
) -> tuple[tuple[PackScore, ...], dict[str, Fact]]:
    """Every pack's score and the facts that it rests on, once the attestations are counted.

    remedied: rules that are taken to be met up to a level, (rule id, level).
    """
    known = supposed(attested(facts, attestations, specs=specs(loaded)), loaded, remedied=remedied)
    return score(loaded, known), known


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
