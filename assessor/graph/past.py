"""What git knows of every unit and of every service: how often, how long ago, by how many."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from math import sqrt

import numpy as np
import pandas as pd

from assessor.graph.cochange import ChangeSets, canonical, sum_of_coupling
from assessor.graph.ownership import efforts, owned
from assessor.model.history import History, ServicePast, UnitPast, people_needed

DAY = 86_400
GONE = 365  # days without any commit, after which a person is taken to know the code no more


def unit_pasts(
    history: History, *, sets: ChangeSets, include: Collection[str]
) -> tuple[UnitPast, ...]:
    """The past of each of these files that has one, by path.

    sets: the change sets that count, of files by their newest names.
    Source: A. Tornhill, Your Code as a Crime Scene, on sum of coupling and the age of code.
    """
    company, churn = sum_of_coupling(sets), _churn(history)
    return tuple(
        UnitPast(path, company[path], *ages, *_lines(churn, path))
        for path, ages in _ages(history, sets).items()
        if path in include
    )


def _lines(
    churn: Mapping[str, tuple[int, int]] | None, path: str
) -> tuple[int, int] | tuple[None, None]:
    """Added and deleted ones; none where no commit of the window touched the file."""
    return (None, None) if churn is None else churn.get(path, (0, 0))


def _efforts(
    history: History, sets: ChangeSets, wanted: frozenset[str]
) -> dict[str, Counter[str]]:
    """For each wanted file, how many of its revisions each author made."""
    authors = history.commits["author"].to_list()
    rows, columns = sets.members.nonzero()
    cells = zip(rows.tolist(), columns.tolist(), strict=True)
    revisions = ((sets.names[column], authors[sets.commits[row]]) for row, column in cells)
    return efforts(pair for pair in revisions if pair[0] in wanted)


def _ages(history: History, sets: ChangeSets) -> dict[str, tuple[float, float]]:
    """Days from each file's first and newest commit to the tip's commit.

    A file of which no commit counts has none: `sets` names it, and 1970 is no date of it.
    """
    times = history.commits["time"].to_numpy(dtype=np.int64)[sets.commits]
    tip = int(history.commits["commit_time"].iloc[0]) if len(history.commits) else 0
    rows, columns = sets.members.nonzero()
    oldest = np.full(len(sets.names), np.iinfo(np.int64).max)
    newest = np.zeros(len(sets.names), dtype=np.int64)
    np.minimum.at(oldest, columns, times[rows])
    np.maximum.at(newest, columns, times[rows])
    return {
        name: (_days(tip, int(first)), _days(tip, int(last)))
        for name, first, last in zip(sets.names, oldest, newest, strict=True)
        if first <= last
    }


def _days(tip: int, moment: int) -> float:
    """Never less than none: clocks of authors go wrong."""
    return max(tip - moment, 0) / DAY


def _churn(history: History) -> dict[str, tuple[int, int]] | None:
    """File, by its newest name -> lines added and deleted in the window."""
    if history.lines is None:
        return None
    names = pd.DataFrame(
        {
            "commit": history.changes["commit"].to_numpy(),
            "path": history.changes["path"].astype(str).to_numpy(),
            "newest": canonical(history).astype(str).to_numpy(),
        }
    )
    told = history.lines.merge(names, on=["commit", "path"], how="inner")
    sums = told.groupby("newest", sort=True)[["added", "deleted"]].sum()
    return {
        str(name): (int(added), int(deleted))
        for name, added, deleted in sums.itertuples(name=None)
    }


def service_pasts(
    history: History, *, sets: ChangeSets, home: Mapping[str, str]
) -> tuple[ServicePast, ...]:
    """Who knows each service, by its name. sets: as for `unit_pasts`. home: unit -> service."""
    made = _efforts(history, sets, frozenset(home))
    by_service: defaultdict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for unit, by_author in made.items():
        by_service[home[unit]][unit] = by_author
    active = _active(history)
    effort = {name: sum(units.values(), Counter()) for name, units in by_service.items()}
    return tuple(
        _service(name, by_service[name], effort=effort, active=active)
        for name in sorted(by_service)
    )


def _active(history: History) -> frozenset[str]:
    """The people with a commit in the year before the tip."""
    since = int(history.commits["commit_time"].iloc[0]) - GONE * DAY
    return frozenset(history.commits.loc[history.commits["time"] >= since, "author"].astype(str))


def _service(
    name: str,
    units: Mapping[str, Counter[str]],
    *,
    effort: Mapping[str, Counter[str]],
    active: frozenset[str],
) -> ServicePast:
    owners = [owned(unit, by_author=made).owner for unit, made in units.items()]
    shared = {
        other: likeness
        for other, made in sorted(effort.items())
        if other != name and (likeness := _cosine(effort[name], made)) > 0
    }
    return ServicePast(
        service=name,
        units=len(units),
        revisions=effort[name].total(),
        authors=len(effort[name]),
        needed=people_needed(owners),
        orphaned=sum(owner not in active for owner in owners) / len(owners),
        alone=sum(len(made) == 1 for made in units.values()) / len(units),
        shared=shared,
    )


def _cosine(a: Mapping[str, int], b: Mapping[str, int]) -> float:
    both = sum(made * b[person] for person, made in a.items() if person in b)
    norms = sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return both / norms if norms else 0.0
