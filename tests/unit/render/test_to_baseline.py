"""A baseline as JSON with an entry a line."""

import json
from dataclasses import replace

import pytest

from assessor.collect.baseline import parse
from assessor.model.assessment import Tool
from assessor.model.baseline import Baseline, MetCondition
from assessor.model.basis import Text
from assessor.model.gate import Finding
from assessor.render.to_baseline import to_baseline

FINDING = Finding("a.py", 1, "CTR-02", "f.x", 2, "critical", Text("字", "word"), "ab12" * 4)
BASELINE = Baseline(
    schema_version="1.0",
    tool=Tool("assessor", "1.2.3"),
    revision="1" * 40,
    rules="d" * 64,
    findings=(FINDING, replace(FINDING, path="b.py", severity="info", snippet="", was=True)),
    met=(
        MetCondition("CTR-02", 2, "f.x", "is", True),
        MetCondition("CTR-02", 3, "f.y", "at_least", 0.25),
        MetCondition("CTR-02", 4, "f.z", "at_most", 3),
    ),
    services={"two": ("c.py",), "one": ("a.py", "b.py")},
    uses=(("a.py", "c.py"), ("b.py", "c.py")),
)
EMPTY = replace(BASELINE, findings=(), met=(), services={}, uses=())


def _back(baseline):
    return parse(to_baseline(baseline), place="b.json")


def test_to_baseline__all_of_it__stands_as_expected():
    only = replace(BASELINE, findings=(FINDING,), met=BASELINE.met[:1], uses=BASELINE.uses[:1])
    assert to_baseline(only).decode("utf-8") == (
        "{\n"
        '  "findings": [\n'
        '    {"claim": {"en": "word", "zh": "字"}, "fact": "f.x", "level": 2, "line": 1,'
        ' "path": "a.py", "rule": "CTR-02", "severity": "critical",'
        ' "snippet": "ab12ab12ab12ab12", "was": false}\n'
        "  ],\n"
        '  "met": [\n'
        '    {"comparison": "is", "fact": "f.x", "level": 2, "rule": "CTR-02", "value": true}\n'
        "  ],\n"
        f'  "revision": "{"1" * 40}",\n'
        f'  "rules": "{"d" * 64}",\n'
        '  "schema_version": "1.0",\n'
        '  "services": {\n'
        '    "one": ["a.py", "b.py"],\n'
        '    "two": ["c.py"]\n'
        "  },\n"
        '  "tool": {\n'
        '    "name": "assessor",\n'
        '    "version": "1.2.3"\n'
        "  },\n"
        '  "uses": [\n'
        '    ["a.py", "c.py"]\n'
        "  ]\n"
        "}\n"
    )


def test_to_baseline__one_entry_less__is_one_line_less():
    lines = to_baseline(BASELINE).splitlines()
    less = (
        replace(BASELINE, findings=BASELINE.findings[:1]),
        replace(BASELINE, met=BASELINE.met[1:]),
        replace(BASELINE, services={"one": ("a.py", "b.py")}),
        replace(BASELINE, uses=BASELINE.uses[1:]),
    )
    assert [len(to_baseline(each).splitlines()) for each in less] == [len(lines) - 1] * 4


@pytest.mark.parametrize("baseline", [BASELINE, EMPTY], ids=["full", "empty"])
def test_to_baseline__read_back__is_the_same(baseline):
    assert _back(baseline) == baseline


@pytest.mark.parametrize(
    "odd",
    ['"', "\\", "a\nb", "\x00\x1b[31m", "中文", "\U0001f40b", chr(0xDCE9), "\u2028", "</script>"],
)
def test_to_baseline__odd_text__is_the_same_when_read_back_and_stays_on_its_line(odd):
    made = replace(
        EMPTY,
        findings=(replace(FINDING, path=odd, claim=Text(odd, odd)),),
        services={odd: (odd,)},
        uses=((odd, "a"),),
    )
    assert _back(made) == made
    assert len(to_baseline(made).split(b"\n")) == 20


def test_to_baseline__order_of_the_services__makes_no_difference():
    turned = dict(sorted(BASELINE.services.items()))
    assert [*turned] != [*BASELINE.services]
    assert to_baseline(replace(BASELINE, services=turned)) == to_baseline(BASELINE)


def test_to_baseline__a_share__is_rounded_to_six_digits():
    met = (MetCondition("CTR-02", 3, "f.y", "at_least", 2 / 3),)
    assert _back(replace(EMPTY, met=met)).met[0].value == 0.666667


def test_to_baseline__written_again__is_the_same_bytes():
    written = to_baseline(BASELINE)
    assert to_baseline(parse(written, place="b.json")) == written
    assert json.loads(written)["services"]["one"] == ["a.py", "b.py"]
