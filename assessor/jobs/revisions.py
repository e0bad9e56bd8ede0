"""Chooses the past revisions of a trend out of the history of HEAD."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from assessor.collect.lineage import RELEASE
from assessor.errors import UsageError
from assessor.model.history import History
from assessor.model.trend import Asked, Revision

TAGS = "tags"
HEAD = "HEAD"
DAY = 86_400

_AGE = re.compile(r"([1-9]\d{0,3})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def asked(every: str, *, since: tuple[int, int] = (0, 0), last: int = 12) -> Asked:
    """What is asked for by `tags` or by an age such as `3m` (d, w, m of 30 and y of 365 days).

    Raises UsageError for anything else.
    """
    if every == TAGS:
        return Asked(0, since, last)
    match = _AGE.fullmatch(every)
    if match is None:
        raise UsageError(
            f"{every!r} is no distance between revisions; name one like 3m (d w m y)."
        )
    return Asked(int(match[1]) * _DAYS[match[2]] * DAY, since, last)


def chosen(history: History, wanted: Asked) -> tuple[Revision, ...]:
    """The wanted revisions by time, oldest first and each commit once; the last one is HEAD.

    Tags: those of releases that lead to HEAD, thinned evenly where there are too many; the first
    and the newest stay. Raises UsageError where there is none. Dates: the newest commit of the
    trunk that is no younger; of dates with the same one only the latest.
    """
    now = int(history.commits["commit_time"].iloc[0])
    moment, before = wanted.since
    oldest = moment or (now - before if before else 0)
    if wanted.every:
        found = _dated(history, wanted, oldest=oldest)
        return *found, Revision(HEAD, str(history.commits["id"].iloc[0]), now)
    return _released(history, wanted, oldest=oldest)


def _dated(history: History, wanted: Asked, *, oldest: int) -> list[Revision]:
    """Going back from HEAD along its first parents; the oldest comes first."""
    commits = history.commits
    trunk = commits[commits["landed"].to_numpy() == np.arange(len(commits))]
    found: list[Revision] = []
    for row, moment in _steps(trunk["commit_time"].to_list(), wanted.every):
        if moment < oldest or len(found) == wanted.last:
            break
        label = datetime.fromtimestamp(moment, tz=UTC).strftime("%Y-%m-%d")
        id_, time = trunk["id"].iloc[row], trunk["commit_time"].iloc[row]
        found.append(Revision(label, str(id_), int(time)))
    return found[::-1]


def _steps(times: list[int], step: int) -> Iterator[tuple[int, int]]:
    """Row and moment of each step back that leads to another row. times: HEAD's first."""
    row, begin = 0, 0
    for moment in range(times[0] - step, min(times) - 1, -step):
        while row < len(times) and times[row] > moment:
            row += 1
        if row == len(times):
            return
        if row != begin:
            yield row, moment
        begin = row


def _released(history: History, wanted: Asked, *, oldest: int) -> tuple[Revision, ...]:
    """The releases that lead to HEAD, and HEAD unless the newest one is just that."""
    ids = history.commits["id"].to_list()
    times = history.commits["commit_time"].to_list()
    rows = {commit: row for row, commit in enumerate(ids)}
    names: dict[int, str] = {}
    for tag in history.tags:
        if tag.commit in rows and RELEASE.fullmatch(tag.name):
            names.setdefault(rows[tag.commit], tag.name)
    if not names:
        cut = " (this clone is shallow: fetch all of it, with its tags)" if history.shallow else ""
        raise UsageError(f"no release tag leads to HEAD{cut}; ask for dates with --every 3m.")
    ordered = sorted(names, key=lambda row: (times[row], -row))
    kept = _thinned([row for row in ordered if row and times[row] >= oldest], wanted.last)
    found = [Revision(names[row], ids[row], times[row]) for row in kept]
    return *found, Revision(names.get(0, HEAD), ids[0], times[0])


def _thinned(rows: list[int], most: int) -> list[int]:
    """So many of them, evenly, with the first and the newest; only that where it is but one."""
    if len(rows) <= most:
        return rows
    if most == 1:
        return rows[-1:]
    gaps = most - 1
    return [rows[(2 * n * (len(rows) - 1) + gaps) // (2 * gaps)] for n in range(most)]
