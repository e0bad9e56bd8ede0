"""The worker: takes one job after the other until nothing is left to do, then ends.

`python -m assessor.jobs.work`, with the store in `ASSESSOR_STORE`, does all that is queued.
"""

import os
import shutil
import sys
from pathlib import Path

from assessor.jobs import processes, slots
from assessor.jobs.limits import Limits, limits, now
from assessor.jobs.running import run
from assessor.store import jobs, opening

ATTEMPTS = 3


def main(arguments: list[str]) -> None:
    """Works in the place that was taken for it, else in one that is free; there may be none.

    arguments: the number of the place, which is held by a descriptor that was left open; or none.
    """
    store = opening.open_store()
    bounds = limits(os.environ)
    folder = slots.folder(store.url)
    if arguments:
        number = int(arguments[0])
    elif (found := slots.taken(folder, count=bounds.workers)) is not None:
        number, _ = found
    else:
        return
    processes.adopt_orphans()
    work(store, folder=folder / f"worker-{number}", limits=bounds)


def work(store: opening.Store, *, folder: Path, limits: Limits) -> None:
    """Does all that is queued, and all whose worker has given no sign of life for a while.

    folder: of this worker alone; what an earlier one left there is removed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    while job := jobs.claim(store, now=now(), stale=now(ago=limits.stale), attempts=ATTEMPTS):
        run(store, job, folder=folder, limits=limits)


if __name__ == "__main__":
    main(sys.argv[1:])
