"""What is kept of a history for the next audit, by commit; no name, address or message is.

A commit never changes, nor does what git says of it: so what is known of it holds at every tip.
Two values a repository: most commits, and those that came since, so that little is written anew.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from assessor.collect import git
from assessor.collect.cache import NOTHING, Cache, fingerprint, key
from assessor.collect.changes import Told
from assessor.collect.repository import Source

KIND = "history"
RECENT = 1000  # commits that may be in the lesser value
_MOST, _SINCE = "most", "since"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of some commits, by id.

    marks: as `Log.marks`. told: all their changes; not of every commit that has marks. since: ids
    of those in the lesser value.
    """

    marks: Mapping[str, int]
    told: Mapping[str, Told]
    since: frozenset[str] = frozenset()


def recall(cache: Cache, source: Source, ids: Sequence[str]) -> Known:
    """What earlier audits learnt of the commits of this repository, of these or of others.

    ids: all commits of the tip, newest first; the oldest tells one repository from another.
    """
    most, since = (_decoded(_value(cache, source, ids, part=part)) for part in (_MOST, _SINCE))
    return Known(
        {**most.marks, **since.marks}, {**most.told, **since.told}, frozenset(since.marks)
    )


def keep(cache: Cache, source: Source, ids: Sequence[str], *, before: Known, fresh: Known) -> None:
    """Adds what was learnt to what was known before. ids: as for `recall`."""
    learnt = [c for c in ids if c not in before.marks or c in fresh.told]
    if cache is NOTHING or not learnt:
        return
    every = Known({**before.marks, **fresh.marks}, {**before.told, **fresh.told})
    since = sorted({*before.since, *learnt})
    if not before.marks or len(since) > RECENT:
        cache.put(KIND, _key(source, ids, part=_MOST), _encoded(ids, every))
        since = []
    cache.put(KIND, _key(source, ids, part=_SINCE), _encoded(since, every))


def _value(cache: Cache, source: Source, ids: Sequence[str], *, part: str) -> bytes | None:
    return cache.get(KIND, _key(source, ids, part=part)) if ids else None


def _key(source: Source, ids: Sequence[str], *, part: str) -> str:
    """Another git might tell renames differently; objects that are borrowed may lie."""
    return key(fingerprint(), git.version(), source.borrowed, ids[-1], part)


def _encoded(ids: Iterable[str], known: Known) -> bytes:
    """Columns of the commits, and of their changes one after the other."""
    listed = list(ids)
    nothing: Told = ((), (), (), ())
    parts = [nothing, *(known.told.get(commit, nothing) for commit in listed)]
    states, blobs, paths, olds = (
        list(chain.from_iterable(column)) for column in zip(*parts, strict=True)
    )
    names = {name: number for number, name in enumerate(sorted({*states, *paths, *olds}))}
    value = {
        "ids": " ".join(listed),
        "marks": [known.marks[commit] for commit in listed],
        "counts": [len(known.told[c][0]) if c in known.told else -1 for c in listed],
        "names": list(names),
        "states": [names[state] for state in states],
        "paths": [names[path] for path in paths],
        "olds": [names[old] for old in olds],
        "blobs": " ".join(blobs),
    }
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def _decoded(content: bytes | None) -> Known:
    """What `_encoded` wrote; nothing at all where it is not that."""
    if content is None:
        return Known({}, {})
    value = json.loads(content)
    ids, counts, names = value["ids"].split(), value["counts"], value["names"]
    states, paths, olds = ([names[n] for n in value[c]] for c in ("states", "paths", "olds"))
    blobs = value["blobs"].split()
    ends = accumulate((max(count, 0) for count in counts), initial=0)
    places = (slice(start, end) for start, end in pairwise(ends))
    told: dict[str, Told] = {
        commit: (states[here], blobs[here], paths[here], olds[here])
        for commit, count, here in zip(ids, counts, places, strict=True)
        if count >= 0
    }
    return Known(dict(zip(ids, value["marks"], strict=True)), told)
