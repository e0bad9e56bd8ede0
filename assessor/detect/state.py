"""Facts that combine what several readers saw of state and configuration."""

from collections.abc import Mapping
from dataclasses import replace

from assessor.detect.code import code, without_code
from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.seen import Seen

SPECS = (
    FactSpec(
        "state.session_external",
        Text(zh="没有只存在于进程内的会话", en="No session lives in the process alone"),
        "yes-no",
        EvidenceKind.REPOSITORY,
    ),
    FactSpec(
        "config.hard_coded_per_kloc",
        Text(zh="写死的主机、地址与凭据", en="Hard-coded hosts, addresses and credentials"),
        "per-kloc",
        EvidenceKind.REPOSITORY,
    ),
)
KLOC = 1000
# Declared facts that these rest on; a folder of rules of one's own may do without.
NEEDED = {"state.session", "state.session_store", "config.hard_coded"}


def combined(seen: Seen, known: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """One fact for each of `SPECS`, from the declared facts that are `known` already."""
    found = code(seen.records)
    if found is None or not NEEDED <= set(known):
        return without_code(SPECS, seen)
    lines = sum(unit.code_lines for unit in found.units)
    return _session(known), _per_kloc(known["config.hard_coded"], lines=lines)


def _session(known: Mapping[str, Fact]) -> Fact:
    """True where nothing keeps a session in the process, or sessions have a store outside."""
    name = "state.session_external"
    uses, store = known["state.session"], known["state.session_store"]
    if store.value:
        return replace(store, name=name, value=True)
    if uses.value is None:
        return replace(uses, name=name)
    against = tuple(replace(evidence, holds=False) for evidence in uses.evidence)
    return replace(uses, name=name, value=not uses.value, evidence=against)


def _per_kloc(fixed: Fact, *, lines: int) -> Fact:
    """Hard-coded settings for every thousand lines of production code."""
    value = None if fixed.value is None else fixed.value * KLOC / max(lines, 1)
    against = tuple(replace(evidence, holds=False) for evidence in fixed.evidence)
    return replace(fixed, name="config.hard_coded_per_kloc", value=value, evidence=against)
