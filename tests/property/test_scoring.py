"""Laws of scoring that hold for every ladder and every set of facts."""

from dataclasses import replace

from builders_rules import Value, facts, rule, rules
from hypothesis import given
from hypothesis import strategies as st

from assessor.detect.declared import index, measure
from assessor.model.basis import EvidenceKind, Location, Node, Skip, Text, Unread
from assessor.model.facts import FactSpec
from assessor.model.records import Artefact, Records
from assessor.model.rules import Check, Condition, DeclaredFact, Outcome, Rule, RuleScore
from assessor.scoring import score
from assessor.scoring.conditions import outcome

NAMES = "abcdef"
ladders = st.dictionaries(
    st.integers(2, 5),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(" ".join),
    min_size=1,
)
made_rules = st.builds(
    lambda ladder, kind: rule("P-01", ladder, kind=kind),
    ladders,
    st.sampled_from(["cumulative", "substitutive"]),
)
values = st.fixed_dictionaries(
    {name: st.sampled_from([True, False, None, "n/a"]) for name in NAMES}
)
signed = st.lists(st.sampled_from(NAMES), unique=True).map(" ".join)


def scored(made: Rule, known: dict[str, Value], *, attested: str = "") -> RuleScore:
    return score(rules(made, attested=attested), facts(**known))[0].rules[0]


@given(made_rules, values, signed)
def test_score__any_rule__level_between_one_and_potential(
    made: Rule, known: dict[str, Value], attested: str
) -> None:
    result = scored(made, known, attested=attested)
    assert (result.potential is not None) == result.applicable
    if result.level is not None:
        assert result.potential is not None
        assert 1 <= result.level <= result.potential <= 5


@given(made_rules, values, signed, st.sampled_from(NAMES))
def test_score__one_more_condition_met__never_lower(
    made: Rule, known: dict[str, Value], attested: str, name: str
) -> None:
    before = scored(made, known, attested=attested)
    after = scored(made, known | {name: True}, attested=attested)
    assert (after.level or 0) >= (before.level or 0)


@given(made_rules, values, st.sampled_from(NAMES))
def test_score__one_more_unknown__never_higher_and_never_less_potential(
    made: Rule, known: dict[str, Value], name: str
) -> None:
    if known[name] == "n/a":
        return
    before, after = scored(made, known), scored(made, known | {name: None})
    assert (after.level or 0) <= (before.level or 0)
    assert (after.potential or 0) >= (before.potential or 0)


@given(made_rules, values)
def test_score__unknown__never_not_met(made: Rule, known: dict[str, Value]) -> None:
    for each in scored(made, known).outcomes:
        if known[each.condition.fact] is None:
            assert each.outcome is Outcome.UNKNOWN


@given(st.lists(st.tuples(made_rules, values), min_size=1, max_size=6))
def test_score__pack__claimable_is_no_more_than_any_scored_rule(
    given_rules: list[tuple[Rule, dict[str, Value]]],
) -> None:
    many = [replace(made, id=f"P-{n:02}") for n, (made, _) in enumerate(given_rules, start=1)]
    pack = score(rules(*many), facts(**given_rules[0][1]))[0]
    levels = [each.level for each in pack.rules if each.level is not None]
    if pack.claimable is not None:
        assert pack.claimable == min(levels)
        assert pack.indicative is not None
        assert pack.claimable <= pack.indicative <= max(levels)


SKIP = Skip("x", 1, "unparsable", "a", "It is broken.", ("k",))
artefacts = st.lists(st.sampled_from([1, 0, None]), max_size=6).map(
    lambda flags: tuple(
        Artefact(
            "k", Location(f"f{n}", 1), Node(1, {"ok": Node(1, flag)} if flag is not None else {})
        )
        for n, flag in enumerate(flags)
    )
)
declared_facts = st.builds(
    lambda value, when, operator: DeclaredFact(
        spec=FactSpec(
            "f.f",
            Text("a", "b"),
            unit="share" if value == "share" else "count" if value == "count" else "yes-no",
            evidence=EvidenceKind.REPOSITORY,
        ),
        kind="k",
        where=(),
        each="",
        check=Check(operator, path="ok", operand=1),
        value=value,
        when_nothing=when,
        claim=Text("a", "b"),
    ),
    st.sampled_from(["share", "count", "any", "none"]),
    st.sampled_from(["zero", "not-applicable", "unknown"]),
    st.sampled_from(["equals", "not_equals"]),
)


@given(declared_facts, artefacts, st.sampled_from([0, 1]), st.booleans())
def test_measure__one_more_unread_file__never_meets_a_condition_not_met_before(
    fact: DeclaredFact, seen: tuple[Artefact, ...], threshold: int, least: bool
) -> None:
    made = rule("P-01", {2: "f.f"})
    condition = made.ladder[2][0]
    if fact.spec.unit != "yes-no":
        comparison = "at_least" if least else "at_most"
        condition = replace(condition, comparison=comparison, threshold=threshold)  # type: ignore[arg-type]  # a literal
    without = Records(files=(), units=(), references=(), artefacts=seen, skips=())
    before = outcome(condition, measure(fact, index(without)))
    after = outcome(condition, measure(fact, index(replace(without, skips=(SKIP,)))))
    assert after in {before, Outcome.UNKNOWN}


@given(declared_facts, artefacts, st.floats(0, 1), st.booleans())
def test_measure__a_value_not_told__settles_only_what_any_value_would(
    fact: DeclaredFact, seen: tuple[Artefact, ...], threshold: float, least: bool
) -> None:
    condition = Condition("f.f", "at_least" if least else "at_most", threshold)
    if fact.spec.unit == "yes-no":
        condition = Condition("f.f", "is", least)
    hidden = Artefact("k", Location("hidden", 1), Node(1, {"ok": Node(1, Unread.TEMPLATED)}))
    told = [replace(hidden, root=Node(1, {"ok": Node(1, flag)})) for flag in (0, 1)]
    unsure, *sure = (_outcome(fact, (*seen, each), condition) for each in (hidden, *told))
    assert unsure is Outcome.UNKNOWN or {unsure} == set(sure)


def _outcome(fact: DeclaredFact, seen: tuple[Artefact, ...], condition: Condition) -> Outcome:
    records = Records(files=(), units=(), references=(), artefacts=seen, skips=())
    return outcome(condition, measure(fact, index(records)))
