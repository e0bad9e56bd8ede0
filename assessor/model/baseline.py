"""What a team puts up with for now, written down; only ever less of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.model.assessment import Tool
from assessor.model.gate import Finding
from assessor.model.rules import Comparison

BASELINE_VERSION = "1.0"


@dataclass(frozen=True, slots=True, order=True)
class MetCondition:
    """A condition of a rule that was met, with the value of its fact."""

    rule: str
    level: int
    fact: str
    comparison: Comparison
    value: float | int | bool | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The file. revision: the commit it speaks of. rules: SHA-256 of the rules it was judged by.

    findings: those that are put up with. met: what must not get worse. services: the accepted
    partition, service -> units. uses: (unit, unit it uses) across services, put up with.
    """

    schema_version: str
    tool: Tool
    revision: str
    rules: str
    findings: tuple[Finding, ...]
    met: tuple[MetCondition, ...]
    services: Mapping[str, tuple[str, ...]]
    uses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a baseline and what is there now are apart.

    fresh: findings that are not in it. gone: findings in it that are mended. gained: conditions
    that are met and not in it. lost: conditions in it that are not met any more. crossings, cut:
    uses across services that are not in it, and those in it that are gone.
    """

    fresh: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    gained: tuple[MetCondition, ...]
    lost: tuple[MetCondition, ...]
    crossings: tuple[tuple[str, str], ...]
    cut: tuple[tuple[str, str], ...]
