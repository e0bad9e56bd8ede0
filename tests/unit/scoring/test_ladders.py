"""Levels of single rules: cumulative, substitutive, gaps, the unseen, attestation."""

import pytest
from builders_rules import Value, facts, rule, rules

from assessor.model.rules import RuleScore
from assessor.scoring import score

FULL = {2: "a", 3: "b", 4: "c", 5: "d"}


def scored(ladder: dict[int, str], *, kind: str = "cumulative", **values: Value) -> RuleScore:
    made = rule("P-01", ladder, kind=kind)  # type: ignore[arg-type]  # a literal
    return score(rules(made), facts(**values))[0].rules[0]


def levels(result: RuleScore) -> tuple[int | None, int | None]:
    return result.level, result.potential


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"a": True, "b": True, "c": True, "d": True}, (5, 5)),
        ({"a": True, "b": False, "c": True, "d": True}, (2, 2)),
        ({"a": False, "b": True, "c": True, "d": True}, (1, 1)),
        ({"a": True, "b": None, "c": True, "d": False}, (2, 4)),
        ({"a": None, "b": None, "c": False, "d": False}, (None, 3)),
        ({"a": None, "b": True, "c": False, "d": False}, (1, 3)),
        ({"a": False, "b": None, "c": None, "d": None}, (1, 1)),
        ({"a": "n/a", "b": True, "c": False, "d": False}, (3, 3)),
        ({"a": True, "b": "n/a", "c": False, "d": False}, (2, 2)),
        ({"a": True, "b": "n/a", "c": True, "d": False}, (4, 4)),
        ({"a": True, "b": True, "c": True, "d": "n/a"}, (4, 4)),
        ({"a": "n/a", "b": None, "c": False, "d": False}, (None, 3)),
    ],
)
def test_score__cumulative__highest_without_a_break(
    *, values: dict[str, Value], expected: tuple[int | None, int | None]
) -> None:
    assert levels(scored(FULL, kind="cumulative", **values)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"a": False, "b": False, "c": True, "d": False}, (4, 4)),
        ({"a": True, "b": False, "c": None, "d": False}, (2, 4)),
        ({"a": None, "b": False, "c": False, "d": False}, (None, 2)),
        ({"a": False, "b": None, "c": False, "d": False}, (1, 3)),
        ({"a": False, "b": False, "c": False, "d": False}, (1, 1)),
    ],
)
def test_score__substitutive__highest_of_its_own(
    *, values: dict[str, Value], expected: tuple[int | None, int | None]
) -> None:
    assert levels(scored(FULL, kind="substitutive", **values)) == expected


def test_score__level_absent_from_the_ladder__reached_with_the_next() -> None:
    gap = {2: "a", 4: "c", 5: "d"}
    assert levels(scored(gap, a=True, c=False, d=True)) == (2, 2)
    assert levels(scored(gap, a=True, c=True, d=False)) == (4, 4)
    assert levels(scored({3: "b"}, b=True)) == (3, 3)
    assert levels(scored({3: "b"}, b=False)) == (1, 1)


def test_score__two_conditions_in_a_level__all_needed_and_the_rest_named() -> None:
    result = scored({2: "a b", 3: "c"}, a=True, b=False, c=True)
    assert levels(result) == (1, 1)
    assert [each.condition.fact for each in result.missing] == ["b"]
    assert levels(scored({2: "a b"}, a=True, b=None)) == (1, 2)
    assert levels(scored({2: "a b"}, a="n/a", b=True)) == (2, 2)


def test_score__nothing_applies__rule_does_not_apply() -> None:
    result = scored({2: "a", 3: "b"}, a="n/a", b="n/a")
    assert (result.applicable, *levels(result)) == (False, None, None)


@pytest.mark.parametrize(
    ("value", "applicable"), [(True, True), (None, True), (False, False), ("n/a", False)]
)
def test_score__condition_of_applicability__excludes_if_not_met(
    *, value: Value, applicable: bool
) -> None:
    made = rule("P-01", {2: "a"}, applies="z")
    result = score(rules(made), facts(a=True, z=value))[0].rules[0]
    assert result.applicable is applicable


def test_score__missing__of_the_next_level_that_has_any() -> None:
    missing = scored(FULL, a=True, b="n/a", c=None, d=False).missing
    assert [(each.level, each.outcome.value) for each in missing] == [(4, "unknown")]
    assert scored(FULL, a=True, b=True, c=True, d=True).missing == ()


def attested(ladder: dict[int, str], by: str, **values: Value) -> RuleScore:
    return score(rules(rule("P-01", ladder), attested=by), facts(**values))[0].rules[0]


def test_score__attestation_alone__three_at_most() -> None:
    everything = attested(FULL, "a b c d", a=True, b=True, c=True, d=True)
    assert (*levels(everything), everything.attested) == (3, 3, True)


def test_score__attested_step_below_a_proven_one__is_passed() -> None:
    proven = attested(FULL, "c", a=True, b=True, c=True, d=True)
    assert (*levels(proven), proven.attested) == (5, 5, False)
    assert levels(attested(FULL, "c", a=True, b=True, c=True, d=False)) == (3, 3)
    assert levels(attested(FULL, "c", a=True, b=True, c=False, d=True)) == (3, 3)


def test_score__attestation_beside_evidence__counts() -> None:
    beside = attested({2: "a", 4: "c d"}, "d", a=True, c=True, d=True)
    assert (*levels(beside), beside.attested) == (4, 4, False)


def test_score__lowest_level_unseen_and_a_higher_one_half_met__is_not_scored() -> None:
    """Nothing is proven: a condition met on level 4 does not make the unseen a level 1."""
    ladder = {2: "a", 4: "b c"}
    found = scored(ladder, kind="substitutive", a=None, b=True, c=None)
    assert levels(found) == (None, 4)


def test_score__unseen_and_for_a_person_to_tell__is_manual_and_counts_as_unseen() -> None:
    result = attested({2: "a b", 3: "c"}, "b c", a=None, b=None, c=None)
    assert [each.outcome.value for each in result.outcomes] == ["unknown", "manual", "manual"]
    assert levels(result) == (None, 3)
    assert levels(attested({2: "a"}, "a", a=None)) == (None, 2)
    told = attested({2: "a", 3: "b"}, "a b", a=True, b=False)
    assert [each.outcome.value for each in told.outcomes] == ["met", "not-met"]
