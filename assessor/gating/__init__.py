"""From a change to the decision about it: base and head assessed alike, by what counts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from assessor import pipeline
from assessor.collect import sandbox
from assessor.collect.cache import users_cache
from assessor.collect.change import before, change, renamed
from assessor.collect.repository import NOBODY, open_source
from assessor.errors import EmptyError
from assessor.gating.bench import Bench
from assessor.gating.ground import (
    Ground,
    Settings,
    baseline_of,
    changed,
    edits_attributes,
    policy_of,
    rules_of,
    waivers_of,
)
from assessor.model.gate import Audited, Base, Gate, Policy
from assessor.model.rules import Rules
from assessor.scoring.gate import Asked
from assessor.scoring.gate import gate as decide
from assessor.scoring.regression import base_of

__all__ = ["Decided", "Settings", "gate"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A gate with what it was decided from.

    wanted: what the policy says. note: why the cache could not be used, "" = it could.
    """

    gate: Gate
    head: Audited
    rules: Rules
    wanted: Policy
    note: str = ""


def gate(
    path: Path,
    *,
    options: pipeline.Options,
    settings: Settings,
    report: Callable[[str, int, int], None],
) -> Decided:
    """The decision on the change that ends in the revision of the options.

    Policy, waivers, baseline, rules and `.gitattributes` of the repository itself are read as the
    base has them, unless the change is trusted: nobody loosens the gate that he stands before.
    Where the base has no such policy, the ratchet holds; no such baseline or waivers, there are
    none. Raises the errors of `assessor.errors`.
    """
    report("copy", 0, 1)
    with users_cache(used=settings.cache) as cache, open_source(path, rev=options.rev) as source:
        found = change(source, path, since=settings.since)
        ground = Ground(source, path, found, settings.trust_change)
        with rules_of(settings, ground) as rules, sandbox.kept():
            decided = _decided(ground, Bench(rules, options, cache, report), settings=settings)
    return replace(decided, note=cache.note)


def _decided(ground: Ground, bench: Bench, *, settings: Settings) -> Decided:
    name, wanted = policy_of(settings.policy, ground, bench.rules)
    waivers, pending = waivers_of(settings, ground, wanted)
    base, renames = _base(ground, bench, settings=settings)
    source = ground.source
    if not ground.trusted and not ground.change.base:
        source = replace(source, attributes_of=NOBODY)
    elif not ground.trusted and edits_attributes(ground.change):
        source = replace(source, attributes_of=ground.change.base)
    head = bench.head(source)
    asked = Asked(
        policy=wanted,
        name=name,
        today=settings.today,
        waivers=waivers,
        pending=pending,
        hidden=base is None and bool(ground.change.base),
        changed=changed(settings, ground),
    )
    decided = decide(
        head,
        base,
        asked=asked,
        renames=renames,
        rules={rule.id: rule for pack in bench.rules.packs for rule in pack.rules},
        specs=pipeline.specs(bench.rules),
    )
    return Decided(decided, head, bench.rules, wanted)


def _base(
    ground: Ground, bench: Bench, *, settings: Settings
) -> tuple[Base | None, dict[str, str]]:
    """What to compare with, and what was renamed since: a baseline file, else the base."""
    known = baseline_of(settings, ground)
    if known is not None:
        return known, renamed(ground.source, known.revision)
    if not ground.change.base:
        return None, {}
    try:
        audited = bench.base(before(ground.source, ground.change))
    except EmptyError:  # a first commit without a file: all that is there now is new
        return Base(ground.change.base, (), {}, {}, {}, frozenset()), {}
    if any(skip.code == "missing" for skip in audited.assessment.skips):
        return None, {}
    return base_of(audited), ground.change.renames
