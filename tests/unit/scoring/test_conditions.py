"""Outcomes of single conditions."""

import pytest

from assessor.model.facts import Fact
from assessor.model.rules import Comparison, Condition, Outcome
from assessor.scoring.conditions import outcome


@pytest.mark.parametrize(
    ("comparison", "threshold", "value", "expected"),
    [
        ("at_least", 0.9, 9 / 10, Outcome.MET),
        ("at_least", 0.6, 3 / 5, Outcome.MET),
        ("at_least", 0.9, 0.89, Outcome.NOT_MET),
        ("at_most", 0, 0, Outcome.MET),
        ("at_most", 0, 1, Outcome.NOT_MET),
        ("is", True, True, Outcome.MET),
        ("is", True, False, Outcome.NOT_MET),
        ("is", False, False, Outcome.MET),
        ("is", True, None, Outcome.UNKNOWN),
    ],
)
def test_outcome__value__compared(
    *, comparison: Comparison, threshold: float, value: float | None, expected: Outcome
) -> None:
    condition = Condition("f", comparison=comparison, threshold=threshold)
    assert outcome(condition, Fact("f", value)) is expected


def test_outcome__does_not_apply_or_missing__not_applicable_or_unknown() -> None:
    condition = Condition("f", comparison="is", threshold=True)
    assert outcome(condition, Fact("f", None, applies=False)) is Outcome.NOT_APPLICABLE
    assert outcome(condition, None) is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("comparison", "threshold", "expected"),
    [
        ("at_least", 3, Outcome.MET),
        ("at_least", 4, Outcome.UNKNOWN),
        ("at_least", 6, Outcome.NOT_MET),
        ("at_most", 2, Outcome.NOT_MET),
        ("at_most", 4, Outcome.UNKNOWN),
        ("at_most", 5, Outcome.MET),
        ("is", 2, Outcome.NOT_MET),
        ("is", 3, Outcome.UNKNOWN),
        ("is", 4, Outcome.UNKNOWN),
    ],
)
def test_outcome__value_between_bounds__settles_only_what_both_agree_on(
    *, comparison: Comparison, threshold: float, expected: Outcome
) -> None:
    condition = Condition("f", comparison=comparison, threshold=threshold)
    assert outcome(condition, Fact("f", 3, bounds=(3, 5))) is expected
