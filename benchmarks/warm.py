"""What the cache saves: reading a commit with its history, cold, and warm after one commit more.

    python -m benchmarks.warm REPO [--rev HEAD] [--repeat 3]

Cold is the revision with an empty cache. Warm is the same revision with what an audit of its
first parent left behind, and again with its own. Copying the repository is not counted: it is the
same. Wall seconds, the best of the repeats. The limit is on the ratio for one commit more.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from assessor.collect.cache import open_cache
from assessor.collect.history import mine
from assessor.collect.reading import read
from assessor.collect.repository import open_source

LIMIT = 0.6
START = 0.3  # seconds: what it costs to start a worker, whatever it reads


def main() -> int:
    """Prints the figures; exit status 1 if one commit more costs over the limit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("repo", type=Path)
    parser.add_argument("--rev", default="HEAD")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    rounds = [_round(options.repo, options.rev) for _ in range(options.repeat)]
    cold, more, same, size = (min(column) for column in zip(*rounds, strict=True))
    print(f"cold            {cold:7.2f} s")
    print(f"one commit more {more:7.2f} s   ratio {more / cold:.2f} (limit {LIMIT} and {START} s)")
    print(f"the same commit {same:7.2f} s   ratio {same / cold:.2f}")
    print(f"the cache       {size / 1e6:7.1f} MB")
    return int(more > LIMIT * cold + START)


def _round(repo: Path, rev: str) -> tuple[float, float, float, float]:
    """Seconds cold, after the parent, and once more; bytes of the cache in the end."""
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as scratch:
        cold = _read(repo, rev, cache=Path(scratch, "cold"))
        folder = Path(scratch, "warm")
        _read(repo, f"{rev}^1", cache=folder)
        more = _read(repo, rev, cache=folder)
        same = _read(repo, rev, cache=folder)
        return cold, more, same, sum(file.stat().st_size for file in folder.iterdir())


def _read(repo: Path, rev: str, *, cache: Path) -> float:
    with open_source(repo, rev=rev) as source:
        start = time.perf_counter()
        with open_cache(cache) as opened:
            mine(source, cache=opened)
            read(source, workers=2, report=lambda _stage, _done, _total: None, cache=opened)
        return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
