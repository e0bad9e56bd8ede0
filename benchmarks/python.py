"""CPU of reading Python, against parsing alone on the same bytes, in the same run.

    python -m benchmarks.python FOLDER [--repeat 3]

Rows: `parse` (tree-sitter alone), `extract` (phase A, which parses too), `resolve` (phase B),
`both`, and apart from these `metrics` (radon's figures). `parse` and `extract` take turns on each
file, and in being the first, who finds cold caches; the median of the repeats counts. Facts are
dropped while timing, as a worker does that has sent them on. Exit 1 if A and B together cost more
than two and a half times what parsing costs.
"""

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from assessor.collect.languages.python import extract, resolve
from assessor.collect.languages.python_metrics import measure
from assessor.collect.languages.python_tree import parse
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind

LIMIT = 2.5

Sources = list[tuple[str, bytes]]


def sources(folder: Path) -> Sources:
    """(path, content) of all Python files below a folder, sorted."""
    found = sorted(path for path in folder.rglob("*.py") if path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in found]


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    before = time.process_time()
    work()
    return time.process_time() - before


def measured(files: Sources, *, repeat: int) -> dict[str, float]:
    """CPU seconds of each row, the median of the repeats."""
    rows: dict[str, list[float]] = {}
    for turn in range(repeat):
        totals = {"parse": 0.0, "extract": 0.0}
        for number, (path, content) in enumerate(files, turn):
            works: list[tuple[str, Callable[[], object]]] = [
                ("parse", partial(parse, content)),
                ("extract", partial(extract, path, content)),
            ]
            for name, work in works if number % 2 else works[::-1]:
                totals[name] += cpu(work)
        totals["metrics"] = sum(cpu(partial(measure, path, content)) for path, content in files)
        extracted = [_extracted(path, content) for path, content in files]
        totals["resolve"] = cpu(partial(resolve, extracted))
        for name, seconds in totals.items():
            rows.setdefault(name, []).append(seconds)
    return {name: median(seconds) for name, seconds in rows.items()}


def _extracted(path: str, content: bytes) -> Extracted:
    file = File(path, FileKind.SOURCE, "python", len(content), "")
    return Extracted(file, extract(path, content))


def main() -> int:
    """Print seconds, ratios and throughput; 0 within the limit, 1 beyond."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    files = sources(options.folder)
    size = sum(len(content) for _, content in files) / 1e6
    rows = measured(files, repeat=options.repeat)
    rows["both"] = rows["extract"] + rows["resolve"]
    print(f"{len(files)} files, {size:.1f} MB, {size / rows['both']:.1f} MB/s")
    for name in ("parse", "extract", "resolve", "both", "metrics"):
        print(f"{name:8} {rows[name]:7.3f} s  {rows[name] / rows['parse']:5.2f} x parse")
    return 0 if rows["both"] <= LIMIT * rows["parse"] else 1


if __name__ == "__main__":
    sys.exit(main())
