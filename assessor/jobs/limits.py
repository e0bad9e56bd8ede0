"""How much a job may take, and how many run at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assessor.errors import UsageError

WORKERS = "ASSESSOR_JOB_WORKERS"
MINUTES = "ASSESSOR_JOB_MINUTES"
MEMORY = "ASSESSOR_JOB_MEMORY"  # MiB
STALE = "ASSESSOR_JOB_STALE"  # seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a job. seconds: on the clock. memory: bytes. workers: at once on this host.

    stale: seconds without a sign of life, after which a job is begun anew.
    """

    seconds: float = 1800.0
    memory: int = 4 << 30
    workers: int = 1
    stale: float = 20.0


def limits(environment: Mapping[str, str]) -> Limits:
    """The limits that the environment sets, the usual ones otherwise. Raises UsageError."""
    usual = Limits()
    return Limits(
        seconds=_number(environment, MINUTES, usual.seconds / 60) * 60,
        memory=int(_number(environment, MEMORY, usual.memory >> 20)) << 20,
        workers=max(1, int(_number(environment, WORKERS, usual.workers))),
        stale=_number(environment, STALE, usual.stale),
    )


def _number(environment: Mapping[str, str], name: str, usual: float) -> float:
    text = environment.get(name, "")
    try:
        found = float(text) if text else usual
    except ValueError:
        found = 0.0
    if not 0 < found < float("inf"):
        raise UsageError(f"{name}={text!r} is no number above 0.")
    return found


def cores() -> int:
    """How many processes this one may use at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def now(*, ago: float = 0.0) -> str:
    """The time so many seconds ago, ISO 8601 in UTC, as the store writes it."""
    return (datetime.now(UTC) - timedelta(seconds=ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
