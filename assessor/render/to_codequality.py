"""New findings as a GitLab Code Quality report."""

import json
from collections.abc import Sequence

from assessor.model.gate import Told


def to_codequality(findings: Sequence[Told]) -> bytes:
    """A JSON list; a place that is a whole file stands at its first line, as the format asks."""
    issues = [
        {
            "check_name": each.name,
            "description": each.text,
            "fingerprint": each.fingerprint,
            "location": {"path": each.path, "lines": {"begin": max(each.line, 1)}},
            "severity": each.severity,
        }
        for each in findings
    ]
    text = json.dumps(issues, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode("utf-8", "backslashreplace")
