"""A gate as metrics, for the textfile collector of Prometheus' node exporter."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from typing import get_args

from assessor.model.gate import SEVERITIES, FindingState, WaiverState
from assessor.model.gate_report import GateReport
from assessor.model.rules import Outcome
from assessor.render.clean import visible

_Labels = tuple[tuple[str, str], ...]
_Samples = Mapping[_Labels, float]
# The same words in every language: the collector wants one text for a name over all its files.
_HELP = {
    "assessor_build_info": "What made these metrics; always 1.",
    "assessor_gate_outcome": "1 for the outcome of the gate, 0 for the others.",
    "assessor_gate_conditions": "Conditions of the policy by outcome.",
    "assessor_level": "Maturity level, 1 to 5; no domain: of the pack. Left out where unknown.",
    "assessor_pack_coverage_ratio": "Rules that could be scored, of those that apply.",
    "assessor_readable_files_read_ratio": "Files that were read, of those that are readable.",
    "assessor_findings": "Places that speak against a rule.",
    "assessor_waivers": "Waivers by what came of them.",
}


def to_prometheus(report: GateReport) -> bytes:
    """The text format, version 0.0.4: gauges without a time; every sample names the repository."""
    families: dict[str, _Samples] = {
        "assessor_build_info": {(("version", report.tool.version),): 1},
        "assessor_gate_outcome": {
            (("outcome", each),): each is report.outcome for each in Outcome
        },
        "assessor_gate_conditions": _conditions(report),
        "assessor_level": dict(_levels(report)),
        "assessor_pack_coverage_ratio": {
            (("pack", pack.id),): pack.coverage
            for pack in report.packs
            if pack.coverage is not None
        },
        "assessor_readable_files_read_ratio": {(): report.coverage},
        "assessor_findings": _findings(report),
        "assessor_waivers": _waivers(report),
    }
    lines = (
        line
        for name, samples in families.items()
        for line in _family(name, samples, repository=report.repository)
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _conditions(report: GateReport) -> _Samples:
    counted = Counter(each.outcome for each in report.conditions)
    return {(("outcome", each),): counted[each] for each in Outcome}


def _levels(report: GateReport) -> Iterator[tuple[_Labels, float]]:
    for pack in report.packs:
        levels = [("", pack.claimable, pack.indicative)]
        levels += [(each.id, each.claimable, each.indicative) for each in pack.domains]
        for domain, claimable, indicative in levels:
            for measure, level in (("claimable", claimable), ("indicative", indicative)):
                if level is not None:
                    yield (("pack", pack.id), ("domain", domain), ("measure", measure)), level


def _findings(report: GateReport) -> _Samples:
    counted = Counter((each.severity, each.state, bool(each.waiver)) for each in report.findings)
    return {
        (("severity", severity), ("state", state), ("waived", str(waived).lower())): counted[
            severity, state, waived
        ]
        for severity, state, waived in product(SEVERITIES, get_args(FindingState), (False, True))
    }


def _waivers(report: GateReport) -> _Samples:
    counted = Counter(each.state for each in report.waivers)
    return {(("state", each),): counted[each] for each in get_args(WaiverState)}


def _family(name: str, samples: _Samples, *, repository: str) -> Iterator[str]:
    yield f"# HELP {name} {_HELP[name]}"
    yield f"# TYPE {name} gauge"
    for labels, value in samples.items():
        pairs = (("repository", repository), *labels)
        shown = ",".join(f'{label}="{_escaped(text)}"' for label, text in pairs)
        yield f"{name}{{{shown}}} {float(value):.12g}"


def _escaped(text: str) -> str:
    """The text within quotes; a line break is no text that is shown, so `visible` has taken it."""
    return visible(text).replace("\\", r"\\").replace('"', r"\"")
