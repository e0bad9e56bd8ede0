"""How well services that are proposed now fit what a past revision was like."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assessor.graph.cochange import ChangeSets, canonical, count, coupled
from assessor.model.history import History

_FEWEST = 2  # services: all that there is stays inside of a single one
_SHARED = 2  # joint commits of a pair, as an audit wants them


def reached(history: History, ids: Iterable[str]) -> NDArray[np.bool_]:
    """(n_commits,) whether each commit of the history is one of those."""
    return history.commits["id"].isin(set(ids)).to_numpy(dtype=np.bool_)


def names_now(history: History, within: NDArray[np.bool_]) -> dict[str, str]:
    """Path after the commits marked in `within` -> the file's newest name, where that differs."""
    changes = history.changes
    kept = within[changes["commit"].to_numpy()] & (changes["status"] != "D").to_numpy()
    both = pd.DataFrame({"then": changes["path"], "now": canonical(history)})[kept]
    newest = both.drop_duplicates("then")
    pairs = zip(newest["then"].to_list(), newest["now"].to_list(), strict=True)
    return {str(then): str(now) for then, now in pairs if then != now}


def inside(
    pairs: Iterable[tuple[str, str]],
    services: Mapping[str, Sequence[str]],
    *,
    names: Mapping[str, str],
) -> float | None:
    """Share of the pairs that stay in one service, of those with both units in some service.

    names: path -> newest name, where it differs. None where there is no such pair, or a single
    service, in which everything would stay.
    """
    if len(services) < _FEWEST:
        return None
    home = {unit: name for name, units in services.items() for unit in units}
    known = ((home.get(names.get(a, a)), home.get(names.get(b, b))) for a, b in pairs)
    told = [a == b for a, b in known if a is not None and b is not None]
    return sum(told) / len(told) if told else None


def changed_together(
    sets: ChangeSets, within: NDArray[np.bool_], *, units: Iterable[str], cap: int
) -> tuple[tuple[str, str], ...]:
    """Pairs of the units, by newest names, that changed together in the commits of `within`.

    cap: commits of more files are left out. The thresholds are those of an audit.
    """
    kept = np.flatnonzero(within[sets.commits])
    before = ChangeSets(sets.names, sets.members[kept], sets.commits[kept])
    found = coupled(count(before, cap=cap, include=set(units)), min_shared=_SHARED)
    return tuple((pair.a, pair.b) for pair in found)
