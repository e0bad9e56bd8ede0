"""What a change made worse, and waivers that need care, as a GitLab Code Quality report."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from assessor.model.gate_report import GateReport, ToldFinding, ToldWaiver
from assessor.render.clean import visible

_HEX = 32


def to_codequality(report: GateReport) -> bytes:
    """A JSON list: new and lost findings that nothing waives, then waivers not just honoured.

    A place that is a whole file stands at its first line, as the format asks. An expired or
    malformed waiver is minor, any other is info.
    """
    issues = [*map(_finding, report.open), *_waivers(report)]
    text = json.dumps(issues, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode("utf-8")


def _finding(found: ToldFinding) -> dict[str, object]:
    return {
        "check_name": visible(found.rule),
        "description": visible(found.text),
        "fingerprint": found.fingerprint,
        "location": _location(found.path, found.line),
        "severity": found.severity,
    }


def _waivers(report: GateReport) -> Iterator[dict[str, object]]:
    told = report.odd_waivers
    for waiver, fingerprint in zip(told, _fingerprints(told), strict=True):
        yield {
            "check_name": f"assessor-waiver-{waiver.state}",
            "description": visible(waiver.text),
            "fingerprint": fingerprint,
            "location": _location(waiver.path, waiver.line),
            "severity": "minor" if waiver.state in {"expired", "malformed"} else "info",
        }


def _fingerprints(waivers: Iterable[ToldWaiver]) -> Iterator[str]:
    """One for each, whatever its line; those that are alike in all else are numbered."""
    seen: Counter[str] = Counter()
    for each in waivers:
        basis = "\n".join((each.rule, each.state, visible(each.path), visible(each.text)))
        seen[basis] += 1
        yield sha256(f"{basis}\n{seen[basis]}".encode()).hexdigest()[:_HEX]


def _location(path: str, line: int) -> dict[str, object]:
    return {"path": visible(path), "lines": {"begin": max(line, 1)}}
