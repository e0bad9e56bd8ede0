"""Commits that belong together, as one change set: those of one issue, those of one sitting."""

from collections.abc import Hashable, Sequence

import numpy as np
from scipy.sparse import coo_array, csr_array

from assessor.graph.cochange import ChangeSets, count, coupled
from assessor.model.coupling import CoChange
from assessor.model.history import History, LogicalCoupling, LogicalGroup

GAP = 4 * 3600  # seconds between two commits of one sitting


def logical(
    history: History,
    *,
    sets: ChangeSets,
    include: frozenset[str],
    known: Sequence[CoChange],
    cap: int = 30,
) -> tuple[LogicalCoupling, ...]:
    """Pairs of these files that issues or sittings tie together and commits do not.

    sets: the change sets that count. known: the pairs that commits tie together. cap: groups of
    more files are left out. Strongest first, of each kind.
    Sources: T. Zimmermann et al., ICSE 2004, on the commits of one author within a window;
    coupling by issue as CodeScene documents it. Windows are disjoint: no commit counts twice.
    """
    already = {(pair.a, pair.b) for pair in known}
    kinds: tuple[tuple[LogicalGroup, ChangeSets], ...] = (
        ("issue", by_issue(history, sets)),
        ("author", by_author(history, sets)),
    )
    return tuple(
        LogicalCoupling(group, pair.a, pair.b, pair.shared, pair.degree)
        for group, grouped in kinds
        for pair in coupled(count(grouped, cap=cap, include=include))
        if (pair.a, pair.b) not in already
    )


def by_issue(history: History, sets: ChangeSets) -> ChangeSets:
    """One set for all commits that name the same issue; what names none is left out."""
    tickets = history.commits["ticket"].to_numpy()[sets.commits]
    return _grouped(sets, [ticket or None for ticket in tickets.tolist()])


def by_author(history: History, sets: ChangeSets, *, gap: int = GAP) -> ChangeSets:
    """One set for an author's commits of which each is at most `gap` seconds after another."""
    authors = history.commits["author"].astype(str).to_numpy()[sets.commits]
    times = history.commits["time"].to_numpy(dtype=np.int64)[sets.commits]
    groups: list[Hashable] = [None] * len(times)
    last: dict[str, tuple[int, int]] = {}  # author -> number of the sitting, time of its newest
    for number, row in enumerate(np.lexsort((sets.commits, times)).tolist()):
        author, time = str(authors[row]), int(times[row])
        sitting, before = last.get(author, (number, time))
        if time - before > gap:
            sitting = number
        last[author] = (sitting, time)
        groups[row] = sitting
    return _grouped(sets, groups)


def _grouped(sets: ChangeSets, groups: Sequence[Hashable]) -> ChangeSets:
    """The sets of each group joined; group None is left out. The newest commit stands for all."""
    number: dict[Hashable, int] = {}
    cells = [
        (number.setdefault(group, len(number)), row)
        for row, group in enumerate(groups)
        if group is not None
    ]
    at, rows = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    joins = coo_array(
        (np.ones(len(rows), dtype=np.int64), (at, rows)), shape=(len(number), len(groups))
    )
    members = csr_array(joins.tocsr() @ sets.members)
    members.data[:] = 1
    newest = np.full(len(number), np.iinfo(np.int64).max)
    np.minimum.at(newest, at, sets.commits[rows])
    return ChangeSets(sets.names, members, newest)
