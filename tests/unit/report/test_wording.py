import re
from string import Formatter

import pytest

from assessor.model import assessment as doc
from assessor.model.basis import EvidenceKind, Text
from assessor.model.rules import Effort, RuleSource
from assessor.report.wording import indicative, level, measured, number, place, share, short
from assessor.resources import packaged, wording

EN, ZH = wording("en"), wording("zh")


def _places(sentence):
    return sorted({name for _, name, _, _ in Formatter().parse(sentence) if name})


def test_locales__both_languages__have_the_same_keys_and_placeholders():
    assert {k: _places(v) for k, v in EN.sentences.items()} == {
        k: _places(v) for k, v in ZH.sentences.items()
    }


def test_locales__chinese__is_chinese():
    latin = {k for k, v in ZH.sentences.items() if not re.search(r"[\u4e00-\u9fff]", v)}
    assert latin <= {
        "value.share", "catalogue.is", "explain.source.found", "figure.alt", "figure.row",
        "evidence.reason", "language.java", "language.python",
    }  # fmt: skip


def test_locales__every_key__is_used_by_the_code():
    root = packaged("reports").parent / "assessor"
    code = "\n".join(p.read_text("utf-8") for p in sorted(root.rglob("*.py")))
    heads = {key.split(".")[0] for key in EN.sentences}
    assert {head for head in heads if f'"{head}' not in code and f"{head}." not in code} == set()


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.854, "share", "85.4 %"),
        (3, "count", "3"),
        (True, "yes-no", "yes"),
        (1.5, "days", "1.5 days"),
        (None, "share", "not seen"),
    ],
)
def test_measured__a_value_in_its_unit__reads_naturally(value, unit, expected):
    assert measured(EN, value, unit=unit) == expected


def test_share_and_number__nothing_there__is_a_dash():
    assert (share(None), number(None), share(0.5), number(1234.5)) == ("–", "–", "50 %", "1,234.5")


def test_place__file_line_and_commit__are_short():
    assert place("a/b.py", line=3) == "a/b.py:3"
    assert place("a/b.py") == "a/b.py"
    assert place("", commit="0123456789abcdef") == "0123456789"


def _conditions(level, outcomes):
    """One condition of the level for each outcome."""
    kind = EvidenceKind.REPOSITORY
    return tuple(
        doc.ConditionResult(level, "f", "is", True, None, each, kind) for each in outcomes
    )


def _rule(**changes):
    words = Text("规", "rule")
    base = {
        "id": "X-1", "domain": "d", "item": "i", "title": words, "why": words,
        "kind": "cumulative", "applicable": True, "level": 2, "potential": 4, "attested": False,
        "outcomes": (), "missing": (),
        "evidence": (), "remedy": words, "effort": Effort(1, words),
        "source": RuleSource("s", words, "found"),
    }  # fmt: skip
    return doc.Rule(**{**base, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "2..4"),
        ({"potential": 2}, "2"),
        ({"attested": True, "potential": 2}, "(2)"),
        ({"level": None, "potential": 3}, "?"),
        ({"applicable": False, "level": None}, "–"),
    ],
)
def test_level__each_kind_of_result__looks_different(changes, expected):
    assert level(_rule(**changes)) == expected


@pytest.mark.parametrize(
    ("outcomes", "changes", "expected"),
    [
        (("met", "not-met"), {"potential": 2}, "2+"),
        (("unknown", "met"), {}, "2+..4"),
        (("met", "manual"), {"attested": True}, "(2+..4)"),
        (("not-met", "not-met"), {"potential": 2}, "2"),
        (("met", "not-met"), {"level": None}, "?"),
    ],
)
def test_level__next_level_partly_met__has_a_plus(outcomes, changes, expected):
    told = (*_conditions(2, ["met"]), *_conditions(4, outcomes), *_conditions(5, ["met"]))
    missing = tuple(each for each in told if each.outcome != "met")
    assert level(_rule(outcomes=told, missing=missing, **changes)) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("src/main/java/org/x/Order.java", "Order"),
        ("Order.java", "Order"),
        ("shop/orders/views.py", "orders/views"),
        ("shop/orders/__init__.py", "orders"),
        ("manage.py", "manage"),
        ("__init__.py", "__init__"),
        ("bin/.hidden", "bin/hidden"),
        ("Makefile", "Makefile"),
    ],
)
def test_short__a_unit__is_called_as_people_do(unit, expected):
    assert short(unit) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, "0 %"),
        (1e-6, "< 1 %"),
        (0.0099, "< 1 %"),
        (0.01, "1 %"),
        (0.29, "29 %"),
        (0.57, "57 %"),
        (0.597, "59 %"),
        (0.999, "99 %"),
        (1.0, "100 %"),
    ],
)
def test_share__a_part_of_a_percent__is_cut_and_never_rounded_to_nothing(value, expected):
    assert share(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(None, "–"), (2, "2.0"), (2.3, "2.3")])
def test_indicative__a_level__has_one_decimal(value, expected):
    assert indicative(value) == expected
