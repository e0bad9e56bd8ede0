"""How commits reached the trunk and the releases: landings, side branches, tags."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from assessor.collect import git
from assessor.collect.commits import LATEST, Log
from assessor.model.history import Tag

# A release: an optional name, two to four numbers, at most a word that means "final".
RELEASE = re.compile(
    r"(?!.{200}|.*(?<![a-z])(?:alpha|beta|candidate|cr|dev|m|milestone|pre|preview|rc|snapshot|test)"
    r"(?![a-z]))(?:[\w.-]*?[/_@-])?[vVrR]?\d{1,8}(?:[._-]\d{1,8}){1,3}(?:[.-](?:RELEASE|FINAL|GA))?",
    re.IGNORECASE,
)
_OBSERVABLE = 0.02  # fewer merges than this share of the trunk: side branches were squashed away
_FIELDS = ("refname:strip=2", "objecttype", "objectname", "*objecttype", "*objectname")


def tags(git_dir: Path) -> tuple[Tag, ...]:
    """All tags of commits, by time, then name. time: when the tag was made, else its commit."""
    fields = "%00".join(f"%({field})" for field in (*_FIELDS, "creatordate:unix"))
    said = git.run(git_dir, "for-each-ref", f"--format={fields}", "refs/tags")
    lines = [line.split("\0") for line in said.decode("utf-8", "surrogateescape").split("\n")]
    found = [_tag(*line) for line in lines if len(line) == len(_FIELDS) + 1]
    return tuple(sorted((tag for tag in found if tag), key=lambda tag: (tag.time, tag.name)))


def _tag(*fields: str) -> Tag | None:
    name, kind, target, peeled_kind, peeled, when = fields
    time = min(int(when), LATEST) if re.fullmatch(r"\d{1,19}", when) else 0
    if kind == "commit":
        return Tag(name, target, time)
    return Tag(name, peeled, time) if peeled_kind == "commit" else None


def landings(log: Log) -> np.ndarray:
    """For each commit the row number of the trunk commit that brought it in, (n_commits,) int64.

    The trunk is the chain of first parents from the tip; its own commits land by themselves.
    """
    landed = [-1] * len(log.parents)
    for row in reversed(_trunk(log.parents)):
        landed[row] = row
        _mark(log.parents, row, into=landed, mark=row)
    return np.array(landed, dtype=np.int64)


def _trunk(parents: Sequence[tuple[int, ...]]) -> list[int]:
    chain = [0] if parents else []
    while chain and parents[chain[-1]]:
        chain.append(parents[chain[-1]][0])
    return chain


def _mark(parents: Sequence[tuple[int, ...]], start: int, *, into: list[int], mark: int) -> None:
    """Sets every ancestor of `start` that has no mark yet; marks are closed under ancestry."""
    waiting = list(parents[start])
    while waiting:
        row = waiting.pop()
        if into[row] < 0:
            into[row] = mark
            waiting.extend(parents[row])


def branches(log: Log, landed: np.ndarray) -> tuple[pd.DataFrame, bool]:
    """`History.branches`, and whether side branches can be seen at all.

    The life of a side branch runs from its oldest author date to the commit date of its merge.
    Only merges of two parents on the trunk count. Squashing leaves next to no merges: then the
    life of branches is not observable, which is something else than zero days.
    """
    rows = np.arange(len(landed))
    times = log.table["time"].to_numpy()
    inside = landed != rows
    oldest = pd.Series(times[inside]).groupby(landed[inside]).min()
    merges = oldest.index.to_numpy(dtype=np.int64)
    two = log.table["parents"].to_numpy()[merges] == 2  # noqa: PLR2004 - what it says: two parents
    merges, begun = merges[two], oldest.to_numpy()[two]
    days = np.maximum(log.table["commit_time"].to_numpy()[merges] - begun, 0) / 86_400
    trunk = int((~inside).sum())
    return (
        pd.DataFrame({"merge": merges, "days": days.astype(np.float64)}),
        len(merges) > 0 and len(merges) >= _OBSERVABLE * trunk,
    )


def released(git_dir: Path, log: Log, *, known: tuple[Tag, ...]) -> np.ndarray:
    """For each commit the time of the first release that holds it, 0 = none; (n_commits,) int64.

    Releases on branches of their own count: what lies between them and the trunk is walked too.
    Pre-releases (rc, beta, milestones) are no releases.
    """
    releases = [tag for tag in known if RELEASE.fullmatch(tag.name)]
    rows = {commit: row for row, commit in enumerate(log.table["id"].to_list())}
    parents = [*log.parents]
    if any(tag.commit not in rows for tag in releases):
        parents += _off_trunk(git_dir, releases, rows=rows)
    first = [-1] * len(parents)
    for number, tag in enumerate(releases):
        row = rows[tag.commit]
        if first[row] < 0:
            first[row] = number
            _mark(parents, row, into=first, mark=number)
    times = np.array([*(tag.time for tag in releases), 0], dtype=np.int64)
    return times[np.array(first[: len(log.parents)], dtype=np.int64)]


def _off_trunk(
    git_dir: Path, releases: Iterable[Tag], *, rows: dict[str, int]
) -> list[tuple[int, ...]]:
    """Parents of the commits that only the releases reach; their ids are added to `rows`."""
    tip = next(iter(rows))
    wanted = "".join(f"{tag.commit}\n" for tag in releases if tag.commit not in rows)
    asked = f"{wanted}^{tip}\n".encode()
    said = git.run(git_dir, "rev-list", "--parents", "--topo-order", "--stdin", stdin=[asked])
    lines = [line.split(" ") for line in said.decode("ascii").split("\n") if line]
    for line in lines:
        rows[line[0]] = len(rows)
    return [_known(line[1:], rows=rows) for line in lines]


def _known(ids: Iterable[str], *, rows: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(rows[commit] for commit in ids if commit in rows)
