"""Rules as they stand in the packs, for people: a list of all, or one in full."""

from collections.abc import Mapping

from assessor.model.facts import FactSpec
from assessor.model.rules import Condition, Rule, Rules
from assessor.model.view import Cell, Section, Sentence, Table, View
from assessor.report.wording import Wording, cited, cost, measured, pick, say


def listed(rules: Rules, *, wording: Wording) -> View:
    """Every pack as a table of its rules."""
    heads = tuple(
        say(wording, f"catalogue.{head}") for head in ("rule", "title", "domain", "source")
    )
    sections = tuple(
        Section(
            pack.id,
            f"{pack.id} · {pick(wording, pack.title)} {pack.version}",
            (
                Sentence(pick(wording, pack.source), "quiet"),
                Table(
                    columns=heads,
                    rows=tuple(
                        (
                            Cell(rule.id, "strong"),
                            Cell(pick(wording, rule.title)),
                            Cell(rule.domain, "quiet"),
                            Cell(cited(wording, rule.source), "quiet"),
                        )
                        for rule in pack.rules
                    ),
                ),
            ),
        )
        for pack in rules.packs
    )
    count = sum(len(pack.rules) for pack in rules.packs)
    return View(
        title=say(wording, "catalogue.list", packs=len(rules.packs), rules=count),
        subtitle=f"sha256 {rules.digest[:12]}",
        lang=wording.lang,
        sections=sections,
    )


def shown(rule: Rule, specs: Mapping[str, FactSpec], *, wording: Wording) -> View:
    """One rule: why, ladder with the meaning of each fact, remedy."""
    rows = tuple(
        (
            Cell(str(level)),
            Cell(_condition(condition, specs, wording=wording)),
            Cell(condition.fact, "quiet"),
        )
        for level, conditions in sorted(rule.ladder.items())
        for condition in conditions
    )
    applies = tuple(
        Sentence(
            say(
                wording,
                "catalogue.applies",
                condition=_condition(condition, specs, wording=wording),
            )
        )
        for condition in rule.applies
    )
    heads = tuple(say(wording, f"explain.{head}") for head in ("for", "condition", "fact"))
    source = cited(wording, rule.source)
    ladder = Section(
        "ladder",
        say(wording, "catalogue.ladder"),
        (
            Sentence(pick(wording, rule.why)),
            Sentence(say(wording, f"explain.{rule.kind}"), "quiet"),
            Sentence(source, "quiet"),
            *applies,
            Table(columns=heads, rows=rows, numeric=(0,)),
        ),
    )
    effort = cost(wording, rule.effort)
    remedy = Section(
        "remedy",
        say(wording, "explain.remedy"),
        (Sentence(pick(wording, rule.remedy)), Sentence(effort, "quiet")),
    )
    return View(
        title=f"{rule.id} · {pick(wording, rule.title)}",
        subtitle=rule.location,
        lang=wording.lang,
        sections=(ladder, remedy),
    )


def _condition(condition: Condition, specs: Mapping[str, FactSpec], *, wording: Wording) -> str:
    spec = specs[condition.fact]
    return say(
        wording,
        f"catalogue.{condition.comparison}",
        fact=pick(wording, spec.title),
        threshold=measured(wording, condition.threshold, unit=spec.unit),
    )
