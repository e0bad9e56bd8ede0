"""Small audited assessments, and what a gate decides on them."""

from dataclasses import replace
from datetime import date

from builders_rules import rule as scored_rule
from unit.report.assessments import (
    assessment,
    condition,
    fact,
    pack,
    proof,
    rule,
    words,
)

from assessor.model.basis import EvidenceKind, Location, Text
from assessor.model.facts import FactSpec
from assessor.model.gate import (
    Audited,
    Finding,
    Policy,
    Waiver,
)
from assessor.model.rules import Effort, Outcome
from assessor.scoring.gate import Asked, gate
from assessor.scoring.regression import base_of

TODAY = date(2026, 10, 1)
RULES = {name: scored_rule(name, {2: "image.tagged"}) for name in ("CTR-01", "CTR-02", "CTR-03")}
SPECS = {"image.tagged": FactSpec("image.tagged", Text("", ""), "yes-no", EvidenceKind.REPOSITORY)}
WHOLE = Waiver("CTR-02", "planned", "next release", "2026-12-31", Location("waivers.yaml", 3))


def judged(
    head, base=None, *, waivers=(), pending=(), renames=None, changed=(), rules=RULES, **policy
):
    asked = Asked(Policy(**policy), "test", TODAY, waivers, pending, changed)
    return gate(
        head,
        base_of(base) if base else None,
        asked=asked,
        renames=renames or {},
        rules=rules,
        specs=SPECS,
    )


def finding(path, severity="major", *, line=1, claim=None, **more):
    said = claim or words(f"claim on {path}")
    return Finding(path, line, "CTR-02", "image.tagged", 2, severity, said, **more)


def against(*paths, level=1, potential=1, hours=1.0, outcome=Outcome.NOT_MET, severity="major"):
    """A rule that so many places speak against."""
    proofs = tuple(proof(path, line=1, holds=False) for path in paths)
    results = (condition("image.tagged", outcome),)
    made = replace(rule("CTR-02"), outcomes=results, level=level, potential=potential)
    made = replace(made, effort=Effort(hours, made.effort.per))
    found = replace(assessment(pack("CTR", made)), facts=(fact("image.tagged", 0, proofs=proofs),))
    return Audited(found, tuple(finding(path, severity) for path in sorted(paths)), ())


def only(found, **changes):
    return Audited(replace(found, **changes), (), ())
