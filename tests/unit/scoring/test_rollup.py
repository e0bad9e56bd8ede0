"""From rules to domains and packs."""

import pytest
from builders_rules import Value, facts, rule, rules

from assessor.model.rules import PackScore, Rule
from assessor.scoring import score
from assessor.scoring.rollup import floored_mean

FULL = {2: "two", 3: "three", 4: "four", 5: "five"}


def at(level: int | None, number: int, **options: object) -> Rule:
    """A rule that comes out at `level`; None = not scored."""
    names = {None: "open", 1: "no"}
    ladder = {2: names.get(level, "yes")} if level in names else {level or 2: "yes"}
    return rule(f"P-{number:02}", ladder, **options)  # type: ignore[arg-type]  # any option


def packed(*given: Rule, attested: str = "", **values: Value) -> PackScore:
    known = facts(yes=True, no=False, open=None, away="n/a", **values)
    return score(rules(*given, attested=attested), known)[0]


def test_score__domains__claimable_minimum_indicative_floored_mean_of_items() -> None:
    pack = packed(
        at(5, 1, domain="a", item="x"),
        at(2, 2, domain="a", item="x"),
        at(5, 3, domain="a", item="y"),
        at(4, 4, domain="b"),
    )
    first, second = pack.domains
    assert (first.claimable, first.indicative, first.coverage) == (2, 4, 1.0)
    assert (second.claimable, second.indicative) == (4, 4)
    assert (pack.claimable, pack.indicative, pack.coverage) == (2, 4.0, 1.0)


@pytest.mark.parametrize(
    ("given", "expected"),
    [([2, 3, 3], 2.6), ([2, 2, 3], 2.3), ([4, 4, 5], 4.3), ([1, 5], 3.0), ([3] * 7 + [2], 2.8)],
)
def test_score__indicative__floored_to_one_decimal_without_float_error(
    *, given: list[int], expected: float
) -> None:
    assert packed(*(at(level, n) for n, level in enumerate(given))).indicative == expected


def test_score__weights__act_on_the_indicative_mean_only() -> None:
    pack = packed(at(5, 1, weight=0.1), at(2, 2, weight=0.2))
    assert (pack.indicative, pack.claimable) == (3.0, 2)


@pytest.mark.parametrize(
    ("scored", "open_", "claimable"), [(3, 2, 4), (2, 3, None), (1, 0, 4), (0, 2, None)]
)
def test_score__coverage__no_claim_under_sixty_percent(
    *, scored: int, open_: int, claimable: int | None
) -> None:
    known = [at(4, n) for n in range(scored)]
    pack = packed(*known, *(at(None, n) for n in range(10, 10 + open_)))
    assert pack.claimable == claimable
    assert pack.coverage == scored / (scored + open_)


def test_score__rules_that_do_not_apply__leave_every_average() -> None:
    away = rule("P-09", {2: "away"}, domain="b")
    pack = packed(at(3, 1, domain="a"), away)
    assert (pack.claimable, pack.coverage, pack.indicative) == (3, 1.0, 3.0)
    assert (pack.domains[1].claimable, pack.domains[1].coverage) == (None, None)
    alone = packed(away)
    assert (alone.claimable, alone.coverage, alone.indicative) == (None, None, None)


def test_score__lifts__the_one_rule_that_holds_the_pack_down() -> None:
    assert packed(at(2, 1), at(4, 2), at(3, 3)).lifts == ("P-01",)
    assert packed(at(2, 1), at(2, 2), at(5, 3)).lifts == ()
    assert packed(at(5, 1)).lifts == ()


def test_score__attested__share_of_the_scored_levels() -> None:
    signed = rule("P-02", {3: "signed"})
    pack = packed(at(3, 1), signed, at(None, 3), attested="signed", signed=True)
    assert pack.attested == 0.5
    assert pack.rules[1].attested


def test_floored_mean__nothing__nothing() -> None:
    assert floored_mean([]) is None
    assert floored_mean([3, 4, 4]) == 3
