"""A gate's decision in one of the formats of `render`."""

from assessor.gating import Decided
from assessor.model.view import View
from assessor.render import GATE_RENDERERS, GATE_VIEW_RENDERERS
from assessor.render.to_json import to_json
from assessor.report.gate import gate_view
from assessor.report.gate_report import gate_report
from assessor.report.wording import Wording

FORMATS = tuple(sorted({"json", *GATE_RENDERERS, *GATE_VIEW_RENDERERS}))


def shown(decided: Decided, wording: Wording) -> View:
    """The decision for people."""
    titles = {fact.name: fact.title for fact in decided.head.assessment.facts}
    return gate_view(decided.gate, titles=titles, wording=wording)


def printed(decided: Decided, *, format_: str, wording: Wording) -> bytes:
    """The decision in a format of `FORMATS`."""
    if format_ == "json":
        return to_json(decided.gate)
    if format_ in GATE_VIEW_RENDERERS:
        return GATE_VIEW_RENDERERS[format_](shown(decided, wording))
    report = gate_report(
        decided.gate,
        decided.head.assessment,
        rules=decided.rules,
        policy=decided.wanted,
        wording=wording,
    )
    return GATE_RENDERERS[format_](report)
