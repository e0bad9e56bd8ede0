"""The decision about a stored run, compared with the one before it."""

from datetime import date

from assessor import pipeline
from assessor.gating import Decided
from assessor.gating.ground import PRESETS, preset
from assessor.model.gate import Audited, Waiver
from assessor.model.rules import Rules
from assessor.scoring.gate import Asked, gate
from assessor.scoring.regression import base_of

__all__ = ["PRESETS", "decided"]


def decided(
    head: Audited,
    base: Audited | None,
    *,
    rules: Rules,
    policy: str,
    waivers: tuple[Waiver, ...],
    today: date,
) -> Decided:
    """The gate of a run by a preset. base: the run before, None = there is none.

    Files that were renamed in between are taken for new ones, but for what is said of them.
    """
    wanted = preset(policy, rules)
    made = gate(
        head,
        None if base is None else base_of(base),
        asked=Asked(policy=wanted, name=policy, today=today, waivers=waivers),
        renames={},
        rules={rule.id: rule for pack in rules.packs for rule in pack.rules},
        specs=pipeline.specs(rules),
    )
    return Decided(made, head, rules, wanted)
