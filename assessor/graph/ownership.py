"""Who knows which file: the share of a file's revisions that its authors made."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from assessor.graph.cochange import change_sets, within
from assessor.model.history import History, Ownership


def efforts(revisions: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    """For each file, how many of its revisions each author made. revisions: (file, author)."""
    made: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for path, author in revisions:
        made[path][author] += 1
    return {path: made[path] for path in sorted(made)}


def ownership(
    history: History, *, cap: int = 30, include: Collection[str] | None = None
) -> tuple[Ownership, ...]:
    """The ownership of each file, by path; renames are followed, bots left out.

    cap: commits of more files are left out. include: only these paths.
    """
    sets = within(change_sets(history), cap)
    authors = history.commits["author"].to_list()
    rows, columns = sets.members.nonzero()
    revisions = (
        (sets.names[column], authors[sets.commits[row]])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    )
    wanted = None if include is None else frozenset(include)
    kept = (pair for pair in revisions if wanted is None or pair[0] in wanted)
    return tuple(owned(path, by_author=made) for path, made in efforts(kept).items())


def owned(path: str, *, by_author: Mapping[str, int]) -> Ownership:
    """One file's ownership, from the revisions of each of its authors (at least one).

    The owner made most revisions; of several, the one whose name comes first. Sources: share of
    the top author as in Bird et al., FSE 2011; fragmentation 1 - sum of squared shares as in
    D'Ambros, Lanza, Gall, VISSOFT 2005.
    """
    total = sum(by_author.values())
    owner = min(by_author, key=lambda author: (-by_author[author], author))
    squares = sum(made * made for made in by_author.values())
    return Ownership(
        path=path,
        owner=owner,
        share=by_author[owner] / total,
        revisions=total,
        authors=len(by_author),
        fragmentation=1 - squares / (total * total),
    )
