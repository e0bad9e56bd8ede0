"""The window of the history that facts about practice look at, and evidence that names commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from assessor.model.basis import Evidence, Text
from assessor.model.facts import Fact, FactSpec
from assessor.model.history import History
from assessor.model.seen import Seen

if TYPE_CHECKING:
    import pandas as pd

DAY = 86_400
DAYS = 180
MONTH = 365.25 / 12
SHALLOW = Text(zh="克隆是浅的,历史被截断。", en="The clone is shallow: its history is cut off.")
EMPTY = Text(zh="历史中没有提交。", en="The history holds no commit.")


@dataclass(frozen=True, slots=True)
class Past:
    """The last days before the tip, as far as the history goes back; never counted from today.

    commits: those in the window by people, not bots; the index is their row in the history.
    landings: of those, the ones on the trunk that brought in the work of people.
    begin, end: seconds UTC.
    """

    history: History
    commits: "pd.DataFrame"
    landings: "pd.DataFrame"
    begin: int
    end: int

    @property
    def days(self) -> float:
        """Length of the window in days, at least one."""
        return max((self.end - self.begin) / DAY, 1.0)


def past(history: History, *, days: int = DAYS) -> Past:
    """The window of so many days that ends with the tip; the history holds at least one commit."""
    commits = history.commits.reset_index(drop=True)
    end = int(commits["commit_time"].iloc[0])
    begin = max(end - days * DAY, int(commits["commit_time"].min()))
    inside = commits[commits["commit_time"].between(begin, end) & ~commits["bot"]]
    landings = inside[(inside["landed"] == inside.index) & ~inside.index.isin(_from_bots(commits))]
    return Past(history, inside, landings, begin, end)


def _from_bots(commits: "pd.DataFrame") -> "pd.Index":
    """Rows of the merges that brought in nothing but the work of bots."""
    aside = commits[commits["landed"] != commits.index]
    alone = aside["bot"].groupby(aside["landed"]).all()
    return alone.index[alone]


def without_history(specs: Iterable[FactSpec], seen: Seen) -> tuple[Fact, ...] | None:
    """All facts as unknown with the reason, if the history cannot be relied on; else None."""
    if seen.history is None:
        reason = Text(zh="没有 git 历史。", en="There is no git history.")
    elif seen.history.shallow:
        reason = SHALLOW
    elif seen.history.commits.empty:
        reason = EMPTY
    else:
        return None
    return tuple(Fact(name=spec.name, value=None, reason=reason) for spec in specs)


def unknown(name: str, *, zh: str, en: str) -> Fact:
    """A fact that the history does not tell."""
    return Fact(name=name, value=None, reason=Text(zh=zh, en=en))


def by_commit(commit: str, claim: Text, *, holds: bool = True) -> Evidence:
    """Evidence that is a commit."""
    return Evidence(None, claim, holds=holds, commit=commit)


def working_days(found: Past) -> int:
    """Mondays to Fridays from the first to the last day of the window, at least one."""
    import numpy as np

    first, last = (_date(seconds) for seconds in (found.begin, found.end))
    return max(int(np.busday_count(first, last + timedelta(days=1))), 1)


def _date(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, tz=UTC).date()
