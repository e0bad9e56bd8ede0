"""Which past revisions a trend is asked for, and what came of it."""

from dataclasses import dataclass

from assessor.model.stored import Point


@dataclass(frozen=True, slots=True)
class Asked:
    """Which past revisions to look at; HEAD always comes on top of them.

    every: seconds from one to the next, back from HEAD; 0 = the release tags. since: (seconds
    since 1970, seconds before HEAD) of the oldest one, 0 = not given. last: at most so many.
    """

    every: int
    since: tuple[int, int] = (0, 0)
    last: int = 12


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision to look at. label: its tag, the date that was asked for, or `HEAD`.

    commit: full id. time: of the commit, seconds UTC.
    """

    label: str
    commit: str
    time: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A revision that could not be assessed, and one sentence on why not."""

    label: str
    revision: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Past revisions in figures, oldest first; the last point is HEAD's."""

    points: tuple[Point, ...]
    unread: tuple[Unread, ...] = ()
