"""Cyclomatic complexity of Python functions by our own walk, against radon's.

    python -m benchmarks.radon FOLDER

Compares every function that radon lists (`radon.complexity.cc_visit`, methods and closures
included) with what phase A counts, by file, line and simple name. Files that radon cannot parse
are left out and counted. Exit 1 below 99.9 %.
"""

import argparse
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from radon.complexity import add_inner_blocks, cc_visit

from assessor.collect.languages.python import extract
from benchmarks.extraction import sources

GOAL = 0.999

Key = tuple[int, str]


def radons(content: bytes) -> dict[Key, int] | None:
    """(line, name) -> complexity as radon says; None where it cannot parse the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            blocks = cc_visit(content.decode("utf-8-sig"))
    except (SyntaxError, ValueError, RecursionError):
        return None
    return dict(_functions(blocks))


def _functions(blocks: list[Any]) -> Iterator[tuple[Key, int]]:
    for block in add_inner_blocks(blocks):
        if block.letter != "C":
            yield (block.lineno, block.name.rpartition(".")[2]), block.complexity


def ours(path: str, content: bytes) -> dict[Key, int]:
    """(line, name) -> complexity as phase A counts it."""
    said = cast("dict[str, Any]", extract(path, content))
    return {
        (line, name.rpartition(".")[2]): cyclomatic
        for name, line, cyclomatic, _, _ in said["functions"]
    }


def main() -> int:
    """Print functions compared, equal, their share, those that differ; 0 if enough are equal."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    compared = equal = unread = 0
    for path, content in sources(parser.parse_args().folder, "python"):
        truth = radons(content)
        if truth is None:
            unread += 1
            continue
        found = ours(path, content)
        for (line, name), complexity in sorted(truth.items()):
            compared += 1
            if found.get((line, name)) == complexity:
                equal += 1
            else:
                own = found.get((line, name))
                print(f"{path}:{line} {name}: radon {complexity}, ours {own}")
    share = equal / compared if compared else 1.0
    print(f"{compared} functions, {equal} equal, {share:.5f}; {unread} files radon cannot read")
    return 0 if share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
