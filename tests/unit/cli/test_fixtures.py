"""The harness that runs rules on their fixtures."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from builders_rules import rule, rules

from assessor.cli import fixtures
from assessor.cli.fixtures import Case
from assessor.errors import PackError
from assessor.model.basis import Evidence, EvidenceKind, Location, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.rules import Check, DeclaredFact, Rules, RuleScore
from assessor.scoring import score

RULES = rules(rule("P-01", {2: "a", 3: "b"}))


def folder(root: Path, name: str, **files: str) -> Path:
    target = root / "tests" / "P-01" / name
    target.mkdir(parents=True)
    for file, content in files.items():
        (target / file).write_text(content, encoding="utf-8")
    return target


def assessed(*facts: Fact) -> tuple[Mapping[str, RuleScore], Mapping[str, Fact]]:
    known = {fact.name: fact for fact in facts}
    return {each.rule.id: each for each in score(RULES, known)[0].rules}, known


def at(line: int, *, holds: bool) -> tuple[Evidence, ...]:
    return (Evidence(Location("f", line), Text("证", "proof"), holds=holds),)


def failures(case: Case, *facts: Fact) -> list[str]:
    return fixtures.check(case, lambda _: assessed(*facts))


def test_cases__good_names__outcome_and_level(tmp_path: Path) -> None:
    for name in ("met-l3-why", "not-met-why", "unknown-a-b", "decoy-1", "not-applicable-x"):
        folder(tmp_path, name)
    found = {case.name: (case.outcome, case.level) for case in fixtures.cases(tmp_path)}
    assert found == {
        "P-01/met-l3-why": ("met", 3),
        "P-01/not-met-why": ("not-met", None),
        "P-01/unknown-a-b": ("unknown", None),
        "P-01/decoy-1": ("decoy", None),
        "P-01/not-applicable-x": ("not-applicable", None),
    }


def test_cases__name_that_says_nothing__refused(tmp_path: Path) -> None:
    folder(tmp_path, "passes")
    with pytest.raises(PackError, match="passes: not <outcome>"):
        fixtures.cases(tmp_path)


@pytest.mark.parametrize(
    ("name", "values", "good"),
    [
        ("met-l3-x", (True, True), True),
        ("met-l2-x", (True, True), False),
        ("met-x", (True, False), True),
        ("met-x", (False, True), False),
        ("not-met-x", (False, False), True),
        ("not-met-x", (None, None), False),
        ("unknown-x", (None, None), True),
        ("unknown-x", (False, None), False),
        ("not-applicable-x", ("n/a", "n/a"), True),
        ("not-applicable-x", (None, None), False),
        ("decoy-x", (False, True), True),
        ("decoy-x", ("n/a", "n/a"), True),
        ("decoy-x", (None, None), False),
        ("decoy-x", (True, False), False),
    ],
)
def test_check__outcome__as_the_name_says(
    tmp_path: Path, *, name: str, values: tuple[object, object], good: bool
) -> None:
    folder(tmp_path, name)
    known = [
        Fact(fact, None if value == "n/a" else value, applies=value != "n/a")  # type: ignore[arg-type]  # any value
        for fact, value in zip("ab", values, strict=True)
    ]
    found = failures(fixtures.cases(tmp_path)[0], *known)
    assert (found == []) is good
    assert good or "came out as" in found[0]


def test_check__expectation_on_a_line__demands_evidence_there(tmp_path: Path) -> None:
    folder(tmp_path, "not-met-x", f="one\ntwo  # expect: not-met\n// expect: met\nfour\n")
    case = fixtures.cases(tmp_path)[0]
    good = Fact("a", value=False, evidence=(*at(2, holds=False), *at(4, holds=True)))
    assert failures(case, good) == []
    wrong = Fact("a", value=False, evidence=(*at(2, holds=True), *at(3, holds=True)))
    assert [each.split(": ")[1] for each in failures(case, wrong)] == [
        "no not-met evidence at f:2 (at none)",
        "no met evidence at f:4 (at 2, 3)",
    ]


def test_missing_cases__compulsory_ones__named(tmp_path: Path) -> None:
    for name in ("met-l3-why", "decoy-1", "unknown-x"):
        folder(tmp_path, name)
    (tmp_path / "tests" / "P-99" / "met-x").mkdir(parents=True)
    assert fixtures.missing_cases(RULES, fixtures.cases(tmp_path)) == [
        "P-01: no fixture for not-met",
        "tests/P-99: there is no rule P-99",
    ]


def test_lint__path_that_no_fixture_holds__warned_of(tmp_path: Path) -> None:
    folder(tmp_path, "met-x", Dockerfile="FROM scratch\n")
    fact = DeclaredFact(
        spec=FactSpec("a", Text("a", "a"), unit="share", evidence=EvidenceKind.REPOSITORY),
        kind="dockerfile.stage",
        where=(Check("equals", path="final", operand=True),),
        each="",
        check=Check("exists", path="imgae", operand=True),
        value="share",
        when_nothing="zero",
        claim=Text("a", "a"),
        location="facts/f.yaml:3",
    )
    declared = Rules(packs=RULES.packs, declared=(fact,), unseen=(), digest="")
    assert fixtures.lint(declared, fixtures.cases(tmp_path)) == [
        "facts/f.yaml:3: `a`: no fixture holds `imgae`"
    ]
