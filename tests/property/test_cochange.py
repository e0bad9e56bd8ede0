from collections import Counter
from itertools import combinations

from histories import history
from hypothesis import given
from hypothesis import strategies as st

from assessor.graph.cochange import canonical, change_sets, cochange, count, plain_sets, weighted

NAMES = st.sampled_from([f"f{n}" for n in range(7)])
SETS = st.lists(st.frozensets(NAMES, min_size=1), max_size=25)


@st.composite
def changes(draw):
    """One commit's changes of different paths, some of them renames from yet other paths."""
    paths = draw(st.lists(NAMES, min_size=1, unique=True))
    half = len(paths) // 2 if draw(st.booleans()) else 0
    renames = [("R", old, new) for old, new in zip(paths[:half], paths[half:], strict=False)]
    plain = paths[2 * half :]
    return [*renames, *((draw(st.sampled_from("AMD")), path) for path in plain)]


HISTORIES = st.lists(changes(), max_size=12).map(lambda commits: history(*commits))


@given(SETS, st.integers(1, 8))
def test_count__any_sets__agrees_with_counting_by_hand(sets, cap):
    counts = count(plain_sets(sets), cap=cap)
    kept = [sorted(names) for names in sets if len(names) <= cap]
    pairs = Counter(pair for names in kept for pair in combinations(names, 2))
    cells = counts.shared.tocoo()
    name = counts.sets.names
    assert pairs == {
        (name[a], name[b]): n for a, b, n in zip(*cells.coords, cells.data, strict=True)
    }
    revisions = Counter(one for names in kept for one in names)
    assert {n: r for n, r in zip(name, counts.revisions, strict=True) if r} == revisions


@given(st.lists(changes(), max_size=12))
def test_canonical__any_renames__agrees_with_following_every_row_forward(commits):
    past = history(*commits)
    forward = []
    for row, changed in enumerate(commits):
        forward += [_forward(commits, row, change[-1]) for change in changed]
    assert canonical(past).to_list() == forward


def _forward(commits, row, name):
    """The name that the file called so after commit `row` has at the end; 0 is the newest."""
    for later in reversed(commits[:row]):
        moved = {change[1]: change[2] for change in later if change[0] == "R"}
        if name in moved:
            name = moved[name]
        elif any(change[0] in "AR" and change[-1] == name for change in later):
            return name  # the name went to another file; this one is not heard of again
    return name


@given(HISTORIES)
def test_cochange__any_history__is_bounded_and_strongest_first(past):
    pairs = cochange(past, min_shared=1, min_revs=1, min_degree=0)
    assert all(pair.a < pair.b and 0 < pair.degree <= 1 for pair in pairs)
    assert all(p.shared <= min(p.revisions_a, p.revisions_b) for p in pairs)
    assert [*pairs] == sorted(pairs, key=lambda p: (-p.degree, -p.shared, p.a, p.b))


@given(HISTORIES, st.integers(1, 6))
def test_cochange__a_higher_threshold__never_adds_a_pair(past, least):
    loose = cochange(past, min_shared=least, min_revs=1, min_degree=0)
    strict = cochange(past, min_shared=least + 1, min_revs=1, min_degree=0)
    assert set(strict) <= set(loose)


@given(SETS, st.randoms(use_true_random=False))
def test_count__sets_in_another_order__gives_the_same(sets, order):
    shuffled = [*sets]
    order.shuffle(shuffled)
    one, other = count(plain_sets(sets)), count(plain_sets(shuffled))
    assert one.sets.names == other.sets.names
    assert (one.shared != other.shared).nnz == 0


@given(SETS)
def test_weighted__any_sets__totals_count_the_sets_with_company(sets):
    kept = plain_sets(sets)
    upper = weighted(kept)
    totals = (upper + upper.T).sum(axis=1) if kept.names else []
    company = Counter(name for names in sets if len(names) > 1 for name in names)
    assert [round(float(t), 9) for t in totals] == [company[name] for name in kept.names]


@given(HISTORIES)
def test_change_sets__renames_followed__never_holds_more_files(past):
    followed, committed = change_sets(past), change_sets(past, follow_renames=False)
    assert followed.members.nnz <= committed.members.nnz
    assert followed.commits.tolist() == committed.commits.tolist()
