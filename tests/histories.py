"""Histories written by hand for tests of what is computed from them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assessor.model.history import History, Tag

Change = str | tuple[str, str] | tuple[str, str, str]


def history(
    *commits: Sequence[Change],
    columns: Mapping[str, Sequence[object]] | None = None,
    tags: tuple[Tag, ...] = (),
    branches: Sequence[tuple[int, float]] = (),
    shallow: bool = False,
    merges_observable: bool = True,
) -> History:
    """A history, newest commit first. A change is a path (modified), a status and a path, or R
    with the old and the new path. columns: of `History.commits`, where the defaults do not do: one
    author, one commit a day, each landed by itself, nothing said.
    """
    n = len(commits)
    day = [(n - row) * 86_400 for row in range(n)]
    table = {
        "id": [f"{n - row:040x}" for row in range(n)],
        "author": ["author-0001"] * n,
        "bot": [False] * n,
        "time": day,
        "parents": [1] * n,
        "subject": ["Change"] * n,
        "ticket": [""] * n,
        **{
            flag: [False] * n
            for flag in ("reviewed", "issue", "revert", "conventional", "signed", "hotfix")
        },
        "landed": list(range(n)),
        "released": [0] * n,
    } | dict(columns or {})
    table.setdefault("commit_time", table["time"])
    return History(
        commits=pd.DataFrame(table).astype({"author": "category"}),
        changes=_changes(commits),
        tags=tags,
        branches=pd.DataFrame(
            {"merge": [row for row, _ in branches], "days": [days for _, days in branches]}
        ).astype({"merge": "int64", "days": "float64"}),
        shallow=shallow,
        merges_observable=merges_observable,
    )


def _changes(commits: Sequence[Sequence[Change]]) -> pd.DataFrame:
    places = [row for row, changes in enumerate(commits) for _ in changes]
    rows = [_change(change) for changes in commits for change in changes]
    names = sorted({"", *(path for row in rows for path in row[1:])})

    def column(place: int) -> pd.Categorical:
        codes = [names.index(row[place]) for row in rows]
        return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype=object))

    return pd.DataFrame(
        {
            "commit": pd.Series(places, dtype="int64"),
            "path": column(2),
            "old_path": column(1),
            "status": pd.Categorical([row[0] for row in rows], categories=[*"ACDMRT"]),
            "similarity": pd.Series([100 * (row[0] == "R") for row in rows], dtype="int64"),
            "blob": pd.Series(["" for _ in rows], dtype="str"),
        }
    )


def _change(change: Change) -> tuple[str, str, str]:
    if isinstance(change, str):
        return "M", "", change
    if len(change) == 2:
        return change[0], "", change[1]
    return change
