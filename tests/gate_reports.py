"""A small, complete report of a gate for the tests of the renderers."""

from dataclasses import replace
from typing import Any

from assessor.model.assessment import Tool
from assessor.model.gate_report import (
    GateReport,
    ToldCondition,
    ToldDomain,
    ToldFinding,
    ToldPack,
    ToldRule,
    ToldWaiver,
)
from assessor.model.rules import Outcome

WORDS = {
    "sarif.clause": "Clause: {standard}, {clause}",
    "sarif.effort": "Effort: {effort}",
    "sarif.left-out.findings": "{count} findings of the lowest priority are left out.",
    "sarif.left-out.waivers": "{count} waivers are left out.",
    "sarif.remedy": "Remedy: {remedy}",
    "sarif.source.found": "Source: found",
    "sarif.source.reconstructed": "Source: reconstructed, our interpretation",
}
RULES = (
    ToldRule(
        id="CTR-02",
        pack="CTR",
        domain="image",
        title="Base image",
        why="An image without a fixed tag changes by itself.",
        remedy="Name a tag and its digest.",
        effort="about 1 h per image",
        standard="CTR",
        clause="Image build",
        source="reconstructed",
        severity="critical",
        applicable=True,
        level=1,
        potential=2,
        wanted=2.0,
    ),
    ToldRule(
        id="MSP-07",
        pack="MSP",
        domain="resilience",
        title="Health checks",
        why="What does not say that it is ill is not restarted.",
        remedy="Add a liveness probe.",
        effort="about 2 h per service",
        standard="MSP",
        clause="5.3.2",
        source="found",
        severity="minor",
        applicable=True,
        level=None,
        potential=None,
        wanted=3.0,
    ),
)
FINDINGS = (
    ToldFinding(
        rule="CTR-02",
        text="the image eclipse-temurin has no fixed tag",
        severity="critical",
        state="new",
        path="order/Dockerfile",
        line=3,
        fingerprint="f" * 31 + "1",
    ),
    ToldFinding(
        rule="MSP-07",
        text="No longer there: a liveness probe, deploy/order.yaml:12",
        severity="major",
        state="lost",
        path="deploy/order.yaml",
        line=12,
        fingerprint="f" * 31 + "2",
    ),
    ToldFinding(
        rule="MSP-07",
        text="payment has no readiness probe",
        severity="minor",
        state="new",
        path="deploy/payment.yaml",
        line=0,
        fingerprint="f" * 31 + "3",
        waiver="to be mended as planned: next release (lin); until 2026-12-31",
    ),
    ToldFinding(
        rule="MSP-07",
        text="stock has no liveness probe",
        severity="info",
        state="known",
        path="deploy/stock.yaml",
        line=8,
        fingerprint="f" * 31 + "4",
    ),
)
WAIVERS = (
    ToldWaiver("MSP-07", "honoured", "Waiver of MSP-07, honoured", "waivers.yaml", 1),
    ToldWaiver("MSP-07", "expiring", "Waiver of MSP-07, expires soon", "waivers.yaml", 8),
    ToldWaiver("CTR-02", "expired", "Waiver of CTR-02, expired", "waivers.yaml", 15),
    ToldWaiver("CTR-02", "unmatched", "Waiver of CTR-02, accepts nothing", "waivers.yaml", 22),
    ToldWaiver("MSP-07", "pending", "Waiver of MSP-07, pending", "order/Dockerfile", 2),
    ToldWaiver("MSP-07", "malformed", "Waiver of MSP-07, not valid", "pay/Dockerfile", 5),
)
PACKS = (
    ToldPack(
        id="CTR",
        title="Container platform",
        version="2026.1",
        claimable=1,
        indicative=1.5,
        coverage=0.5,
        domains=(ToldDomain("image", "Images", 1, 2),),
    ),
    ToldPack(
        id="MSP",
        title="Microservice platform",
        version="2026.1",
        claimable=None,
        indicative=None,
        coverage=None,
        domains=(ToldDomain("resilience", "Resilience", None, None),),
    ),
)
CONDITIONS = (
    ToldCondition("Level of CTR at least", "wanted 2, found 1: not met", Outcome.NOT_MET),
    ToldCondition("New findings, major, at most", "wanted 1, found 1: met", Outcome.MET),
    ToldCondition("Level of MSP at least", "wanted 3, found -: unknown", Outcome.UNKNOWN),
)
_REPORT = GateReport(
    lang="en",
    tool=Tool("assessor", "1.2.3"),
    repository="shop",
    head="a" * 40,
    base="b" * 40,
    dated="2026-09-30T08:00:00Z",
    today="2026-10-01",
    policy="ratchet",
    outcome=Outcome.NOT_MET,
    title="The gate is not met",
    coverage=0.9,
    least_coverage=0.8,
    conditions=CONDITIONS,
    findings=FINDINGS,
    rules=RULES,
    packs=PACKS,
    waivers=WAIVERS,
    notes=("The change may have edited assessor.yaml.",),
    words=WORDS,
)


def gate_report(**changes: Any) -> GateReport:
    """A gate that is not met: 2 rules, 4 findings of every state, a waiver of each state."""
    return replace(_REPORT, **changes)
