"""The files that commits changed: the output of one `git diff-tree`, parsed while it runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from assessor.collect import git
from assessor.collect.commits import blocks
from assessor.collect.git import GitError

SIMILARITY = 50  # percent of a file that must stay for a rename to be seen
RENAME_LIMIT = 3000  # added and deleted files of one commit that are compared with each other
RESTARTS = 100  # deaths of git that are stepped over before the rest is given up
MAX_FILES = 200_000  # a commit of more is no work of people; none of its changes are kept
BATCH = 4096
STATES = "ACDMRT"
# What git says of one commit: states, blobs, paths and old paths of the files it changed.
Told = tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]
_NONE: Mapping[str, Told] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Changes:
    """table: as `History.changes`. partial: ids of commits whose renames are not all known.

    unread: ids of commits whose changes could not be told at all. fresh: what git was asked for
    and told for good, by commit: it would tell no more another time.
    """

    table: pd.DataFrame
    partial: tuple[str, ...]
    unread: tuple[str, ...]
    fresh: Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one run of git told, as plain columns. rows: row numbers of the commits.

    seen: how many commits it told of. complete: False if it ended before its time.
    """

    rows: list[int]
    states: list[str]
    blobs: list[str]
    paths: list[str]
    olds: list[str]
    seen: int = 0
    complete: bool = True


def read(
    git_dir: Path,
    rows: Mapping[str, int],
    *,
    complete: bool = True,
    known: Mapping[str, Told] = _NONE,
) -> Changes:
    """The changes of the given commits against their only parent, or against nothing.

    rows: id and row number of each, in the order wanted. complete: False if file contents may be
    missing, so that no pass over all commits may ask for them. known: what git told before, as
    `Changes.fresh`; it is asked for the other commits only.
    """
    left = {commit: row for commit, row in rows.items() if commit not in known}
    told, partial, unread = _asked(git_dir, left, complete=complete)
    given_up = len(partial) + len(unread) > RESTARTS
    if given_up and known:  # how far it came depends on all that it was asked for
        return read(git_dir, rows, complete=complete)
    table = _table(_joined([told, _recalled(rows, known)]) if known else told)
    found = _told(table, rows=rows, partial=partial, unread=unread)
    unsure = left if given_up else {*partial, *found.unread}
    sure = {commit: row for commit, row in left.items() if commit not in unsure}
    return replace(found, fresh=_by_commit(told, sure))


def _asked(
    git_dir: Path, rows: Mapping[str, int], *, complete: bool
) -> tuple[_Part, list[str], list[str]]:
    """What git tells of the commits, and of which it does not tell all renames, or nothing.

    The ordinary case is one run of git. Inexact renames are found by content; where some is
    missing git dies, and what is left is done in two steps: exact renames, which need no
    content, for all, then inexact ones for the commits that may have some.
    """
    ids = list(rows)
    first = _Part([], [], [], [], [], complete=not ids)
    if complete and ids:
        first = _run(git_dir, ids, rows=rows, similarity=SIMILARITY)
    if first.complete:
        return first, [], []
    left = ids[first.seen :]
    parts, unread = _persist(git_dir, left, rows=rows, similarity=100)
    exact = _joined(parts)
    unsure = _both_ways(exact)
    again = [commit for commit in left if rows[commit] in unsure]
    better, partial = _persist(git_dir, again, rows=rows, similarity=SIMILARITY)
    sure = {rows[commit] for commit in again} - {rows[commit] for commit in partial}
    return _joined([first, _without(exact, sure), *better]), partial, unread


def _by_commit(part: _Part, rows: Mapping[str, int]) -> dict[str, Told]:
    """The columns taken apart by commit; also of commits that changed nothing."""
    places: dict[int, slice] = {}
    start = 0
    for row, cells in groupby(part.rows):
        places[row] = slice(start, start := start + len(list(cells)))
    at = ((commit, places.get(row, slice(0))) for commit, row in rows.items())
    return {
        commit: (part.states[here], part.blobs[here], part.paths[here], part.olds[here])
        for commit, here in at
    }


def _recalled(rows: Mapping[str, int], known: Mapping[str, Told]) -> _Part:
    """The columns of all commits that are known, in the order of the rows."""
    part = _Part([], [], [], [], [])
    for commit, row in rows.items():
        if commit in known:
            states, blobs, paths, olds = known[commit]
            part.rows.extend([row] * len(states))
            part.states.extend(states)
            part.blobs.extend(blobs)
            part.paths.extend(paths)
            part.olds.extend(olds)
    return part


def _told(
    table: pd.DataFrame,
    *,
    rows: Mapping[str, int],
    partial: Sequence[str] = (),
    unread: Sequence[str] = (),
) -> Changes:
    """The table without commits of too many files, and which commits it is not whole for."""
    sizes = np.bincount(table["commit"], minlength=max(rows.values(), default=0) + 1)
    if not (sizes > MAX_FILES).any():
        cut = _cut_short(table, rows=rows)
        return Changes(table, (*partial, *cut), tuple(unread), _NONE)
    huge = {commit: row for commit, row in rows.items() if sizes[row] > MAX_FILES}
    table = table[~table["commit"].isin(huge.values())].reset_index(drop=True)
    return _told(table, rows=rows, partial=partial, unread=[*unread, *huge])


def _persist(
    git_dir: Path, ids: Sequence[str], *, rows: Mapping[str, int], similarity: int
) -> tuple[list[_Part], list[str]]:
    """The changes of all commits but those at which git dies; those are named apart."""
    parts: list[_Part] = []
    fatal: list[str] = []
    while ids:
        part = _run(git_dir, ids, rows=rows, similarity=similarity)
        parts.append(part)
        if part.complete:
            break
        fatal += ids[part.seen : part.seen + 1]
        ids = ids[part.seen + 1 :]
        if len(fatal) > RESTARTS:
            return parts, [*fatal, *ids]
    return parts, fatal


def _run(git_dir: Path, ids: Sequence[str], *, rows: Mapping[str, int], similarity: int) -> _Part:
    """One run over the given commits, up to the first at which git dies."""
    options = (f"-M{similarity}%", f"-l{RENAME_LIMIT}", "--no-ext-diff", "--no-textconv")
    flags = ("--stdin", "--always", "--root", "-r", "-z", "--raw", "--no-abbrev", *options)
    asked = ("\n".join([*ids[n : n + BATCH], ""]).encode() for n in range(0, len(ids), BATCH))
    told = git.stream(git_dir, "diff-tree", *flags, stdin=asked)
    return _parsed(blocks(told, errors="surrogateescape"), rows=rows)


def _parsed(told: Iterable[list[str]], *, rows: Mapping[str, int]) -> _Part:
    """The columns of git's NUL-ended answer: a commit's id, then a head and a path or two a file.

    With --always git names each commit, once it is done with it: so the number of names tells at
    which commit it died. This loop runs once a changed file; it is kept plain for speed.
    """
    part = _Part([], [], [], [], [])
    words = chain.from_iterable(told)
    row, seen, width, start = 0, 0, 0, 0
    try:
        for head in words:
            if head[0] != ":":
                row, width, start = rows[head], len(head), len(part.rows)
                seen += 1
                continue
            state, path, old = head[17 + 2 * width :], next(words), ""
            if state[0] in "RC":
                old, path = path, next(words)
            if len(part.rows) - start > MAX_FILES:
                continue
            part.rows.append(row)
            part.states.append(state)
            part.blobs.append(head[16 + width : 16 + 2 * width])
            part.paths.append(path)
            part.olds.append(old)
    except (GitError, StopIteration):
        return replace(part, seen=seen, complete=False)
    return replace(part, seen=seen)


def _joined(parts: Sequence[_Part]) -> _Part:
    """The columns of all parts, one after the other."""
    return _Part(
        rows=[row for part in parts for row in part.rows],
        states=[state for part in parts for state in part.states],
        blobs=[blob for part in parts for blob in part.blobs],
        paths=[path for part in parts for path in part.paths],
        olds=[old for part in parts for old in part.olds],
    )


def _without(part: _Part, unwanted: set[int]) -> _Part:
    keep = [n for n, row in enumerate(part.rows) if row not in unwanted]
    return _Part(
        rows=[part.rows[n] for n in keep],
        states=[part.states[n] for n in keep],
        blobs=[part.blobs[n] for n in keep],
        paths=[part.paths[n] for n in keep],
        olds=[part.olds[n] for n in keep],
    )


def _both_ways(part: _Part) -> set[int]:
    """Row numbers of the commits that leave added as well as deleted files."""
    cells = list(zip(part.rows, part.states, strict=True))
    added = {row for row, state in cells if state == "A"}
    return added & {row for row, state in cells if state == "D"}


def _cut_short(table: pd.DataFrame, *, rows: Mapping[str, int]) -> tuple[str, ...]:
    """Commits that leave more candidates than git compares: it then drops inexact renames."""
    added, deleted = (
        np.bincount(
            table["commit"][table["status"] == letter], minlength=max(rows.values(), default=0) + 1
        )
        for letter in "AD"
    )
    many = added * deleted > RENAME_LIMIT**2
    return tuple(commit for commit, row in rows.items() if many[row]) if many.any() else ()


def _table(part: _Part) -> pd.DataFrame:
    """The columns as a table, by commit, then by path as git sorts; names share categories."""
    names = sorted({"", *part.paths, *part.olds})
    number = {name: code for code, name in enumerate(names)}
    categories = pd.Index(names, dtype=object)
    letter = {state: STATES.find(state[0]) for state in set(part.states)}
    alike = {state: int(state[1:] or 0) for state in letter}
    blobs = ["" if state == "D" else b for state, b in zip(part.states, part.blobs, strict=True)]
    table = pd.DataFrame(
        {
            "commit": np.array(part.rows, dtype=np.int64),
            "path": _categorical([number[name] for name in part.paths], categories),
            "old_path": _categorical([number[name] for name in part.olds], categories),
            "status": _categorical([letter[state] for state in part.states], pd.Index([*STATES])),
            "similarity": np.array([alike[state] for state in part.states], dtype=np.int64),
            "blob": pd.array(blobs, dtype="str"),
        }
    )
    if table["commit"].is_monotonic_increasing:
        return table
    return table.sort_values("commit", kind="stable", ignore_index=True)


def _categorical(codes: list[int], categories: pd.Index) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=categories)
