"""Lines added and deleted by the commits of a window: a second pass over the history.

It makes git read and compare contents, which costs about ten times the pass over names, so it goes
over the commits that hotspots look at and no others; what was counted once is kept by commit.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pandas as pd

from assessor.collect import git
from assessor.collect.cache import NOTHING, Cache, fingerprint, key
from assessor.collect.changes import RENAME_LIMIT, SIMILARITY
from assessor.collect.commits import blocks
from assessor.collect.git import GitError
from assessor.collect.repository import Source
from assessor.model.basis import Skip
from assessor.model.history import History

KIND = "churn"
DAY = 86_400
MOST = 3_000  # commits, the newest of the window
SECONDS = 120.0
# Of one commit: paths after the change, lines added to each, lines deleted.
Counted = tuple[list[str], list[int], list[int]]


def lines(
    source: Source,
    history: History,
    *,
    days: int = 365,
    cap: int = 30,
    seconds: float = SECONDS,
    cache: Cache = NOTHING,
) -> tuple[pd.DataFrame | None, tuple[Skip, ...]]:
    """Lines added and deleted by file and commit, as `History.lines`, and why there are none.

    days: how long before the tip's commit the window begins. cap: commits of more files are left
    out, and so are merges and the commits of bots. seconds: wall time; what git has not told by
    then makes all of it unknown, as do contents that are missing. cache: saves counting the lines
    of commits that were seen before, and changes no result.
    """
    if source.git_dir is None or history.commits.empty:
        return None, ()
    if source.missing_blobs:
        return None, (_skip("missing-object", "file contents are missing in the repository"),)
    rows = _wanted(history, days=days, cap=cap)
    oldest = str(history.commits["id"].iloc[-1])  # tells one repository from another
    known = _recalled(cache, source, oldest)
    left = [commit for commit in rows if commit not in known]
    if left:
        try:
            known |= _counted(source.git_dir, left, seconds=seconds)
        except GitError as error:
            return None, (_skip("unreadable", str(error).rstrip(".")),)
        cache.put(KIND, _key(source, oldest), _encoded(rows, known))
    return _table(rows, known), ()


def _skip(code: str, reason: str) -> Skip:
    text = f"The lines that commits change are not counted: {reason}."
    return Skip("", 0, code, "churn", text, ("churn",))


def _wanted(history: History, *, days: int, cap: int) -> dict[str, int]:
    """Id and row number of the commits of the window, newest first."""
    commits, changed = history.commits, history.changes["commit"]
    sizes = changed.value_counts()
    since = int(commits["commit_time"].iloc[0]) - days * DAY
    chosen = (commits["time"] >= since) & ~commits["bot"].astype(bool) & (commits["parents"] <= 1)
    files = sizes.reindex(range(len(commits)), fill_value=0)
    kept = commits.index[chosen & (files > 0) & (files <= cap)][:MOST]
    return dict(zip(commits["id"].loc[kept].tolist(), kept.tolist(), strict=True))


def _counted(git_dir: Path, ids: Sequence[str], *, seconds: float) -> dict[str, Counted]:
    """What git counts of each of these commits."""
    options = (f"-M{SIMILARITY}%", f"-l{RENAME_LIMIT}", "--no-ext-diff", "--no-textconv")
    flags = ("--stdin", "--always", "--root", "-r", "-z", "--numstat", *options)
    asked = iter(["\n".join([*ids, ""]).encode("ascii")])
    told = git.stream(git_dir, "diff-tree", *flags, stdin=asked, seconds=seconds)
    words = chain.from_iterable(blocks(told, errors="surrogateescape"))
    return _parsed(words, ids=frozenset(ids))


def _parsed(words: Iterator[str], *, ids: frozenset[str]) -> dict[str, Counted]:
    """What is told behind each commit's id: for each file counts and a path, or, where it was
    renamed, counts and two paths.
    """
    told: dict[str, Counted] = {}
    found: Counted = ([], [], [])
    for word in words:
        if word in ids:
            found = told.setdefault(word, ([], [], []))
            continue
        added, deleted, path = word.split("\t", 2)
        if not path:  # a rename: the old name, then the new one
            next(words)
            path = next(words)
        found[0].append(path)
        found[1].append(int(added) if added != "-" else 0)  # no lines in binary files
        found[2].append(int(deleted) if deleted != "-" else 0)
    return told


def _table(rows: Mapping[str, int], known: Mapping[str, Counted]) -> pd.DataFrame:
    every = [(row, *known[commit]) for commit, row in rows.items()]
    return pd.DataFrame(
        {
            "commit": [row for row, paths, _, _ in every for _ in paths],
            "path": [path for _, paths, _, _ in every for path in paths],
            "added": list(chain.from_iterable(added for _, _, added, _ in every)),
            "deleted": list(chain.from_iterable(deleted for _, _, _, deleted in every)),
        }
    ).astype({"commit": "int64", "path": "object", "added": "int64", "deleted": "int64"})


def _key(source: Source, oldest: str) -> str:
    """Another git might tell renames differently; objects that are borrowed may lie."""
    return key(fingerprint(), git.version(), source.borrowed, oldest)


def _recalled(cache: Cache, source: Source, oldest: str) -> dict[str, Counted]:
    content = cache.get(KIND, _key(source, oldest))
    if content is None:
        return {}
    return {commit: tuple(counted) for commit, counted in json.loads(content).items()}


def _encoded(rows: Iterable[str], known: Mapping[str, Counted]) -> bytes:
    return json.dumps({commit: known[commit] for commit in rows}).encode("ascii")
