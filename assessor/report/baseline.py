"""A baseline as a view: what is put up with, and how that has changed since."""

from collections import Counter
from dataclasses import fields

from assessor.model.baseline import Baseline, Drift
from assessor.model.view import Cell, Section, Sentence, Table, View
from assessor.report.wording import Wording, number, say


def baseline_view(known: Baseline, drift: Drift | None, *, wording: Wording) -> View:
    """The baseline, and where something was assessed to compare it with, how far it is off."""
    sections = [Section("rules", say(wording, "baseline.rules"), (_rules(known, wording),))]
    if drift is not None:
        note = Sentence(say(wording, "baseline.prune"), "quiet")
        blocks = (_drift(drift, wording), *((note,) if drift.gone or drift.gained else ()))
        sections.append(Section("drift", say(wording, "baseline.drift"), blocks))
    return View(
        title=say(wording, "baseline.title", revision=known.revision[:10]),
        subtitle=say(
            wording,
            "baseline.subtitle",
            findings=len(known.findings),
            met=len(known.met),
            services=len(known.services),
            uses=len(known.uses),
        ),
        lang=wording.lang,
        sections=tuple(sections),
    )


def _rules(known: Baseline, wording: Wording) -> Table:
    counted = Counter(each.rule for each in known.findings)
    rows = tuple((Cell(rule), Cell(number(count))) for rule, count in sorted(counted.items()))
    heads = (say(wording, "rules.rule"), say(wording, "baseline.count"))
    return Table(heads, rows, numeric=(1,))


def _drift(drift: Drift, wording: Wording) -> Table:
    rows = tuple(
        (
            Cell(say(wording, f"baseline.drift.{field.name}")),
            Cell(number(len(getattr(drift, field.name)))),
        )
        for field in fields(drift)
    )
    heads = (say(wording, "baseline.drift.what"), say(wording, "baseline.drift.number"))
    return Table(heads, rows, numeric=(1,))
