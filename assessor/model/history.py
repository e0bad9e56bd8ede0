"""The git history of one tip, columnar."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # an assessment that is read back needs no tables, and loads without pandas
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Tag:
    """A release mark: name, id of the commit it points at, when it was made.

    time: of the tag if it says one, else of its commit; seconds since 1970 UTC.
    """

    name: str
    commit: str
    time: int


@dataclass(frozen=True, slots=True)
class History:
    """Commits and changes reachable from one tip, newest first in topological order.

    commits: one row a commit, merges included. Columns:
      `id` (str, full), `author` (category, pseudonyms numbered from the oldest commit on),
      `bot` (bool, the author is a program), `time` (int64, author time, seconds UTC, clamped to
      the years 1970 to 9999), `commit_time` (int64, likewise), `parents` (int64, how many),
      `subject` (str), `ticket` (str, the first issue key or number in the subject, "" = none),
      `reviewed` (bool, by trailer, request number or another committer),
      `issue` (bool, issue key or number in the message), `revert` (bool), `conventional` (bool),
      `hotfix` (bool), `signed` (bool, a signature is there; it is not checked), `landed` (int64,
      row number of the commit on the trunk, the chain of first parents, that brought this one in;
      its own for trunk commits), `released` (int64, time of the first release tag that holds it,
      0 = none).
    changes: one row a file of a non-merge commit, in the order of the commits. Columns:
      `commit` (int64, row number in `commits`), `path` (category, as committed), `old_path`
      (category with the same categories, "" unless renamed), `status` (category, one letter of
      A C D M R T), `similarity` (int64, 0..100, of renames, else 0), `blob` (str, id after the
      change, "" if deleted). Bytes that are not UTF-8 are surrogates in paths.
    tags: sorted by time, then name.
    shallow: the clone was cut; its boundary commits carry no changes here.
    partial: ids of commits whose inexact renames could not all be followed, as blobs are missing
      or candidates were too many, or whose changes could not be read at all.
    merges_observable: False where a squash flow hides side branches.
    lines: lines that the commits of the last year changed, one row a file of a commit; binary
      files have none. None where they could not be counted. Columns: `commit` (int64, row number
      in `commits`), `path` (str, after the change), `added`, `deleted` (int64).
    branches: side branches that a merge of two parents brought to the trunk. Columns: `merge`
      (int64, row number of the merge), `days` (float64, from the oldest author date of the branch
      to the commit date of the merge).
    """

    commits: "pd.DataFrame"
    changes: "pd.DataFrame"
    tags: tuple[Tag, ...]
    branches: "pd.DataFrame"
    shallow: bool = False
    partial: tuple[str, ...] = ()
    merges_observable: bool = True
    lines: "pd.DataFrame | None" = None


@dataclass(frozen=True, slots=True, order=True)
class Ownership:
    """Who changed a file: its owner is the author with most of its revisions.

    share: of the revisions that are the owner's, (0, 1]. authors: how many there are.
    fragmentation: 0 where one author made all revisions, towards 1 the more share them evenly.
    """

    path: str
    owner: str
    share: float
    revisions: int
    authors: int
    fragmentation: float


@dataclass(frozen=True, slots=True, order=True)
class UnitPast:
    """What git knows of a file, renames followed; mass commits and those of bots are left out.

    company: how many other files its commits changed, added up (sum of coupling). first, last:
    days from its first and its newest commit to the tip. added, deleted: lines in the last year,
    None where they could not be counted.
    """

    path: str
    company: int
    first: float
    last: float
    added: int | None
    deleted: int | None


@dataclass(frozen=True, slots=True, order=True)
class ServicePast:
    """Who knows a service. authors: people who changed it. needed: how many of them own over half
    of its units (truck factor). orphaned: share of its units whose owner has changed nothing in
    the repository for a year. alone: share of its units that one person made all changes of.

    shared: other service -> cosine of how the two services' revisions spread over people, (0, 1].
    """

    service: str
    units: int
    revisions: int
    authors: int
    needed: int
    orphaned: float
    alone: float
    shared: Mapping[str, float]


LogicalGroup = Literal["issue", "author"]


@dataclass(frozen=True, slots=True, order=True)
class LogicalCoupling:
    """Two units tied by commits that belong together, and not by any commit alone.

    group: what joins the commits: the same `issue`, or one sitting of an `author`. shared: groups
    with both. degree: of the mean of both units' groups, as in co-change.
    """

    group: LogicalGroup
    a: str
    b: str
    shared: int
    degree: float


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

    methods: most shared first. maintainable_change: delta-maintainability of the newest commits,
    the mean share of low-risk change, [0, 1]; None where nothing could be measured.
    measured: ids of the commits that this mean is over, newest first.
    Source: di Biase et al., The Delta Maintainability Model, TechDebt 2019.
    """

    methods: tuple[MethodChange, ...]
    maintainable_change: float | None
    measured: tuple[str, ...] = ()


def people_needed(owners: Iterable[str]) -> int:
    """How many of the owners, the largest first, it takes to own over half of the units.

    owners: one for each unit. Source: G. Avelino et al., ICPC 2016, the author of most revisions
    being the owner.
    """
    counts = sorted(Counter(owners).values(), reverse=True)
    half, held = sum(counts) / 2, 0
    for people, count in enumerate(counts, start=1):
        held += count
        if held > half:
            return people
    return 0
