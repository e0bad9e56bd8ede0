"""The git history of one tip as columns: one pass for commits, one streamed pass for changes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from assessor.collect import changes, commits, lineage, memory
from assessor.collect.cache import NOTHING, Cache
from assessor.collect.commits import Log
from assessor.collect.git import GitError
from assessor.collect.memory import Known
from assessor.collect.repository import Source
from assessor.model.basis import Skip
from assessor.model.history import History, Tag

BY = "history"
SKIPPED = 100  # at most so many unreadable commits are named one by one


def mine(
    source: Source,
    *,
    since: int | None = None,
    bots: Sequence[str] = commits.BOTS,
    cache: Cache = NOTHING,
) -> tuple[History, tuple[Skip, ...]]:
    """The history reachable from the source's revision, and what of it could not be read.

    since: leaves out commits with a commit time (seconds UTC) before this. bots: see
    `commits.read`. cache: saves asking git for the changes of commits that were seen before, and
    changes no result. Raises `GitError` where not even the list of commits can be read.
    """
    if source.git_dir is None:
        raise GitError("There is no git repository, so there is no history.")
    listed = commits.listing(source.git_dir, source.revision)
    before = memory.recall(cache, source, listed.ids)
    log = commits.log(source.git_dir, source.revision, listed, bots=bots, known=before.marks)
    tags, released, skips = _releases(source.git_dir, log)
    landed = lineage.landings(log)
    branches, observable = lineage.branches(log, landed)
    table = log.table.assign(landed=landed, released=released)
    kept = _since(table, since)
    table, branches = _window(table, branches, kept=kept)
    found = changes.read(
        source.git_dir,
        _asked(source, table),
        complete=not source.missing_blobs,
        known=before.told,
    )
    fresh = Known(dict(zip(listed.ids, log.marks, strict=True)), found.fresh)
    memory.keep(cache, source, listed.ids, before=before, fresh=fresh)
    history = History(
        commits=table,
        changes=found.table,
        tags=tags,
        branches=branches,
        shallow=source.shallow,
        partial=tuple(sorted({*found.partial, *found.unread})),
        merges_observable=observable,
    )
    return history, (*skips, *_lost(found.unread))


def _releases(git_dir: Path, log: Log) -> tuple[tuple[Tag, ...], np.ndarray, tuple[Skip, ...]]:
    """The tags and for each commit the time of its first release; damaged ones cost only these."""
    try:
        tags = lineage.tags(git_dir)
        return tags, lineage.released(git_dir, log, known=tags), ()
    except GitError as error:
        return (), np.zeros(len(log.parents), dtype=np.int64), (_skip("tags", str(error)),)


def _skip(code: str, reason: str) -> Skip:
    return Skip("", 0, code, BY, reason, ("history",))


def _since(table: pd.DataFrame, since: int | None) -> np.ndarray:
    return table["commit_time"].to_numpy() >= (since if since is not None else 0)


def _window(
    table: pd.DataFrame, branches: pd.DataFrame, *, kept: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The kept commits and merges, with row numbers that speak of the kept commits only."""
    if kept.all():
        return table, branches
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    landed = number[table["landed"].to_numpy()[kept]]
    own = np.arange(len(landed))
    table = table[kept].reset_index(drop=True).assign(landed=np.where(landed < 0, own, landed))
    merges = branches[kept[branches["merge"].to_numpy()]].reset_index(drop=True)
    return table, merges.assign(merge=number[merges["merge"].to_numpy()])


def _asked(source: Source, table: pd.DataFrame) -> dict[str, int]:
    """Id and row number of the commits that have changes of their own, newest first.

    A merge repeats the changes of its side branch. Where a shallow clone was cut, a commit seems
    to add every file there is.
    """
    cut = _boundary(source)
    plain = table["parents"].to_numpy() <= 1
    return {
        commit: row
        for row, commit in enumerate(table["id"].to_list())
        if plain[row] and commit not in cut
    }


def _boundary(source: Source) -> frozenset[str]:
    if source.git_dir is None or not source.shallow:
        return frozenset()
    listed = source.git_dir / "shallow"
    return frozenset(listed.read_text("ascii").split()) if listed.is_file() else frozenset()


def _lost(unread: Sequence[str]) -> tuple[Skip, ...]:
    """One skip for each commit whose changes git could not tell; the rest of many as one."""
    named = tuple(
        _skip("missing-object", f"The changes of commit {commit} cannot be read.")
        for commit in unread[:SKIPPED]
    )
    if len(unread) <= SKIPPED:
        return named
    more = len(unread) - SKIPPED
    return (*named, _skip("missing-object", f"The changes of {more} more commits cannot be read."))
