"""Files that change together: change sets of a history, counted as one sparse matrix product."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array, diags_array, triu

from assessor.model.coupling import CoChange
from assessor.model.history import History

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ChangeSets:
    """Which files each commit changed.

    names: n file names, sorted. members: (n_sets, n) CSR matrix of ones, newest set first.
    commits: (n_sets,) row number of each set in `History.commits`; 0, 1, … for plain sets.
    """

    names: tuple[str, ...]
    members: csr_array
    commits: Ints


@dataclass(frozen=True, slots=True)
class Counts:
    """What the change sets within the cap say about files and pairs of files.

    sets: the kept ones. dropped: how many were above the cap. revisions: (n,) kept sets with each
    file. shared: (n, n) strictly upper triangular CSR matrix of joint sets.
    """

    sets: ChangeSets
    dropped: int
    revisions: Ints
    shared: csr_array


def canonical(history: History) -> pd.Series:
    """The newest name of the file behind every row of `history.changes`, as a categorical series.

    A rename gives both names to one file; a name that was freed and taken again is two files. One
    alias map is carried from the newest commit to the oldest; once a commit is done, every path it
    added or renamed to loses its alias (older use of that name is another file), and then every
    path it renamed from gets the name that its new path had.
    """
    changes = history.changes
    path, old = _on_common_names(changes)
    names = _newest_names(
        zip(
            changes["commit"].to_list(),
            changes["status"].to_list(),
            path.codes.tolist(),
            old.codes.tolist(),
            strict=True,
        )
    )
    newest = pd.Categorical.from_codes(names, categories=path.categories)
    return pd.Series(newest, index=changes.index, name="canonical")


def _on_common_names(changes: pd.DataFrame) -> tuple[pd.Categorical, pd.Categorical]:
    path, old = (pd.Categorical(changes[column]) for column in ("path", "old_path"))
    if path.categories.equals(old.categories):
        return path, old
    names = pd.Index(sorted({*path.categories, *old.categories}), dtype=object)
    return path.set_categories(names), old.set_categories(names)


def _newest_names(rows: Iterable[tuple[int, str, int, int]]) -> list[int]:
    alias: dict[int, int] = {}
    taken: list[int] = []
    moved: dict[int, int] = {}
    names: list[int] = []
    current = -1
    for commit, status, path, old in rows:
        if commit != current:
            for code in taken:
                alias.pop(code, None)
            alias.update(moved)
            current, taken, moved = commit, [], {}
        name = alias.get(path, path)
        names.append(name)
        if status in {"A", "R"}:
            taken.append(path)
            if status == "R":
                moved[old] = name
    return names


def change_sets(
    history: History, *, follow_renames: bool = True, bots: bool = False, since: int | None = None
) -> ChangeSets:
    """The files of every non-merge commit, newest first; commits without files are left out.

    follow_renames: name files by their newest name; else as committed, where a rename deletes one
    file and adds another, so that both are in the set. bots: keep the commits of bots as well.
    since: only commits with an author time (seconds UTC) at or after this.
    """
    changed = history.changes["commit"].to_numpy(dtype=np.int64)
    if follow_renames:
        names = canonical(history).array
        codes, categories = names.codes.astype(np.int64), names.categories
    else:
        path, old = _on_common_names(history.changes)
        moved = np.flatnonzero(history.changes["status"] == "R")
        codes = np.concatenate([path.codes, old.codes[moved]]).astype(np.int64)
        changed, categories = np.concatenate([changed, changed[moved]]), path.categories
    chosen = _chosen(history.commits, bots=bots, since=since)[changed]
    return _incidence(changed[chosen], codes[chosen], names=categories)


def _chosen(commits: pd.DataFrame, *, bots: bool, since: int | None) -> NDArray[np.bool_]:
    chosen = np.ones(len(commits), dtype=np.bool_)
    if not bots:
        chosen &= ~commits["bot"].to_numpy(dtype=np.bool_)
    if since is not None:
        chosen &= commits["time"].to_numpy(dtype=np.int64) >= since
    return chosen


def plain_sets(sets: Iterable[Iterable[str]]) -> ChangeSets:
    """Change sets given as plain collections of names; repeated names in a set count once."""
    lists = [list(names) for names in sets]
    number: dict[str, int] = {}
    for name in chain.from_iterable(lists):
        number.setdefault(name, len(number))
    codes = np.array([number[name] for name in chain.from_iterable(lists)], dtype=np.int64)
    rows = np.repeat(np.arange(len(lists), dtype=np.int64), [len(names) for names in lists])
    return _incidence(rows, codes, names=pd.Index(list(number), dtype=object))


def _incidence(rows: Ints, codes: Ints, *, names: pd.Index) -> ChangeSets:
    """Rows and name codes of all changes as a matrix over the names that occur, sorted."""
    used = np.unique(codes)
    order = sorted((str(names[code]), int(code)) for code in used.tolist())
    column = np.zeros(len(names), dtype=np.int64)
    column[[code for _, code in order]] = np.arange(len(order))
    cells = np.unique(rows * max(len(order), 1) + column[codes])
    row, col = np.divmod(cells, max(len(order), 1))
    commits, row = np.unique(row, return_inverse=True)
    ones = np.ones(len(cells), dtype=np.int64)
    members = csr_array((ones, (row, col)), shape=(len(commits), len(order)))
    return ChangeSets(tuple(name for name, _ in order), members, commits)


def sizes(sets: ChangeSets) -> Ints:
    """(n_sets,) number of files in each set."""
    return np.diff(sets.members.indptr).astype(np.int64)


def within(sets: ChangeSets, cap: int) -> ChangeSets:
    """The sets of at most `cap` files; larger ones (reformatting, vendoring) tell no design."""
    keep = np.flatnonzero(sizes(sets) <= cap)
    return ChangeSets(sets.names, sets.members[keep], sets.commits[keep])


def count(sets: ChangeSets, *, cap: int = 30, include: Collection[str] | None = None) -> Counts:
    """Revisions and joint change sets of all pairs; the cap holds before any pair is made.

    include: count these files only; the cap still looks at whole commits.
    """
    kept = within(sets, cap)
    if include is not None:
        kept = _only(kept, frozenset(include))
    members = kept.members
    return Counts(
        sets=kept,
        dropped=len(sets.commits) - len(kept.commits),
        revisions=np.asarray(members.sum(axis=0), dtype=np.int64).reshape(-1),
        shared=_upper(members.T @ members),
    )


def _only(sets: ChangeSets, wanted: frozenset[str]) -> ChangeSets:
    columns = [number for number, name in enumerate(sets.names) if name in wanted]
    names = tuple(sets.names[number] for number in columns)
    return ChangeSets(names, csr_array(sets.members[:, columns]), sets.commits)


def _upper(matrix: csr_array) -> csr_array:
    upper = csr_array(triu(matrix, k=1))
    upper.sort_indices()
    return upper


def coupled(
    counts: Counts,
    *,
    min_shared: int = 3,
    min_revs: float = 3,
    min_degree: float = 0.3,
    max_degree: float = 1.0,
) -> tuple[CoChange, ...]:
    """The pairs over the thresholds, strongest first (degree, then joint sets, then names).

    degree: joint sets over the mean of both files' sets, compared exactly. min_revs is asked of
    that mean. max_degree is compared with the degree in whole percent, rounded down.
    Source: A. Tornhill, Your Code as a Crime Scene; the thresholds are those of Code Maat.
    """
    pairs = coo_array(counts.shared)
    a, b, shared = (np.asarray(part, dtype=np.int64) for part in (*pairs.coords, pairs.data))
    total = counts.revisions[a] + counts.revisions[b]
    least = Fraction(min_degree).limit_denominator(10_000)
    most = Fraction(max_degree).limit_denominator(10_000)
    strong = 2 * shared * least.denominator >= total * least.numerator
    weak = (200 * shared) // np.maximum(total, 1) <= int(100 * most)
    passing = strong & weak & (shared >= min_shared) & (total >= 2 * min_revs)
    cells = zip(a[passing].tolist(), b[passing].tolist(), shared[passing].tolist(), strict=True)
    return tuple(sorted((_pair(counts, cell) for cell in cells), key=_strongest_first))


def _strongest_first(pair: CoChange) -> tuple[float, int, str, str]:
    return (-pair.degree, -pair.shared, pair.a, pair.b)


def _pair(counts: Counts, cell: tuple[int, int, int]) -> CoChange:
    a, b, shared = cell
    of_a, of_b = int(counts.revisions[a]), int(counts.revisions[b])
    names = counts.sets.names
    return CoChange(names[a], names[b], shared, of_a, of_b, 2 * shared / (of_a + of_b))


def cochange(
    history: History,
    *,
    cap: int = 30,
    min_shared: int = 3,
    min_revs: float = 3,
    min_degree: float = 0.3,
    follow_renames: bool = True,
    include: Collection[str] | None = None,
    bots: bool = False,
) -> tuple[CoChange, ...]:
    """The pairs of files that change together, strongest first, each with its newest joint commit.

    cap: commits of more files are left out, before anything is counted. include: paths that are
    wanted; the cap still looks at whole commits. bots, follow_renames: as in `change_sets`.
    The lower thresholds than a peer's 5 keep small histories from giving silence.
    """
    sets = change_sets(history, follow_renames=follow_renames, bots=bots)
    counts = count(sets, cap=cap, include=include)
    pairs = coupled(counts, min_shared=min_shared, min_revs=min_revs, min_degree=min_degree)
    newest = _newest_joint(counts.sets, pairs)
    ids = history.commits["id"]
    return tuple(
        replace(pair, commit=str(ids.iloc[row])) for pair, row in zip(pairs, newest, strict=True)
    )


def _newest_joint(sets: ChangeSets, pairs: tuple[CoChange, ...]) -> list[int]:
    """For each pair the row number in `History.commits` of the newest set with both files."""
    number = {name: place for place, name in enumerate(sets.names)}
    columns = csc_array(sets.members)
    columns.sort_indices()

    def sets_with(name: str) -> Ints:
        place = number[name]
        return columns.indices[columns.indptr[place] : columns.indptr[place + 1]].astype(np.int64)

    joint = (np.intersect1d(sets_with(p.a), sets_with(p.b), assume_unique=True) for p in pairs)
    return [int(sets.commits[rows[0]]) for rows in joint]


def weighted(sets: ChangeSets) -> csr_array:
    """(n, n) strictly upper triangular CSR matrix: a joint set of k files counts 1 / (k - 1).

    A file's total is then its number of sets with company. Source: Newman, Phys. Rev. E 64, 2001.
    """
    company = np.maximum(sizes(sets) - 1, 1).astype(np.float64)
    return _upper(sets.members.T @ (diags_array(1.0 / company) @ sets.members))


def sum_of_coupling(sets: ChangeSets) -> dict[str, int]:
    """For each file, how many other files its change sets held in all; no cap is applied.

    Source: A. Tornhill; the measure that Code Maat calls soc.
    """
    company: Ints = sets.members.T @ (sizes(sets) - 1)
    return {name: int(total) for name, total in zip(sets.names, company, strict=True)}
