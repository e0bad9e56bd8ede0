"""Facts that combine what several readers saw of state, configuration and architecture rules."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assessor.detect.code import Code, at, code, measured, not_applicable, without_code
from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import Fact, FactSpec, FactUnit
from assessor.model.seen import Seen

# Declared facts that the combined ones are made of.
USES = (
    "arch.layer_step",
    "arch.layer_tests",
    "ci.test",
    "config.by_profile",
    "config.fixed_in_code",
    "config.fixed_in_settings",
    "state.session",
    "state.session_store",
)


def _spec(name: str, zh: str, en: str, *, unit: FactUnit = "yes-no") -> FactSpec:
    return FactSpec(name, Text(zh=zh, en=en), unit, EvidenceKind.REPOSITORY)


SPECS = (
    _spec("arch.layer_gate", "流水线执行架构规则", "The pipeline enforces the architecture rules"),
    _spec("config.profiles", "按环境区分配置", "Configuration differs by environment"),
    _spec(
        "config.hard_coded",
        "写死的主机、地址与凭据",
        "Hard-coded hosts, addresses and credentials",
        unit="count",
    ),
    _spec(
        "config.hard_coded_per_kloc",
        "每千行代码中写死的主机、地址与凭据",
        "Hard-coded hosts, addresses and credentials per thousand lines",
        unit="per-kloc",
    ),
    _spec(
        "state.session_external",
        "没有只存在于进程内的会话",
        "No session lives in the process alone",
    ),
)
KLOC = 1000


def combined(seen: Seen, known: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """One fact for each of `SPECS`, from the declared facts that are `known` already.

    What rests on a declared fact that the rules in use do not define does not apply.
    """
    found = code(seen.records)
    if found is None:
        return without_code(SPECS, seen)
    used = {name: known.get(name, not_applicable(name, _UNDEFINED)) for name in USES}
    lines = sum(unit.code_lines for unit in found.units)
    fixed = _sum(
        "config.hard_coded", used["config.fixed_in_code"], used["config.fixed_in_settings"]
    )
    return (
        _layer_gate(used),
        _profiles(used["config.by_profile"], found),
        fixed,
        _per_kloc(fixed, lines=lines),
        _session(used),
    )


_UNDEFINED = Text(zh="所用规则未定义该事实。", en="The rules in use do not define this fact.")


def _layer_gate(used: Mapping[str, Fact]) -> Fact:
    """A step of the pipeline checks the rules, or they are tests and the pipeline runs tests."""
    name = "arch.layer_gate"
    step, tests, run = used["arch.layer_step"], used["arch.layer_tests"], used["ci.test"]
    if step.value or not tests.value:
        unseen = step if step.value or tests.value is not None else tests
        return replace(unseen, name=name)
    both = (*tests.evidence, *run.evidence)
    if not run.value:
        return replace(run, name=name, evidence=())
    return measured(name, value=True, evidence=both)


def _profiles(declared: Fact, found: Code) -> Fact:
    """Settings by profile, or code that reads the environment."""
    name = "config.profiles"
    if declared.value:
        return replace(declared, name=name)
    reads = [
        at(path, line, zh="读取环境变量", en="reads environment variables")
        for path, line in _readers(found)
    ]
    return measured(name, value=True, evidence=reads) if reads else replace(declared, name=name)


def _readers(found: Code) -> Iterator[tuple[str, int]]:
    """Python units that use the environment, with the line of the import of `os` if it is known.

    Foreign imports are told once for the whole repository, so `os` may be imported elsewhere.
    """
    if not any("os" in names for names in found.imports.values()):
        return
    for unit in found.units:
        if unit.language == "python" and {"environ", "getenv"} & dict(unit.words).keys():
            yield unit.path, found.imports.get(unit.path, {}).get("os", 0)


def _sum(name: str, *facts: Fact) -> Fact:
    """All that the facts count; without an upper bound where one of them could not be seen."""
    seen = [fact for fact in facts if fact.value is not None]
    if not seen:
        return replace(facts[0], name=name)
    return Fact(
        name=name,
        value=sum(fact.value or 0 for fact in seen),
        evidence=tuple(replace(e, holds=False) for fact in seen for e in fact.evidence),
        reason=next((fact.reason for fact in facts if not fact.exact), None),
        bounds=(sum(fact.span[0] for fact in facts), sum(fact.span[1] for fact in facts)),
    )


def _per_kloc(fixed: Fact, *, lines: int) -> Fact:
    """Hard-coded settings for every thousand lines of production code."""
    name = "config.hard_coded_per_kloc"
    if fixed.value is None:
        return replace(fixed, name=name)
    least, most = (each * KLOC / max(lines, 1) for each in fixed.span)
    value = fixed.value * KLOC / max(lines, 1)
    return replace(fixed, name=name, value=value, bounds=(least, most))


def _session(used: Mapping[str, Fact]) -> Fact:
    """True where nothing keeps a session in the process, or sessions have a store outside."""
    name = "state.session_external"
    uses, store = used["state.session"], used["state.session_store"]
    if store.value:
        return replace(store, name=name, value=True)
    if not uses.value and not uses.exact:
        return replace(uses, name=name, value=None, bounds=None)
    against = tuple(replace(evidence, holds=False) for evidence in uses.evidence)
    return Fact(name=name, value=not uses.value, evidence=against)
