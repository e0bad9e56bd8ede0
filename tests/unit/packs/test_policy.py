"""The policy of a gate as written."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders_rules import WORDS, rule, rules

from assessor.errors import PackError
from assessor.model.gate import Policy, WantedLevel, WantedRule
from assessor.model.rules import Domain
from assessor.packs.policy import policy

KNOWN = rules(rule("CTR-02", {2: "image.tagged"}))
SHIPPED = Path(__file__).resolve().parents[3] / "rules" / "policies"
WRITTEN = """\
min_level:
  - {pack: P, level: 2.5, measure: indicative}
  - {pack: P, domain: d, level: 3}
required_rules:
  - {rule: CTR-02, level: 3}
max_new: {critical: 0, major: 1, minor: 2, info: 3}
no_regression: true
min_coverage: 0.5
max_cycles: 4
boundaries: 0
expires_within: 14
inline: change
"""


def _read(content):
    return policy(content.encode("utf-8"), file="p.yaml", rules=KNOWN)


def _errors(content):
    with pytest.raises(PackError) as raised:
        _read(content)
    return str(raised.value).splitlines()


def test_policy__every_key__is_read():
    assert _read(WRITTEN) == Policy(
        min_level=(WantedLevel("P", 2.5, measure="indicative"), WantedLevel("P", 3, "d")),
        required_rules=(WantedRule("CTR-02", 3),),
        max_new={"critical": 0, "major": 1, "minor": 2, "info": 3},
        no_regression=True,
        min_coverage=0.5,
        max_cycles=4,
        boundaries=0,
        expires_within=14,
        inline="change",
    )


def test_policy__no_key__asks_nothing_and_trusts_comments_of_the_base():
    assert _read("{}") == Policy()
    assert _read("{}").inline == "base"


@pytest.mark.parametrize("inline", ["base", "change", "none"])
def test_policy__inline__is_one_of_three(inline):
    assert _read(f"inline: {inline}").inline == inline


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("pack: P, level: 2.5", "pack: Q, level: 2.5", 2, "there is no pack `Q`"),
        ("domain: d", "domain: e", 3, "pack P has no `e`"),
        ("level: 2.5", "level: 0", 2, "`level`: "),
        ("level: 2.5", "level: 5.5", 2, "`level`: "),
        ("level: 2.5", "level: '2.5'", 2, "`level`: "),
        ("indicative", "mean", 2, "`measure`: must be 'claimable' or 'indicative'"),
        ("rule: CTR-02", "rule: CTR-03", 5, "there is no rule `CTR-03`"),
        ("CTR-02, level: 3", "CTR-02, level: 1", 5, "`level`: "),
        ("CTR-02, level: 3", "CTR-02, level: 2.5", 5, "`level`: "),
        ("critical: 0", "grave: 0", 6, "`grave`: must be 'critical', 'major', 'minor' or 'info'"),
        ("critical: 0", "critical: -1", 6, "`critical`: "),
        ("critical: 0", "critical: true", 6, "`critical`: "),
        ("critical: 0", "critical: 0, critical: 1", 6, "key `critical` stands here twice"),
        ("no_regression: true", "no_regression: 1", 7, "`no_regression`: "),
        ("min_coverage: 0.5", "min_coverage: 50", 8, "`min_coverage`: "),
        ("max_cycles: 4", "max_cycles: -1", 9, "`max_cycles`: "),
        ("boundaries: 0", "boundaries: -1", 10, "`boundaries`: "),
        ("boundaries: 0", "boundaries: 0.5", 10, "`boundaries`: "),
        ("boundaries: 0", "boundaries: true", 10, "`boundaries`: "),
        ("expires_within: 14", "expires_within: -1", 11, "`expires_within`: "),
        ("expires_within: 14", "expires_within: '14'", 11, "`expires_within`: "),
        ("expires_within: 14", "expires_in: 14", 11, "unknown key `expires_in`"),
        ("inline: change", "inline: head", 12, "`inline`: must be 'base', 'change' or 'none'"),
    ],
)
def test_policy__a_mistake__is_told_with_its_line(old, new, line, said):
    assert old in WRITTEN
    found = _errors(WRITTEN.replace(old, new, 1))
    assert any(each.startswith(f"p.yaml:{line}: ") and said in each for each in found), found


def test_policy__several_mistakes__are_told_at_once_in_order():
    found = _errors(WRITTEN.replace("boundaries", "bounds").replace("inline: change", "inline: x"))
    assert [each.split(": ")[0] for each in found] == ["p.yaml:10", "p.yaml:12"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "p.yaml: the file is empty"),
        ("# nothing\n", "p.yaml: the file is empty"),
        ("max_new: [", "p.yaml:2: not YAML"),
        ("- max_new", "p.yaml:1: "),
    ],
)
def test_policy__no_such_file__is_told(content, said):
    (found,) = _errors(content)
    assert found.startswith(said)


@pytest.mark.parametrize("name", ["advisory", "ratchet", "level-3"])
def test_policy__shipped__is_read(name):
    packs = tuple(
        replace(KNOWN.packs[0], id=each, domains=(Domain("d", WORDS),))
        for each in ("ARCH", "CTR", "DEVOPS-CD", "MSP")
    )
    content = (SHIPPED / f"{name}.yaml").read_bytes()
    found = policy(content, file=f"{name}.yaml", rules=replace(KNOWN, packs=packs))
    assert (found.min_coverage, found.inline, found.boundaries) == (0.5, "base", None)
