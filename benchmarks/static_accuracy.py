"""Accuracy of references: `python benchmarks/static_accuracy.py ORACLE.json EDGES.csv`.

ORACLE.json: `nodes` (names), `edges` (index of a source -> indices of targets), `ignored_targets`
(indices). EDGES.csv: the references export, with columns source_name, target_name and kind. Only
pairs of two different known names count. References of kind `import` are imports that nothing else
in the file needs; compiled classes do not show them: they are left out unless --imports is given.
"""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

Pairs = set[tuple[str, str]]


def oracle(path: Path) -> tuple[set[str], set[str], Pairs]:
    """Known names, those that are never targets, and the true pairs."""
    given = json.loads(path.read_text(encoding="utf-8"))
    names = given["nodes"]
    ignored = {names[index] for index in given["ignored_targets"]}
    pairs = {
        (names[int(source)], names[target])
        for source, targets in given["edges"].items()
        for target in targets
    }
    return set(names), ignored, pairs


def exported(path: Path, *, imports: bool) -> Pairs:
    """The pairs of names in a references export."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (row["source_name"], row["target_name"])
        for row in rows
        if imports or row["kind"] != "import"
    }


def main(arguments: Sequence[str]) -> None:
    """Compare and print one line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("oracle", type=Path)
    options.add_argument("edges", type=Path)
    options.add_argument("--imports", action="store_true", help="count imports as references")
    given = options.parse_args(arguments)
    names, ignored, true = oracle(given.oracle)
    found = {
        (source, target)
        for source, target in exported(given.edges, imports=given.imports)
        if source in names and target in names and source != target and target not in ignored
    }
    both = len(found & true)
    precision = both / len(found) if found else 0.0
    recall = both / len(true) if true else 0.0
    f1 = 2 * both / (len(found) + len(true)) if both else 0.0
    print(f"precision {precision:.4f}  recall {recall:.4f}  f1 {f1:.4f}  found {len(found)}")


if __name__ == "__main__":
    main(sys.argv[1:])
