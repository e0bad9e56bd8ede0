"""Laws of comparing findings that hold for any of them."""

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from assessor.model.basis import Text
from assessor.model.gate import Finding
from assessor.scoring.findings import compared, fingerprints

PATHS = ("a", "b", "c/a", "d")
found = st.builds(
    lambda path, line, rule, fact, claim, snippet: Finding(
        path, line, rule, fact, 2, "major", Text(claim, claim), snippet
    ),
    st.sampled_from(PATHS),
    st.integers(0, 4),
    st.sampled_from(["R-1", "R-2"]),
    st.sampled_from(["f.x", "f.y"]),
    st.sampled_from(["one of 3", "one of 4", "other"]),
    st.sampled_from(["", "aa", "bb"]),
)
many = st.lists(found, max_size=12).map(lambda each: tuple(sorted(each)))
renamings = st.permutations([*PATHS, "n", "m"]).map(
    lambda names: dict(zip(PATHS, names, strict=False))
)


@given(many)
def test_compared__with_itself__nothing_is_new_or_gone(head):
    assert compared(head, head, renames={}) == ((), ())


@given(many, many)
def test_compared__any_two__pair_each_with_one_at_most(head, base):
    fresh, gone = compared(head, base, renames={})
    assert not Counter(fresh) - Counter(head)
    assert not Counter(gone) - Counter(base)
    assert len(head) - len(fresh) == len(base) - len(gone)


@given(many, many)
def test_compared__what_has_no_counterpart__has_none_of_its_rule_and_fact_in_its_file(head, base):
    fresh, gone = compared(head, base, renames={})
    open_ = {(each.rule, each.fact, each.path) for each in gone}
    assert all((each.rule, each.fact, each.path) not in open_ for each in fresh)


@given(many, many)
def test_compared__a_rule_and_its_fact__are_paired_among_themselves(head, base):
    fresh, gone = compared(head, base, renames={})

    def paired(every, left):
        counted = Counter((each.rule, each.fact) for each in every)
        counted.subtract((each.rule, each.fact) for each in left)
        return +counted

    assert paired(head, fresh) == paired(base, gone)


@given(many, many)
def test_compared__the_other_way_round__turns_new_into_gone(head, base):
    fresh, gone = compared(head, base, renames={})
    back, forth = compared(base, head, renames={})
    assert (len(back), len(forth)) == (len(gone), len(fresh))


@given(many, many, st.integers(0, 1000))
def test_compared__shuffled__makes_no_difference(head, base, seed):
    mixed = [list(head), list(base)]
    for each in mixed:
        Random(seed).shuffle(each)  # noqa: S311 - any order will do
    assert compared(*mixed, renames={}) == compared(head, base, renames={})


@given(many, renamings)
def test_compared__all_files_renamed__nothing_is_new_or_gone(base, renames):
    head = [replace(each, path=renames[each.path]) for each in base]
    assert compared(head, base, renames=renames) == ((), ())


@given(many, many, found)
def test_compared__one_more_in_the_head__is_one_new_or_one_gone_less(head, base, added):
    fresh, gone = compared(head, base, renames={})
    more, less = compared(sorted((*head, added)), base, renames={})
    assert (len(more) - len(fresh), len(gone) - len(less)) in {(1, 0), (0, 1)}


@given(many)
def test_fingerprints__any__are_unique_and_do_not_hang_on_lines(head):
    marks = fingerprints(head)
    assert len(set(marks)) == len(head)
    assert marks == fingerprints([replace(each, line=each.line + 7) for each in head])
