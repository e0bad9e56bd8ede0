"""Speed and memory of the Java front-end on a folder: `python benchmarks/java.py FOLDER`.

The baseline is the parser alone on the same bytes. Each file is parsed, then extracted, so that
other load on the machine weighs on both alike. All figures are CPU time, the median of the rounds,
each with cold caches; reading the files is not counted. As in a worker, no garbage is collected.
"""

import argparse
import gc
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from assessor.collect.languages.java import extract
from assessor.collect.languages.java_kinds import parser
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind

Sources = list[tuple[str, bytes]]


def sources(folder: Path, *, step: int) -> Sources:
    """Path and content of every `step`-th Java file."""
    paths = sorted(folder.rglob("*.java"))[::step]
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def measured(files: Sources) -> tuple[float, float, float]:
    """One round: CPU seconds of the parser, of phase A, of phase B."""
    forget()
    clock, alone = time.process_time, parser()
    parse = extraction = 0.0
    extracted: list[Extracted] = []
    for path, content in files:
        begin = clock()
        alone.parse(content)
        parsed = clock()
        facts = extract(path, content)
        extraction += clock() - parsed
        parse += parsed - begin
        file = File(path, FileKind.SOURCE, "java", len(content), "")
        extracted.append(Extracted(file, facts))
    begin = clock()
    resolve(extracted)
    return parse, extraction, clock() - begin


def forget() -> None:
    """Empty the caches that last from file to file, and drop garbage: as at the start of a run."""
    modules = [module for name, module in sys.modules.items() if name.startswith("assessor.")]
    for module in modules:
        for value in vars(module).values():
            clear = getattr(value, "cache_clear", None)
            if clear is not None:
                clear()
    gc.collect()


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--step", type=int, default=1, help="take every n-th file only")
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args(arguments)
    files = sources(given.folder, step=given.step)
    gc.disable()
    rows = [measured(files) for _ in range(given.rounds)]
    for parse, extraction, resolution in rows:
        print(f"round: {extraction / parse:.2f} + {resolution / parse:.2f}")
    parse, extraction, resolution = (median(column) for column in zip(*rows, strict=True))
    size = sum(len(content) for _, content in files) / 1e6
    print(f"{len(files)} files, {size:.1f} MB")
    print(f"parse     {parse:7.2f} s  1.00   {size / parse:.1f} MB/s")
    print(f"extract   {extraction:7.2f} s  {extraction / parse:.2f}   parsing included")
    print(f"resolve   {resolution:7.2f} s  {resolution / parse:.2f}")
    print(f"together  {extraction + resolution:7.2f} s  {(extraction + resolution) / parse:.2f}")
    print(f"peak      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
