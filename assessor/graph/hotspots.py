"""Where change and complexity meet: source units that are both often changed and complex."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from assessor.graph.cochange import change_sets, within
from assessor.model.coupling import Hotspot
from assessor.model.history import History
from assessor.model.records import FileKind, Unit

DAY = 86_400


def hotspots(
    units: Iterable[Unit], history: History, *, days: int | None = 365, cap: int = 30
) -> tuple[Hotspot, ...]:
    """The source units that changed in the window, hottest first (score, then path).

    score: rank of the revisions times rank of the cyclomatic complexity, each the share of source
    units that have at most as much (ties share the mean of their places), so in (0, 1].
    days: how long before the tip's commit the window begins, None = the whole history; never
    counted from today, so that a commit assessed twice gives the same. cap: commits of more files
    are left out, and so are those of bots; renames are followed.
    Source: A. Tornhill, Your Code as a Crime Scene; ranks instead of raw counts, so that neither
    of the two scales decides alone.
    """
    wanted = sorted((u for u in units if u.kind is FileKind.SOURCE), key=lambda unit: unit.path)
    revisions, newest = _revisions(history, days=days, cap=cap)
    changes = np.array([revisions.get(unit.path, 0) for unit in wanted], dtype=np.int64)
    complexity = np.array([unit.cyclomatic for unit in wanted], dtype=np.int64)
    scores = _ranks(changes) * _ranks(complexity)
    ids = history.commits["id"]
    found = [
        Hotspot(
            score=float(score),
            path=unit.path,
            revisions=int(revised),
            complexity=unit.cyclomatic,
            commit=str(ids.iloc[newest[unit.path]]),
        )
        for unit, revised, score in zip(wanted, changes, scores, strict=True)
        if revised
    ]
    return tuple(sorted(found, key=lambda spot: (-spot.score, spot.path)))


def _revisions(
    history: History, *, days: int | None, cap: int
) -> tuple[dict[str, int], dict[str, int]]:
    """For each file its change sets in the window, and the row number of its newest commit."""
    since = None if days is None or history.commits.empty else _tip_time(history) - days * DAY
    sets = within(change_sets(history, since=since), cap)
    members = sets.members.tocsc()
    members.sort_indices()
    counts = np.diff(members.indptr)
    used = np.flatnonzero(counts).tolist()
    first = {sets.names[n]: int(sets.commits[members.indices[members.indptr[n]]]) for n in used}
    return {sets.names[n]: int(counts[n]) for n in used}, first


def _tip_time(history: History) -> int:
    return int(history.commits["commit_time"].iloc[0])


def _ranks(values: np.ndarray) -> np.ndarray:
    return pd.Series(values).rank(pct=True).to_numpy()
