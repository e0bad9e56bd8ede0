"""Every sample repository, replayed and assessed: what must be so, and what was so last time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessor import pipeline
from assessor.collect.replay import ASIDE, SCRIPT, replay
from assessor.model.assessment import Assessment, Fact, Partition, Rule
from assessor.resources import packaged

HERE = Path(__file__).parent
SAMPLES = {path.parent.name: path.parent for path in packaged("sample_repos").glob(f"*/{SCRIPT}")}
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an `expected.yaml`. open: why the tool does not say so yet, "" = it must."""

    sample: str
    kind: str
    says: Mapping[str, Any]
    why: str
    open: str

    def __str__(self) -> str:
        says = self.says
        what = says.get("fact") or says.get("rule") or "-".join(says.get("units", ()))
        return f"{self.sample}-{self.kind}-{what}"


@cache
def expected(sample: str) -> Mapping[str, Any]:
    said: Mapping[str, Any] = yaml.safe_load(
        (SAMPLES[sample] / "expected.yaml").read_text("utf-8")
    )
    return said


def statements() -> Iterator[Statement]:
    for sample in sorted(SAMPLES):
        asked = expected(sample)
        groups = {
            "fact": asked["facts"],
            "level": asked["levels"],
            "number": [asked["services"]["number"]],
            **{kind: asked["services"][kind] for kind in asked["services"] if kind != "number"},
        }
        for kind, every in groups.items():
            for says in every:
                yield Statement(sample, kind, says, says["why"], says.get("open", ""))


@dataclass(frozen=True, slots=True)
class Audited:
    """A replayed sample and what was said of it."""

    folder: Path
    revision: str
    assessment: Assessment

    @property
    def partition(self) -> Partition:
        assert self.assessment.partition is not None
        return self.assessment.partition


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Audited]:
    @cache
    def run(sample: str) -> Audited:
        folder = tmp_path_factory.mktemp("samples") / sample
        revision = replay(SAMPLES[sample], folder)
        return Audited(folder, revision, pipeline.audit(folder, options=pipeline.Options()))

    return run


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_replay__on_any_machine__gives_the_written_id(
    audited: Callable[[str], Audited], sample: str
) -> None:
    assert audited(sample).revision == expected(sample)["revision"]


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_replay__last_commit__holds_exactly_the_folder(
    audited: Callable[[str], Audited], sample: str
) -> None:
    assert _texts(audited(sample).folder) == _texts(SAMPLES[sample])


def _texts(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        name: path.read_bytes()
        for path in files
        if (name := path.relative_to(folder).as_posix()) not in ASIDE
        and not name.startswith(".git/")
        and "__pycache__" not in name
    }


@pytest.mark.parametrize("statement", list(statements()), ids=str)
def test_audit__statement_of_a_sample__holds(
    audited: Callable[[str], Audited], statement: Statement
) -> None:
    wrong = CHECKS[statement.kind](audited(statement.sample), statement.says)
    if statement.open:
        assert wrong, f"{statement}: holds now, take `open` away ({statement.open})"
    else:
        assert not wrong, f"{statement.sample}: {wrong}; expected because: {statement.why}"


def _fact(audited_: Audited, says: Mapping[str, Any]) -> str:
    """What is wrong with the fact, "" if nothing."""
    fact = {fact.name: fact for fact in audited_.assessment.facts}.get(says["fact"])
    if fact is None:
        return f"there is no fact {says['fact']}"
    told = f"{fact.name} is {_state(fact)}"
    if says.get("unseen"):
        return "" if fact.value is None and fact.applies else f"{told}, not unseen"
    if "applies" in says:
        return "" if fact.applies == says["applies"] else f"{told}, not not-applicable"
    if fact.value is None:
        return told
    return "" if _within(fact.value, says) else f"{told}, not {_range(says)}"


def _state(fact: Fact) -> str | float | bool:
    if not fact.applies:
        return "not-applicable"
    return "unseen" if fact.value is None else fact.value


def _within(value: float, says: Mapping[str, Any]) -> bool:
    low, high = (says.get(key, says.get("value")) for key in ("at_least", "at_most"))
    above = low is None or value >= low - SLACK
    return above and (high is None or value <= high + SLACK)


def _range(says: Mapping[str, Any]) -> str:
    return ", ".join(f"{k} {says[k]}" for k in ("value", "at_least", "at_most") if k in says)


def _level(audited_: Audited, says: Mapping[str, Any]) -> str:
    """What is wrong with the rule's level, "" if nothing."""
    rules = {rule.id: rule for pack in audited_.assessment.packs for rule in pack.rules}
    rule = rules.get(says["rule"])
    if rule is None:
        return f"there is no rule {says['rule']}"
    if _reached(rule) != says["level"]:
        return f"{rule.id} is {_reached(rule)}, not {says['level']}{_missing(rule)}"
    if "potential" in says and rule.potential != says["potential"]:
        return f"{rule.id} could be {rule.potential}, not {says['potential']}"
    return ""


def _reached(rule: Rule) -> int | str:
    if not rule.applicable:
        return "not-applicable"
    return "unknown" if rule.level is None else rule.level


def _missing(rule: Rule) -> str:
    lacks = ", ".join(f"{m.fact}={m.value} ({m.outcome})" for m in rule.missing)
    return f" (missing: {lacks})" if lacks else ""


def _number(audited_: Audited, says: Mapping[str, Any]) -> str:
    found = len(audited_.partition.services)
    return "" if _within(found, says) else f"{found} services, not {_range(says)}"


def _homes(audited_: Audited, says: Mapping[str, Any]) -> dict[str, str]:
    """The unit named by the end of its path -> its service, "(shared)" or "" if it is no unit."""
    cut = audited_.partition
    homes = {unit: service.name for service in cut.services for unit in service.units}
    homes |= {shared.unit: "(shared)" for shared in cut.shared}
    return {short: _home(short, homes) for short in says["units"]}


def _home(short: str, homes: Mapping[str, str]) -> str:
    ends = (f"/{short}", f"/{short}.java")
    found = [path for path in homes if path == short or path.endswith(ends)]
    assert len(found) <= 1, f"{short} may be any of {found}"
    return homes[found[0]] if found else ""


def _together(audited_: Audited, says: Mapping[str, Any]) -> str:
    homes = _homes(audited_, says)
    return "" if len(set(homes.values())) == 1 and all(homes.values()) else f"apart: {homes}"


def _apart(audited_: Audited, says: Mapping[str, Any]) -> str:
    homes = _homes(audited_, says)
    return "" if len(set(homes.values())) == len(homes) and all(homes.values()) else f"{homes}"


def _shared(audited_: Audited, says: Mapping[str, Any]) -> str:
    homes = _homes(audited_, says)
    return "" if set(homes.values()) == {"(shared)"} else f"not shared: {homes}"


def _outside(audited_: Audited, says: Mapping[str, Any]) -> str:
    homes = _homes(audited_, says)
    return f"counted as units: {homes}" if any(homes.values()) else ""


CHECKS: dict[str, Callable[[Audited, Mapping[str, Any]], str]] = {
    "apart": _apart,
    "fact": _fact,
    "level": _level,
    "number": _number,
    "outside": _outside,
    "shared": _shared,
    "together": _together,
}


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_audit__of_a_sample__is_as_last_time(
    audited: Callable[[str], Audited], sample: str, request: pytest.FixtureRequest
) -> None:
    made = yaml.safe_dump(condensed(audited(sample)), allow_unicode=True, sort_keys=False)
    _as_last_time(HERE / f"{sample}.yaml", made, request=request)


@pytest.mark.parametrize("services", [1, 12])
def test_audit__number_of_services_given__shown_but_no_level_moves(
    audited: Callable[[str], Audited], services: int
) -> None:
    usual, options = audited("shop"), pipeline.Options(services=services)
    asked = Audited(usual.folder, "", pipeline.audit(usual.folder, options=options))
    assert len(asked.partition.services) == services != len(usual.partition.services)
    assert asked.assessment.facts == usual.assessment.facts
    assert asked.assessment.packs == usual.assessment.packs


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_rendered__summary_of_the_shop__is_as_last_time(
    audited: Callable[[str], Audited], lang: Any, request: pytest.FixtureRequest
) -> None:
    report = pipeline.rendered(audited("shop").assessment, format_="md", lang=lang).decode()
    head, summary, *_ = report.split("\n## ")
    _as_last_time(HERE / f"shop.{lang}.md", f"{head}\n## {summary}\n", request=request)


def _as_last_time(golden: Path, made: str, *, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        golden.write_text(made, "utf-8")
    assert golden.is_file(), f"{golden.name} is missing; write it with `make golden`"
    assert made.splitlines() == golden.read_text("utf-8").splitlines(), (
        f"{golden.name} has changed; if that is right, write it anew with `make golden`"
    )


def condensed(audited_: Audited) -> dict[str, Any]:
    """What matters of an assessment, without the words of its evidence."""
    found, cut = audited_.assessment, audited_.partition
    return {
        "revision": found.repository.revision,
        "files": dict(sorted(found.inventory.by_kind.items())),
        "services": {service.name: list(service.units) for service in cut.services},
        "shared": sorted(shared.unit for shared in cut.shared),
        "packs": {pack.id: [pack.claimable, pack.indicative] for pack in found.packs},
        "levels": {
            rule.id: _reached(rule)
            if rule.level == rule.potential
            else f"{_reached(rule)} to {rule.potential}"
            for pack in found.packs
            for rule in pack.rules
        },
        "facts": {fact.name: _rounded(_state(fact)) for fact in found.facts},
        "skips": [f"{skip.path}:{skip.line} {skip.code}" for skip in found.skips],
    }


def _rounded(value: str | float | bool) -> str | float | bool:
    """Far fewer digits than two machines could disagree about."""
    return round(value, 6) if isinstance(value, float) else value
