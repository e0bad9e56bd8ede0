"""Places that speak against rules, and which of them are new."""

import itertools
from dataclasses import replace

import pytest
from builders_rules import rule, rules

from assessor.model.basis import Evidence, EvidenceKind, Location, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.gate import Finding
from assessor.scoring import score
from assessor.scoring.findings import compared, findings, fingerprints, places, with_snippets


def _finding(path="a", claim="x", *, line=1, rule_="R-1", fact_="f.x", snippet=""):
    return Finding(path, line, rule_, fact_, 2, "major", Text(claim, claim), snippet)


def _fresh(head, base, **renames):
    return compared(head, base, renames=renames)[0]


@pytest.mark.parametrize(
    ("head", "base", "renames", "fresh"),
    [
        ([_finding()], [], {}, 1),
        ([_finding(line=9)], [_finding(line=1)], {}, 0),
        ([_finding(claim="12 lines")], [_finding(claim="11 lines")], {}, 0),
        ([_finding(), _finding(line=2)], [_finding()], {}, 1),
        ([_finding("b")], [_finding("a")], {}, 0),
        ([_finding("b", "y")], [_finding("a")], {}, 1),
        ([_finding("b", "y")], [_finding("a")], {"a": "b"}, 0),
        ([_finding(claim="y")], [_finding()], {}, 0),
        ([_finding("b", "y", snippet="1")], [_finding("a", snippet="1")], {}, 1),
        ([_finding("b", snippet="1")], [_finding("a", snippet="2")], {}, 0),
        ([_finding(rule_="R-2")], [_finding()], {}, 1),
        ([_finding(fact_="f.y")], [_finding()], {}, 1),
        ([], [_finding()], {}, 0),
    ],
    ids=[
        "added", "lower", "other-figures", "one-more", "moved", "elsewhere-and-other",
        "renamed", "other-words", "same-line-elsewhere-and-other", "moved-and-edited",
        "other-rule", "other-fact", "mended",
    ],
)  # fmt: skip
def test_compared__a_finding__has_a_counterpart_or_not(head, base, renames, fresh):
    assert len(_fresh(head, base, **renames)) == fresh


def test_compared__one_more_than_before__the_one_without_its_like():
    base = [_finding(claim="p"), _finding(claim="q", line=2)]
    added = _finding(claim="r", line=3)
    for order in itertools.permutations([*base, added]):
        assert compared(order, base, renames={}) == ((added,), ())


def test_compared__one_less_than_before__the_one_that_is_gone():
    head = [_finding(claim="p"), _finding(claim="q", line=2)]
    gone = _finding(claim="r", line=3)
    for order in itertools.permutations([*head, gone]):
        assert compared(head, order, renames={}) == ((), (gone,))


def test_compared__two_said_alike__what_stands_on_the_line_tells_them_apart():
    old, added = _finding(line=8, snippet="aa"), _finding(line=2, snippet="bb")
    assert _fresh([added, old], [_finding(line=3, snippet="aa")]) == (added,)


@pytest.mark.parametrize(("path", "claim"), [("a", "y"), ("b", "x")], ids=["said", "moved"])
def test_compared__said_otherwise_or_moved__what_stands_on_the_line_tells_them_apart(path, claim):
    added = _finding(path, claim, line=2, snippet="bb")
    old = _finding(path, claim, line=8, snippet="aa")
    assert _fresh([added, old], [_finding("a", "x", snippet="aa")]) == (added,)


def test_compared__order_of_the_given__makes_no_difference():
    alike = [_finding(line=line) for line in (1, 2, 3)]
    base = [_finding(line=line) for line in (7, 8)]
    found = {compared(order, base, renames={}) for order in itertools.permutations(alike)}
    assert len(found) == 1


def test_compared__one_file_split__each_is_the_counterpart_of_one():
    head = [_finding("a"), _finding("b")]
    assert _fresh(head, [_finding("a")]) == (_finding("b"),)


def _found(*evidence, level=2, scope="file", kind=EvidenceKind.REPOSITORY, severity=None):
    made = replace(rule("CTR-02", {level: "tagged"}), severity=severity)
    facts = {"tagged": Fact("tagged", False, evidence)}
    specs = {"tagged": FactSpec("tagged", Text("", ""), "yes-no", kind, scope)}
    return findings(score(rules(made), facts), facts, specs)


def _against(path="Dockerfile", line=4, claim="x", **more):
    return Evidence(Location(path, line), Text(claim, claim), holds=False, **more)


@pytest.mark.parametrize(
    ("level", "severity"), [(2, "major"), (3, "minor"), (4, "info"), (5, "info")]
)
def test_findings__severity__follows_from_the_level(level, severity):
    (found,) = _found(_against(), level=level)
    assert (found.path, found.line, found.level) == ("Dockerfile", 4, level)
    assert found.severity == severity


@pytest.mark.parametrize("level", [2, 5])
def test_findings__severity_of_the_rule__goes_before_the_level(level):
    (found,) = _found(_against(), level=level, severity="critical")
    assert found.severity == "critical"


def test_findings__several_levels_on_one_fact__the_lowest_counts():
    made = rule("CTR-02", {3: "tagged", 2: "tagged", 5: "tagged"})
    facts = {"tagged": Fact("tagged", False, (_against(),))}
    specs = {"tagged": FactSpec("tagged", Text("", ""), "yes-no", EvidenceKind.REPOSITORY)}
    (found,) = findings(score(rules(made), facts), facts, specs)
    assert (found.level, found.severity) == (2, "major")


def test_findings__several_facts_that_say_alike__the_one_of_the_lowest_level():
    made = rule("CTR-02", {2: "b", 3: "a"})
    facts = {name: Fact(name, False, (_against(),)) for name in "ab"}
    specs = {
        name: FactSpec(name, Text("", ""), "yes-no", EvidenceKind.REPOSITORY) for name in "ab"
    }
    (found,) = findings(score(rules(made), facts), facts, specs)
    assert (found.fact, found.level) == ("b", 2)


def test_findings__more_than_is_shown__all_of_them():
    assert len(_found(*(_against(line=line) for line in range(1, 121)))) == 120


def test_findings__what_speaks_for_a_fact_or_is_a_commit__is_none():
    for_it = Evidence(Location("a", 1), Text("x", "x"), holds=True)
    past = Evidence(None, Text("x", "x"), holds=False, commit="c" * 40)
    assert _found(for_it, past, _against(commit="c" * 40)) == ()


@pytest.mark.parametrize(("scope", "count"), [("file", 1), ("code", 1), ("cut", 0), ("past", 0)])
def test_findings__along_a_cut_that_moves_or_of_the_past__are_none(scope, count):
    assert len(_found(_against(), scope=scope)) == count


@pytest.mark.parametrize(
    "kind", [EvidenceKind.GIT, EvidenceKind.IMPORTED, EvidenceKind.ATTESTATION]
)
def test_findings__what_no_file_shows__is_none(kind):
    assert _found(_against(), kind=kind) == ()


def test_findings__a_rule_that_does_not_apply__has_none():
    made = rule("CTR-02", {2: "tagged"}, applies="docker")
    facts = {"tagged": Fact("tagged", False, (_against(),)), "docker": Fact("docker", False)}
    specs = {"tagged": FactSpec("tagged", Text("", ""), "yes-no", EvidenceKind.REPOSITORY)}
    assert findings(score(rules(made), facts), facts, specs) == ()


def test_places__whole_files_and_repetitions__are_left_out():
    found = [_finding("b", line=2), _finding("a", line=0), _finding("b", "y", line=2)]
    assert places(found) == (Location("b", 2),)


def test_with_snippets__how_a_line_is_spaced__makes_no_difference():
    lines = ({Location("a", 1): text} for text in ("FROM  x:1", "\tFROM x:1 ", "FROM x:2"))
    one, same, other = (with_snippets([_finding()], each)[0].snippet for each in lines)
    assert len(one) == 16
    assert (one == same, one == other) == (True, False)


@pytest.mark.parametrize("lines", [{}, {Location("a", 1): " \t"}, {Location("a", 2): "x"}])
def test_with_snippets__nothing_on_the_line__has_none(lines):
    assert with_snippets([_finding()], lines) == (_finding(),)


def test_fingerprints__line_figures_and_level__make_no_difference():
    one = _finding(claim="12 lines", line=1)
    other = replace(one, line=9, claim=Text("十", "7 lines"), level=5, severity="info")
    assert fingerprints([one]) == fingerprints([other])
    assert [len(mark) for mark in fingerprints([one])] == [32]


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "R-2"}, {"fact": "f.y"}, {"path": "b"}, {"claim": Text("x", "y")},
        {"snippet": "ab"},
    ],
    ids=["rule", "fact", "path", "claim", "snippet"],
)  # fmt: skip
def test_fingerprints__what_a_finding_is_about__makes_a_difference(change):
    assert fingerprints([_finding()]) != fingerprints([replace(_finding(), **change)])


def test_fingerprints__alike_in_all__are_numbered():
    found = [_finding(line=1), _finding(line=2), _finding(line=3)]
    assert len(set(fingerprints(found))) == 3
    assert fingerprints(found)[:1] == fingerprints(found[:1])


@pytest.mark.parametrize("odd", [chr(0xDCE9), chr(0xD800), "\U0001f40b", "a\nb"])
def test_fingerprints__odd_characters__are_no_obstacle(odd):
    assert len(set(fingerprints([_finding(odd), _finding(claim=odd)]))) == 2
