"""A gate as a badge that shields.io draws."""

import json

from assessor.model.gate_report import GateReport
from assessor.render.badges import badge


def to_badge(report: GateReport) -> bytes:
    """The JSON of an endpoint badge, schema version 1."""
    shown = badge(report)
    document = {
        "schemaVersion": 1,
        "label": shown.label,
        "message": shown.message,
        "color": shown.colour,
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode("utf-8")
