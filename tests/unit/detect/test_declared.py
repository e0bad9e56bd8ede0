"""Declared facts: selection, values, evidence, what could not be read, look-alikes."""

from dataclasses import replace
from math import inf, nextafter

import pytest

from assessor import detect
from assessor.detect.declared import index, measure
from assessor.model.basis import EvidenceKind, Location, Node, Skip, Text, Unread
from assessor.model.facts import Fact, FactSpec
from assessor.model.records import Artefact, File, FileKind, Records
from assessor.model.rules import Check, DeclaredFact, Rules
from assessor.model.seen import Seen

TAGGED = DeclaredFact(
    spec=FactSpec("image.tagged", Text("有", "Tagged"), unit="share", evidence=EvidenceKind.GIT),
    kind="dockerfile.stage",
    where=(Check("equals", path="external", operand=True),),
    each="",
    check=Check("exists", path="tag", operand=True),
    value="share",
    when_nothing="not-applicable",
    claim=Text(zh="{image} 的 {nothing}", en="{image} has {nothing}"),
)
SKIP = Skip("bad/Dockerfile", 3, "unparsable", "docker", "No FROM.", ("dockerfile.stage",))


def stage(path: str, tag: object, *, line: int = 1, external: object = True) -> Artefact:
    parts = {"image": f"img:{tag}", "tag": tag, "external": external}
    root = {key: Node(line, value) for key, value in parts.items()}  # type: ignore[arg-type]  # any
    return Artefact("dockerfile.stage", Location(path, line), Node(line, root))


def records(
    *artefacts: Artefact, files: tuple[File, ...] = (), skips: tuple[Skip, ...] = ()
) -> Records:
    return Records(files=files, units=(), references=(), artefacts=artefacts, skips=skips)


def measured(fact: DeclaredFact, *artefacts: Artefact, skips: tuple[Skip, ...] = ()) -> Fact:
    return measure(fact, index(records(*artefacts, skips=skips)))


def test_measure__share__judged_only_failing_evidence_first() -> None:
    fact = measured(
        TAGGED,
        stage("a", "1"),
        stage("b", None, line=4),
        stage("c", Unread.TEMPLATED),
        stage("d", "2", external=False),
    )
    assert fact.value == 0.5
    assert [(str(e.location), e.holds) for e in fact.evidence] == [("b:4", False), ("a:1", True)]
    assert fact.evidence[0].claim == Text(zh="img:None 的 —", en="img:None has —")


def test_measure__nothing_selected__as_the_fact_says() -> None:
    zeros = {"share": 0.0, "count": 0, "any": False, "none": True}
    for value, zero in zeros.items():
        fact = replace(TAGGED, value=value, when_nothing="zero")  # type: ignore[arg-type]  # a literal
        assert measured(fact).value == zero
    assert measured(TAGGED).applies is False
    unknown = measured(replace(TAGGED, when_nothing="unknown"))
    assert (unknown.applies, unknown.value, unknown.reason is None) == (True, None, False)


def test_measure__nothing_selected_but_a_file_unread__unknown_with_its_name() -> None:
    for when in ("zero", "not-applicable", "unknown"):
        fact = measured(replace(TAGGED, when_nothing=when), skips=(SKIP,))
        assert (fact.value, fact.applies) == (None, True)
        assert fact.reason is not None
        assert "bad/Dockerfile" in fact.reason.en
        assert "bad/Dockerfile" in fact.reason.zh


def test_measure__unread_file_beside_others__share_stays_absence_is_unknown() -> None:
    seen = (stage("a", "1"), stage("b", None))
    share = measured(TAGGED, *seen, skips=(SKIP,))
    assert (share.value, share.exact) == (0.5, False)
    never = Check("equals", path="tag", operand="9")
    assert measured(replace(TAGGED, value="none", check=never), *seen, skips=(SKIP,)).value is None
    assert measured(replace(TAGGED, value="any", check=never), *seen, skips=(SKIP,)).value is None
    assert measured(replace(TAGGED, value="any"), *seen, skips=(SKIP,)).value is True
    count = measured(replace(TAGGED, value="count"), *seen, skips=(SKIP,))
    assert (count.value, count.exact) == (1, False)


@pytest.mark.parametrize(
    ("tags", "skips", "expected"),
    [
        (("1", "2"), (), (1.0, 1.0, 1.0)),
        (("1", None, "2", Unread.TEMPLATED), (), (2 / 3, 0.5, 0.75)),
        (("1", Unread.TEMPLATED), (), (1.0, 0.5, 1.0)),
        (("1", Unread.TEMPLATED), (SKIP,), (1.0, nextafter(0.0, 1.0), 1.0)),
        ((None,), (SKIP,), (0.0, 0.0, nextafter(1.0, 0.0))),
    ],
    ids=["all-judged", "one-of-four-unseen", "one-of-two-unseen", "file-unread", "none-met"],
)
def test_measure__share_partly_unseen__lies_between_none_and_all_of_it(
    tags: tuple[object, ...], skips: tuple[Skip, ...], expected: tuple[float, float, float]
) -> None:
    fact = measured(TAGGED, *(stage(f"d{n}", tag) for n, tag in enumerate(tags)), skips=skips)
    assert fact.bounds is not None
    assert (fact.value, *fact.bounds) == expected
    assert (fact.reason is None) is fact.exact


def test_measure__share_of_which_a_list_is_templated__has_any_number_unseen() -> None:
    items = Node(3, (Node(4, {"p": Node(5, 1)}),))
    seen = Artefact("k8s.resource", Location("k", 1), Node(1, {"rules": items}))
    root = Node(1, {"rules": Node(3, Unread.TEMPLATED)})
    templated = Artefact("k8s.resource", Location("l", 1), root)
    check = Check("exists", path="p", operand=True)
    fact = replace(TAGGED, kind="k8s.resource", where=(), each="rules[*]", check=check)
    assert measured(fact, seen, templated).bounds == (nextafter(0.0, 1.0), 1.0)
    assert measured(replace(fact, value="count"), seen, templated).bounds == (1, inf)


def test_measure__count_with_templates__one_more_for_each_at_most() -> None:
    fact = measured(replace(TAGGED, value="count"), stage("a", "1"), stage("b", Unread.TEMPLATED))
    assert (fact.value, fact.bounds) == (1, (1, 2))


def test_measure__all_templated__unknown_with_the_place() -> None:
    for value in ("share", "any", "none"):
        fact = measured(replace(TAGGED, value=value), stage("c", Unread.TEMPLATED, line=9))
        assert fact.value is None
        assert fact.reason is not None
        assert "c:9" in fact.reason.en


def test_measure__selection_templated__neither_for_nor_against() -> None:
    fact = measured(TAGGED, stage("a", None), stage("b", "1", external=Unread.TEMPLATED))
    assert fact.value == 0.0
    assert len(fact.evidence) == 1


def test_measure__none__what_holds_speaks_against_it() -> None:
    fact = measured(replace(TAGGED, value="none"), stage("a", "1", line=6), stage("b", None))
    assert fact.value is False
    assert [(str(e.location), e.holds) for e in fact.evidence] == [("a:6", False)]


def test_measure__count_and_any_without_check__all_that_was_selected() -> None:
    seen = (stage("a", "1"), stage("b", None), stage("c", "2", external=False))
    assert measured(replace(TAGGED, value="count", check=None), *seen).value == 2
    assert measured(replace(TAGGED, value="any", check=None), *seen).value is True


def test_measure__each__every_node_with_its_own_line() -> None:
    items = Node(3, (Node(4, {"p": Node(5, 1)}), Node(6, {}), Node(7, Unread.TEMPLATED)))
    artefact = Artefact("k8s.resource", Location("k", 1), Node(1, {"rules": items}))
    check = Check("exists", path="p", operand=True)
    fact = replace(TAGGED, kind="k8s.resource", where=(), each="rules[*]", check=check)
    result = measured(fact, artefact)
    assert result.value == 0.5
    assert [e.location.line for e in result.evidence if e.location] == [6, 5]


def test_measure__more_evidence_than_is_shown__all_of_it() -> None:
    fact = measured(TAGGED, *(stage(f"f{n:02}", None) for n in range(60)))
    assert len(fact.evidence) == 60


def test_measure__facts_that_select_alike__are_judged_each_by_its_own_check() -> None:
    selection = index(records(stage("a", "1"), stage("b", None), stage("c", "9")))
    never = replace(TAGGED, check=Check("equals", path="tag", operand="9"))
    assert [measure(each, selection).value for each in (TAGGED, never)] == [2 / 3, 1 / 3]


def test_measure__same_kind_selected_otherwise__is_selected_anew() -> None:
    selection = index(records(stage("a", "1"), stage("b", None, external=False)))
    every = replace(TAGGED, where=())
    assert [measure(each, selection).value for each in (TAGGED, every)] == [1.0, 0.5]


def test_measure__order_of_artefacts__makes_no_difference() -> None:
    seen = (stage("a", "1"), stage("b", None), stage("c", "3"))
    assert measured(TAGGED, *seen) == measured(TAGGED, *reversed(seen))


@pytest.mark.parametrize("kind", [FileKind.TEST, FileKind.VENDORED, FileKind.GENERATED])
def test_measure__look_alike_file__does_not_count(kind: FileKind) -> None:
    files = (File("a", kind, language="", size=1, blob="0"),)
    skip = replace(SKIP, path="a")
    selection = index(records(stage("a", "1"), files=files, skips=(skip,)))
    assert measure(TAGGED, selection).applies is False


def test_measure__kind_file__made_from_files_vendored_left_out() -> None:
    files = tuple(
        File(path, kind, language="", size=1, blob="0")
        for path, kind in (
            ("docs/README.md", FileKind.DOCUMENTATION),
            ("vendor/README.md", FileKind.VENDORED),
            ("tests/README.md", FileKind.TEST),
        )
    )
    named = Check("equals", path="name", operand="README.md")
    fact = replace(TAGGED, kind="file", where=(named,), check=None, value="count")
    selection = index(records(files=files))
    assert measure(fact, selection).value == 1
    tests = (named, Check("equals", path="kind", operand="test"))
    assert measure(replace(fact, where=tests), selection).value == 1
    assert measure(replace(fact, where=tests), selection).evidence[0].location == Location(
        "tests/README.md"
    )


def test_measure__alternatives__the_greatest_counts_unknown_stays_open() -> None:
    other = replace(TAGGED, kind="compose.service", where=(), alternatives=())
    fact = replace(TAGGED, alternatives=(other,))
    tagged = Artefact("compose.service", Location("c", 1), Node(1, {"tag": Node(1, "1")}))
    assert measured(fact, stage("a", None), tagged).value == 1.0
    assert measured(fact, stage("a", None)).value == 0.0
    assert measured(fact).applies is False
    unread = replace(SKIP, affects=("compose.service",))
    partly = measured(fact, stage("a", None), skips=(unread,))
    assert (partly.value, partly.bounds) == (0.0, (0.0, 1.0))
    some = replace(fact, value="any", alternatives=(replace(other, value="any"),))
    assert measured(some, stage("a", None), skips=(unread,)).value is None
    assert measured(some, stage("a", "1"), skips=(unread,)).exact is True


def test_measure__hostile_claim_value__short_and_on_one_line() -> None:
    artefact = stage("a", "x\n" * 5000)
    fact = replace(TAGGED, claim=Text(zh="{tag}", en="{tag}"))
    said = measured(fact, artefact).evidence[0].claim.en
    assert len(said) == 80
    assert "\n" not in said


def test_facts__declared_and_unseen__sorted_with_reasons() -> None:
    unseen = tuple(
        FactSpec(name, Text("a", "b"), unit="yes-no", evidence=kind)
        for name, kind in (
            ("z.attested", EvidenceKind.ATTESTATION),
            ("a.imported", EvidenceKind.IMPORTED),
        )
    )
    rules = Rules(packs=(), declared=(TAGGED,), unseen=unseen, digest="")
    facts = detect.facts(rules, Seen(records(stage("a", "1"))))
    assert list(facts) == sorted(facts)
    assert facts["image.tagged"].value == 1.0
    assert facts["z.attested"].value is None
    assert str(facts["z.attested"].reason).count("attestation") == 1
    assert "imported" in str(facts["a.imported"].reason)
