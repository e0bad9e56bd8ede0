"""Speed and memory of the Java front-end on a folder: `python benchmarks/java.py FOLDER`.

The baseline is the parser alone, on the same bytes in the same process. All figures are CPU time,
the median of the rounds; reading the files is not counted.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from assessor.collect.languages.java import extract, resolve
from assessor.collect.languages.java_kinds import parser
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind

Given = TypeVar("Given")
Sources = list[tuple[str, bytes]]


def sources(folder: Path, *, step: int) -> Sources:
    """Path and content of every `step`-th Java file."""
    paths = sorted(folder.rglob("*.java"))[::step]
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def parse_all(files: Sources) -> None:
    """The baseline: each file parsed, its tree dropped."""
    alone = parser()
    for _, content in files:
        alone.parse(content)


def extract_all(files: Sources) -> list[Extracted]:
    """Phase A for all files."""
    return [
        Extracted(File(path, FileKind.SOURCE, "java", len(content), ""), extract(path, content))
        for path, content in files
    ]


def seconds(act: Callable[[], Given]) -> tuple[float, Given]:
    """CPU time of one run, and what it gave."""
    begin = time.process_time()
    given = act()
    return time.process_time() - begin, given


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--step", type=int, default=1, help="take every n-th file only")
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args(arguments)
    files = sources(given.folder, step=given.step)
    rows = [measured(files) for _ in range(given.rounds)]
    parse, extraction, resolution = (median(column) for column in zip(*rows, strict=True))
    size = sum(len(content) for _, content in files) / 1e6
    print(f"{len(files)} files, {size:.1f} MB")
    print(f"parse     {parse:7.2f} s  1.00   {size / parse:.1f} MB/s")
    print(f"extract   {extraction:7.2f} s  {extraction / parse:.2f}   parsing included")
    print(f"resolve   {resolution:7.2f} s  {resolution / parse:.2f}")
    print(f"together  {extraction + resolution:7.2f} s  {(extraction + resolution) / parse:.2f}")
    print(f"peak      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB")


def measured(files: Sources) -> tuple[float, float, float]:
    """One round: CPU seconds of the parser, of phase A, of phase B."""
    parse, _ = seconds(lambda: parse_all(files))
    extraction, extracted = seconds(lambda: extract_all(files))
    resolution, _ = seconds(lambda: resolve(extracted))
    return parse, extraction, resolution


if __name__ == "__main__":
    main(sys.argv[1:])
