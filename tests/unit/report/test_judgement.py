from dataclasses import replace
from math import nextafter

import pytest
from unit.report.assessments import FOUND, assessment, cut, pack, service, tie

from assessor.report.judgement import mean_cohesion, overall
from assessor.report.judgement import service as judged
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
# So many of a hundred references must stay inside.
MOSTLY = 60
UNDER_HIGH, UNDER_LOW = nextafter(0.7, 0), nextafter(0.4, 0)


def _levels(*indicative, words=EN):
    packs = (pack(f"P{at}", indicative=value) for at, value in enumerate(indicative, start=1))
    return overall(assessment(*packs), words)


def _of(*services, words=EN, **options):
    return overall(replace(FOUND, partition=cut(*services, **options)), words)


@pytest.mark.parametrize(
    ("indicative", "start"),
    [
        ((5.0,), "Most of what"),
        ((4.0,), "Most of what"),
        ((3.0, 5.0), "Most of what"),
        ((3.9,), "Part of what"),
        ((3.8, 4.1), "Part of what"),
        ((3.0,), "Part of what"),
        ((2.0,), "Part of what"),
        ((1.0, 3.0), "Part of what"),
        ((1.9,), "Little of what"),
        ((1.9, 2.0), "Little of what"),
        ((1.0,), "Little of what"),
    ],
    ids=str,
)
def test_overall__mean_of_the_indicative_levels__judged_from_four_and_from_two(indicative, start):
    assert _levels(*indicative).startswith(start)


@pytest.mark.parametrize(
    ("indicative", "start"),
    [
        (4.0, "标准要求的能力已大部分具备"),
        (3.9, "标准要求的能力已部分具备"),
        (2.0, "标准要求的能力已部分具备"),
        (1.9, "标准要求的能力目前"),
    ],
)
def test_overall__in_chinese__judges_at_the_same_thresholds(indicative, start):
    assert _levels(indicative, words=ZH).startswith(start)


def test_overall__several_standards__names_mean_worst_and_best_with_their_levels():
    said = _levels(2.4, 1.0, 3.5)
    assert "at an indicative 2.3 of 5 on average, from P2 1.0 to P3 3.5." in said


def test_overall__several_standards_in_chinese__names_the_same_figures():
    assert "平均为 2.3（满级 5），从 P2 的 1.0 到 P3 的 3.5。" in _levels(2.4, 1.0, 3.5, words=ZH)


@pytest.mark.parametrize(("indicative", "limit"), [((3.9, 4.0), 4.0), ((1.9, 2.0), 2.0)], ids=str)
def test_overall__mean_just_under_a_threshold__is_not_shown_as_having_reached_it(
    indicative, limit
):
    shown = float(_levels(*indicative).split("an indicative ")[1].split(" of 5 on average")[0])
    assert shown < limit


def test_overall__standards_of_equal_level__are_told_in_a_fixed_order():
    first, second = pack("A", indicative=2.0), pack("B", indicative=2.0)
    assert overall(assessment(first, second), EN) == overall(assessment(second, first), EN)
    assert "from A 2.0 to B 2.0" in overall(assessment(second, first), EN)


def test_overall__a_standard_without_a_level__counts_neither_in_mean_nor_in_claims():
    unseen = pack("NONE", indicative=None, claimable=4)
    said = overall(assessment(pack("A", indicative=4.0, claimable=2), unseen), EN)
    assert said.startswith("Most of what")
    assert "NONE" not in said
    assert said.endswith("In every standard with enough coverage, level 2 can be claimed today.")


@pytest.mark.parametrize(
    ("claims", "en", "zh"),
    [
        ((2, 2), "with enough coverage, level 2 can be claimed today.", "目前均可声明 2 级。"),
        ((2,), "with enough coverage, level 2 can be claimed today.", "目前均可声明 2 级。"),
        ((2, None), "with enough coverage, level 2 can be claimed today.", "目前均可声明 2 级。"),
        (
            (3, 1, 2),
            "Levels 1 to 3 can be claimed today",
            "各项标准目前可声明的等级为 1 至 3 级。",
        ),
        (
            (None, None),
            "No standard has enough coverage to claim a level.",
            "没有一项标准的覆盖率足以声明等级。",
        ),
    ],
    ids=str,
)
def test_overall__claimable_levels__are_one_a_range_or_none(claims, en, zh):
    found = assessment(*(pack(f"P{at}", claimable=claim) for at, claim in enumerate(claims)))
    assert en in overall(found, EN)
    assert overall(found, ZH).endswith(zh)
    kinds = ("In every standard", "Levels ", "No standard")
    assert sum(kind in overall(found, EN) for kind in kinds) == 1


def test_overall__no_standard__judges_the_cut_alone():
    said = _of(service("a", cohesion=0.5), service("b", cohesion=0.5))
    assert said == (
        "The code can be cut into 2 services, with work at the borders: 50 % of their coupling and"
        " – of the calls between classes stay inside."
    )


@pytest.mark.parametrize("services", [(), (service("all"),)], ids=["none", "one"])
def test_overall__fewer_than_two_services__no_word_about_the_cut(services):
    assert _of(*services) == ""


def test_overall__no_code_and_no_standard__says_nothing():
    assert overall(FOUND, EN) == ""


def test_overall__single_service__levels_are_judged_all_the_same():
    found = replace(assessment(pack("A")), partition=cut(service("all")))
    assert overall(found, EN) == overall(assessment(pack("A")), EN) != ""


@pytest.mark.parametrize(
    ("cohesion", "en", "zh"),
    [
        (1.0, "mostly stand on their own", "大体独立"),
        (0.7, "mostly stand on their own", "大体独立"),
        (UNDER_HIGH, "with work at the borders", "边界处仍需改造"),
        (0.4, "with work at the borders", "边界处仍需改造"),
        (UNDER_LOW, "closely knit", "联系紧密"),
        (0.0, "closely knit", "联系紧密"),
    ],
)
def test_overall__mean_cohesion__judged_from_0_7_and_from_0_4(cohesion, en, zh):
    services = service("a", cohesion=cohesion), service("b", cohesion=cohesion)
    assert en in _of(*services)
    assert zh in _of(*services, words=ZH)
    assert f"{cohesion:.0%}".replace("%", " %") in _of(*services)


def test_overall__cohesion__counts_every_service_by_its_units():
    big, small = service("big", size=90, cohesion=0.8), service("small", size=10, cohesion=0.0)
    assert "72 % of their coupling and" in _of(big, small)
    assert "mostly stand on their own" in _of(big, small)


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_overall__lopsided_cut__is_called_so_whatever_its_cohesion(words):
    services = service("a", cohesion=0.9), service("b", cohesion=0.9)
    said = _of(*services, words=words, sound=False, reason="lopsided")
    assert words.sentences["reason.lopsided"] in said
    assert "2" in said
    assert "90" not in said
    assert said != _of(*services, words=words)


def test_overall__cut_that_nothing_measures__is_not_called_lopsided():
    said = _of(service("a"), service("b"), sound=False, reason="empty")
    assert "lopsided" not in said
    assert "stand on their own" not in said


@pytest.mark.parametrize(("words", "joint"), [(EN, ". The code"), (ZH, "。代码")])
def test_overall__levels_and_cut__are_both_told_levels_first(words, joint):
    found = replace(assessment(pack("A")), partition=cut(service("a"), service("b")))
    said = overall(found, words)
    assert said.startswith(overall(assessment(pack("A")), words))
    assert joint in said


@pytest.mark.parametrize("services", [(), (service("a", size=0),)], ids=["none", "empty"])
def test_mean_cohesion__no_units__is_zero(services):
    assert mean_cohesion(cut(*services)) == 0.0


def test_mean_cohesion__services_of_different_size__is_weighted():
    services = service("a", size=1, cohesion=1.0), service("b", size=3, cohesion=0.2)
    assert mean_cohesion(cut(*services)) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("cohesion", "confidence", "tone", "start"),
    [
        (0.7, 0.7, "good", "A firm candidate"),
        (1.0, 1.0, "good", "A firm candidate"),
        (UNDER_HIGH, 1.0, "fair", "A candidate with open borders"),
        (1.0, UNDER_HIGH, "fair", "A candidate with open borders"),
        (0.4, 1.0, "fair", "A candidate with open borders"),
        (1.0, 0.4, "fair", "A candidate with open borders"),
        (0.4, 0.4, "fair", "A candidate with open borders"),
        (UNDER_LOW, 1.0, "poor", "A weak candidate"),
        (1.0, UNDER_LOW, "poor", "A weak candidate"),
        (0.0, 0.0, "poor", "A weak candidate"),
    ],
)
def test_service__the_lesser_of_cohesion_and_confidence__decides(
    cohesion, confidence, tone, start
):
    said, found = judged(service("a", cohesion=cohesion, confidence=confidence), (), wording=EN)
    assert (found, said[: len(start)]) == (tone, start)


def test_service__its_sentence__has_cohesion_references_and_confidence_in_their_places():
    made, ties = service("a", cohesion=0.81, confidence=0.92, inside=3), (tie("a", "b", 1),)
    said, _ = judged(made, ties, wording=EN)
    assert "81 % of its coupling and 75 % of its references stay inside" in said
    assert "on average 92 % of repeated runs keep a unit in it" in said
    said, _ = judged(made, ties, wording=ZH)
    assert "81 % 的耦合和 75 % 的引用留在内部" in said
    assert "平均有 92 % 的结果将其单元归入该服务" in said


@pytest.mark.parametrize(
    ("inside", "ties", "tone"),
    [
        (0, (), "good"),
        (MOSTLY, (tie("a", "b", 100 - MOSTLY),), "good"),
        (MOSTLY, (tie("b", "a", 100 - MOSTLY),), "good"),
        (MOSTLY, (tie("a", "b", 99 - MOSTLY), tie("c", "a", 1), tie("b", "c", 999)), "good"),
        (MOSTLY - 1, (tie("a", "b", 101 - MOSTLY),), "fair"),
        (MOSTLY - 1, (tie("b", "a", 100 - MOSTLY), tie("a", "c", 1)), "fair"),
        (0, (tie("a", "b", 1),), "fair"),
    ],
    ids=["none", "enough-out", "enough-in", "others", "too-few", "both-ways", "all-across"],
)
def test_service__otherwise_firm__must_keep_most_of_its_references_inside(inside, ties, tone):
    made = service("a", cohesion=1.0, confidence=1.0, inside=inside)
    assert judged(made, ties, wording=EN)[1] == tone


def test_service__few_references_inside__do_not_make_a_weak_one():
    made = service("a", cohesion=0.4, confidence=0.4)
    assert judged(made, (tie("a", "b", 9),), wording=EN)[1] == "fair"


@pytest.mark.parametrize(
    ("icp", "said"),
    [
        (None, "mostly stand on their own: 90 % of their coupling and – of the calls"),
        (0.0, "mostly stand on their own: 90 % of their coupling and 100 % of the calls"),
        (1 - MOSTLY / 100, f"stand on their own: 90 % of their coupling and {MOSTLY} % of the"),
        (1.01 - MOSTLY / 100, f"at the borders: 90 % of their coupling and {MOSTLY - 1} % of"),
        (1.0, "work at the borders: 90 % of their coupling and 0 % of the calls"),
    ],
    ids=str,
)
def test_overall__references_across__a_firm_cut_keeps_most_of_them_inside(icp, said):
    services = service("a", cohesion=0.9), service("b", cohesion=0.9)
    assert said in _of(*services, icp=icp)


def test_overall__a_loose_cut_with_most_references_inside__is_loose_all_the_same():
    services = service("a", cohesion=0.1), service("b", cohesion=0.1)
    assert _of(*services, icp=0.0) == (
        "The code is closely knit: in 2 services only 10 % of the coupling and 100 % of the"
        " calls between classes would stay inside. Consider a modular monolith first."
    )


@pytest.mark.parametrize("sound", [True, False])
@pytest.mark.parametrize("cohesion", [0.9, 0.5, 0.1])
def test_overall__services_asked_for__are_told_without_a_verdict(cohesion, sound):
    services = service("a", cohesion=cohesion), service("b", cohesion=cohesion)
    made = cut(*services, icp=0.25, sound=sound, reason="" if sound else "lopsided")
    options = replace(FOUND.options, services=2)
    found = replace(FOUND, partition=made, options=options)
    assert overall(found, EN) == (
        f"In the 2 services asked for, {cohesion:.0%} of the coupling and 75% of the calls between"
        " classes stay inside."
    ).replace("%", " %")
    assert overall(found, ZH) == (
        f"按要求的 2 个服务划分，{cohesion:.0%} 的耦合和 75% 的类间调用留在服务内部。"
    ).replace("%", " %")


def test_overall__a_standard_that_cannot_claim__does_not_enter_the_mean():
    low = pack("LOW", indicative=1.0, claimable=None, coverage=0.5)
    said = overall(assessment(pack("A", indicative=4.0, claimable=2), low), EN)
    assert said == overall(assessment(pack("A", indicative=4.0, claimable=2)), EN)
    assert said.startswith("Most of what the standard asks for is in place: A stands at")


def test_overall__nothing_can_be_claimed__says_only_that():
    found = assessment(pack("A", indicative=4.0, claimable=None))
    assert overall(found, EN) == "No standard has enough coverage to claim a level."
    assert overall(found, ZH) == "没有一项标准的覆盖率足以声明等级。"


def test_overall__standards_that_do_not_apply__are_not_mentioned():
    aside = pack("ASIDE", indicative=None, claimable=None, coverage=None)
    assert overall(assessment(aside), EN) == ""
    one = pack("A", indicative=4.0)
    assert overall(assessment(aside, one), EN) == overall(assessment(one), EN)


def test_service__all_units_put_there_by_people__is_judged_without_confidence():
    proposed = service("order", cohesion=0.8, confidence=None)
    text, tone = judged(proposed, (), wording=EN)
    assert tone == "good"
    assert "repeated runs" not in text
