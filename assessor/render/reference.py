"""The reference pages of rules and facts, written from the packs: `make reference`."""

from collections.abc import Iterable

from assessor.model.facts import FactSpec
from assessor.model.rules import Condition, Pack, Rule, Rules

_SIGNS = {"at_least": "≥", "at_most": "≤", "is": "="}


def rules_page(rules: Rules) -> bytes:
    """Every rule with its ladder, as Markdown."""
    head = (
        "# Rules\n\nWritten by `make reference` from `rules/packs`. C = cumulative,"
        " S = substitutive;"
        " † = the clause is reconstructed, our interpretation. A level without conditions is"
        " reached together with the next.\n"
    )
    return (head + "\n".join(_pack(pack) for pack in rules.packs)).encode()


def _pack(pack: Pack) -> str:
    lines = [
        f"\n## {pack.id} {pack.title.zh} · {pack.title.en} ({pack.version})\n",
        f"{pack.source.zh}\n\n{pack.source.en}\n",
        "| rule | | level 2 | level 3 | level 4 | level 5 |",
        "|---|---|---|---|---|---|",
        *(_rule(rule) for rule in pack.rules),
        "",
    ]
    return "\n".join(lines)


def _rule(rule: Rule) -> str:
    mark = "†" if rule.source.status == "reconstructed" else ""
    kind = "C" if rule.kind == "cumulative" else "S"
    cells = [_conditions(rule.ladder.get(level, ())) for level in (2, 3, 4, 5)]
    title = f"**{rule.id}**{mark} {rule.title.zh}<br>{rule.title.en}"
    return f"| {title} | {kind} | {' | '.join(cells)} |"


def _conditions(conditions: Iterable[Condition]) -> str:
    shown = (f"`{c.fact}` {_SIGNS[c.comparison]} {_threshold(c.threshold)}" for c in conditions)
    return "<br>".join(shown) or "–"


def _threshold(value: float | bool) -> str:  # noqa: FBT001 - thresholds may be yes or no
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}"


def facts_page(rules: Rules) -> bytes:
    """Every fact with its meaning, unit and kind of evidence, as Markdown."""
    head = (
        "# Facts\n\nWritten by `make reference`. *computed* facts are functions in"
        " `assessor/detect`, *declared* ones stand in `rules/facts`, *unseen* ones come from"
        " imported evidence or an attestation and are unknown without it.\n\n"
        "| fact | | unit | evidence | how |\n|---|---|---|---|---|\n"
    )
    every = [
        *((spec, "computed") for spec in rules.computed),
        *((fact.spec, "declared") for fact in rules.declared),
        *((spec, "unseen") for spec in rules.unseen),
    ]
    rows = (_fact(spec, how) for spec, how in sorted(every, key=lambda pair: pair[0].name))
    return (head + "\n".join(rows) + "\n").encode()


def _fact(spec: FactSpec, how: str) -> str:
    title = f"{spec.title.zh}<br>{spec.title.en}".replace("|", "\\|")
    return f"| `{spec.name}` | {title} | {spec.unit} | {spec.evidence} | {how} |"
