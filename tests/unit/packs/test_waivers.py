"""Waivers as written in a file and in the code."""

import pytest

from assessor.errors import PackError
from assessor.model.basis import Location
from assessor.model.gate import Waiver
from assessor.packs.waivers import LONGEST_TEXT, REASONS, inline, waivers

WRITTEN = """\
waivers:
  - rule: CTR-02
    reason: planned
    text: next release
    owner: Lin
    approver: Wang
    expires: 2026-12-31
  - rule: MSP-08.1
    reason: compensated
    text: behind the mesh
    owner: Lin
    approver: Wang
    expires: "2027-02-28"
    path: order/*
    resource: "*order*"
    ticket: SHOP-7
"""


def _errors(old, new):
    assert old in WRITTEN
    with pytest.raises(PackError) as raised:
        waivers(WRITTEN.replace(old, new, 1).encode("utf-8"), file="w.yaml")
    return str(raised.value).splitlines()


def test_waivers__a_file__gives_each_with_its_place():
    assert waivers(WRITTEN.encode("utf-8"), file="w.yaml") == (
        Waiver(
            "CTR-02",
            "planned",
            "next release",
            "2026-12-31",
            Location("w.yaml", 2),
            owner="Lin",
            approver="Wang",
        ),
        Waiver(
            "MSP-08.1",
            "compensated",
            "behind the mesh",
            "2027-02-28",
            Location("w.yaml", 8),
            path="order/*",
            resource="*order*",
            owner="Lin",
            approver="Wang",
            ticket="SHOP-7",
        ),
    )


@pytest.mark.parametrize("content", [b"", b"# none yet\n", b"waivers: []\n"])
def test_waivers__none_in_the_file__are_none(content):
    assert waivers(content, file="w.yaml") == ()


@pytest.mark.parametrize("reason", REASONS)
def test_waivers__each_reason__is_read(reason):
    content = WRITTEN.replace("planned", reason, 1).encode("utf-8")
    assert waivers(content, file="w.yaml")[0].reason == reason


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("rule: CTR-02", "rule: ctr", 2, "`rule` must look like"),
        ("reason: planned", "reason: because", 3, "`reason`: must be 'accepted-risk'"),
        ("    text: next release\n", "", 2, "`text` is missing"),
        ("text: next release", "text: ' '", 4, "`text` is empty"),
        ("owner: Lin", "owner: 7", 5, "`owner` must be text"),
        ("    approver: Wang\n", "", 2, "`approver` is missing"),
        ("approver: Wang", "approver: Lin", 6, "nobody approves a waiver of his own"),
        ("approver: Wang", "approver: ' LIN '", 6, "nobody approves a waiver of his own"),
        ("    expires: 2026-12-31\n", "", 2, "`expires` is missing"),
        ("2026-12-31", "never", 7, "`expires` must look like"),
        ("2026-12-31", "2026-12-31T08:00", 7, "`expires` must look like"),
        ("2026-12-31", "20261231", 7, "`expires` must be text"),
        ("2026-12-31", "2026-02-30", 7, "there is no day 2026-02-30"),
        ("2026-12-31", "2026-00-01", 7, "there is no day 2026-00-01"),
        ("    path: order/*", "    paths: order/*", 14, "unknown key `paths`"),
        ("waivers:", "waiver:", 1, "unknown key `waiver`"),
        ("    ticket: SHOP-7", "    path: order/*", 16, "key `path` stands here twice"),
    ],
)
def test_waivers__a_mistake__is_told_with_its_line(old, new, line, said):
    found = _errors(old, new)
    assert any(each.startswith(f"w.yaml:{line}: ") and said in each for each in found), found


def test_waivers__several_mistakes__are_told_at_once():
    content = WRITTEN.replace("planned", "because").replace("mesh\n", "mesh\n    why: x\n")
    with pytest.raises(PackError) as raised:
        waivers(content.encode("utf-8"), file="w.yaml")
    lines = [each.split(": ")[0] for each in str(raised.value).splitlines()]
    assert lines == ["w.yaml:3", "w.yaml:11"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"waivers: [", "w.yaml:2: not YAML"),
        (b"waivers: none", "w.yaml:1: `waivers` must be a list"),
        (b"- CTR-02", "w.yaml:1: "),
        (b"\xff", "w.yaml: not UTF-8"),
    ],
)
def test_waivers__no_such_file__is_told(content, said):
    with pytest.raises(PackError) as raised:
        waivers(content, file="w.yaml")
    assert str(raised.value).startswith(said)


ASKED = "assessor:ignore CTR-02 until=2027-03-31 reason=planned"


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        (f"# {ASKED} and why", "and why"),
        (f"# {ASKED}", ""),
        (f"// {ASKED} : and why", "and why"),
        (f"/* {ASKED} and why */", "and why"),
        (f"<!-- {ASKED} and why -->", "and why"),
        (f"{{# {ASKED} and why #}}", "and why"),
        (f"(* {ASKED} and why *)", "and why"),
        (f"FROM img  # {ASKED} \t and  why \t", "and  why"),
        ("# assessor:ignore CTR-02 reason=planned until=2027-03-31 and why", "and why"),
        ("#assessor:ignore\tCTR-02\tuntil=2027-03-31\treason=planned\tand why", "and why"),
    ],
)
def test_inline__a_comment__is_read_in_every_language(comment, text):
    (found,) = inline("a.py", 7, comment)
    assert found == Waiver(
        "CTR-02", "planned", text, "2027-03-31", Location("a.py", 7), inline=True
    )


def test_inline__several_rules__give_one_each():
    comment = "# assessor:ignore MSP-01,CTR-02,,CTR-02 until=2027-03-31 reason=planned and why"
    assert [each.rule for each in inline("a.py", 7, comment)] == ["CTR-02", "MSP-01"]


@pytest.mark.parametrize(
    ("said", "flaw", "expires"),
    [
        ("", "expires", ""),
        ("reason=planned", "expires", ""),
        ("until=2027-03-31", "reason", "2027-03-31"),
        ("until=2027-03-31 reason=because", "reason", "2027-03-31"),
        ("until=2027-02-30 reason=planned", "expires", ""),
        ("until=20270331 reason=planned", "expires", ""),
        ("until=2027-W13-3 reason=planned", "expires", ""),
        ("until=tomorrow reason=planned", "expires", ""),
        ("for now until=2027-03-31 reason=planned", "expires", ""),
    ],
)
def test_inline__too_little_said__has_a_flaw(said, flaw, expires):
    (found,) = inline("a.py", 7, f"# assessor:ignore CTR-02 {said}")
    assert (found.flaw, found.expires) == (flaw, expires)


@pytest.mark.parametrize(
    "comment", ["", "# assessor:ignore", "# assessor: ignore CTR-02", "# assessor:ignored CTR-02"]
)
def test_inline__no_rule_named__is_none(comment):
    assert inline("a.py", 7, comment) == ()


def test_inline__a_long_text__is_cut():
    (found,) = inline("a.py", 7, f"# {ASKED} {'x' * 2000}")
    assert found.text == "x" * LONGEST_TEXT
