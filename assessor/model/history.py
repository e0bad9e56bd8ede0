"""The git history of one tip, columnar."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Tag:
    """A release mark: name, id of the commit it points at, commit time in seconds since 1970
    UTC.
    """

    name: str
    commit: str
    time: int


@dataclass(frozen=True, slots=True)
class History:
    """Commits and changes reachable from one tip, newest first in topological order.

    commits: one row a commit, merges included. Columns: `id` (str, full), `author` (str,
    pseudonym),
      `bot` (bool), `time` (int64, author time, seconds UTC, clamped to 0..9999), `commit_time`
      (int64), `parents`
      (int64), `subject` (str), `reviewed` (bool, by trailer or request number), `issue` (bool,
      issue
      key or number in the message), `revert` (bool), `conventional` (bool), `signed` (bool).
    changes: one row a file of a non-merge commit. Columns: `commit` (int64, row number in
      `commits`), `path` (str, as committed), `old_path` (str, "" unless renamed), `status` (one
      letter of A C D M R T), `similarity` (int64, 0..100), `blob` (str, id after the change).
    tags: sorted by time, then name.
    shallow: the clone was cut; its boundary commits carry no changes here.
    partial: ids of commits whose inexact renames could not be followed since blobs are missing.
    merges_observable: False where a squash flow hides side branches.
    branches: (side-branch merges) row number of the merge commit and days from the oldest author
      date of the side branch to the merge: columns `merge` (int64), `days` (float64).
    """

    commits: pd.DataFrame
    changes: pd.DataFrame
    tags: tuple[Tag, ...]
    branches: pd.DataFrame
    shallow: bool = False
    partial: tuple[str, ...] = ()
    merges_observable: bool = True


@dataclass(frozen=True, slots=True, order=True)
class MethodChange:
    """Two methods of one hot file changed in the same commits; `commit` is the newest of them."""

    path: str
    a: str
    b: str
    shared: int
    commit: str


@dataclass(frozen=True, slots=True)
class XRay:
    """What pydriller finds inside the hottest files.

    methods: most shared first. maintainable_change: delta-maintainability of the newest commits, the
    mean share of low-risk change, [0, 1]; None where nothing could be measured.
    Source: di Biase et al., The Delta Maintainability Model, TechDebt 2019.
    """

    methods: tuple[MethodChange, ...]
    maintainable_change: float | None
