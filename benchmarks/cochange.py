"""Compares our co-change counts with a reference's, pair by pair.

    python -m benchmarks.cochange GIT_DIR REFERENCE_DIR

REFERENCE_DIR holds `summary.json` (revision, cap, figures of both ways to name a file) and
`pairs_as_committed.csv` and `pairs_rename_followed.csv` (all pairs with at least three joint
change sets: a, b, shared, revs_a, revs_b, degree, conf_ab, conf_ba, lift, weighted,
passes_default).
Exit status 1 if one number differs. Bots count, as the reference knows none.
"""

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from scipy.sparse import coo_array

from assessor.collect.history import mine
from assessor.graph.cochange import (
    Counts,
    change_sets,
    count,
    coupled,
    sizes,
    sum_of_coupling,
    weighted,
)
from assessor.model.history import History
from benchmarks.history import opened

MODES = ("as_committed", "rename_followed")


def summary(history: History, *, follow: bool, cap: int) -> tuple[dict[str, Any], Counts]:
    """The reference's summary figures, from our own counts."""
    sets = change_sets(history, follow_renames=follow, bots=True)
    counts = count(sets, cap=cap)
    lines = "".join(f"{a}\t{b}\t{n}\n" for a, b, n in pairs(counts))
    figures: dict[str, Any] = {
        "changesets_with_files": len(sets.commits),
        "dropped_by_cap": counts.dropped,
        "kept": len(counts.sets.commits),
        "file_changes": int(sets.members.sum()),
        "distinct_files": len(sets.names),
        "distinct_files_kept": int((counts.revisions > 0).sum()),
        "pairs": counts.shared.nnz,
        "pair_occurrences": int(counts.shared.sum()),
        "sum_weighted": str(round(float(weighted(counts.sets).sum()), 6)).removesuffix(".0"),
        "pairs_passing_default_thresholds": len(passing(counts)),
        "sha256_of_all_pairs_tsv": hashlib.sha256(
            lines.encode("utf-8", "surrogateescape")
        ).hexdigest(),
        "largest_changeset": int(sizes(sets).max()),
        "top_revs": top(dict(zip(sets.names, counts.revisions.tolist(), strict=True))),
        "top_soc_uncapped": top(sum_of_coupling(sets)),
    }
    return figures, counts


def top(numbers: dict[str, int]) -> list[list[object]]:
    """The fifteen files with the greatest numbers."""
    return [[a, n] for a, n in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:15]]


def pairs(counts: Counts) -> list[tuple[str, str, int]]:
    """All pairs with their joint change sets, by names."""
    cells = coo_array(counts.shared)
    names = counts.sets.names
    found = zip(*(part.tolist() for part in (*cells.coords, cells.data)), strict=True)
    return sorted((names[a], names[b], n) for a, b, n in found)


def passing(counts: Counts) -> set[tuple[str, str]]:
    """The pairs over the peer's default thresholds."""
    found = coupled(counts, min_shared=5, min_revs=5, min_degree=0.3, max_degree=1.0)
    return {(pair.a, pair.b) for pair in found}


def rows(counts: Counts) -> Iterator[list[str]]:
    """The lines of the reference's CSV, from our own counts."""
    kept, over = len(counts.sets.commits), passing(counts)
    weight = weighted(counts.sets)
    number = {name: n for n, name in enumerate(counts.sets.names)}
    of = dict(zip(counts.sets.names, counts.revisions.tolist(), strict=True))
    for a, b, n in sorted(pairs(counts), key=lambda pair: (-pair[2], pair[0], pair[1])):
        if n < 3:
            continue
        yield [
            *(a, b, str(n), str(of[a]), str(of[b])),
            str(int(Fraction(200 * n, of[a] + of[b]))),
            *(f"{n / of[a]:.6f}", f"{n / of[b]:.6f}", f"{n * kept / (of[a] * of[b]):.6f}"),
            f"{float(weight[number[a], number[b]]):.6f}",
            str(int((a, b) in over)),
        ]


def compared(history: History, reference: Path, mode: str) -> int:
    """Prints what agrees; the number of differences."""
    expected = json.loads((reference / "summary.json").read_text("utf-8"))
    figures, counts = summary(history, follow=mode == MODES[1], cap=expected["cap"])
    wanted = expected["modes"][mode]
    wrong = [key for key in wanted if figures.get(key) != wanted[key]]
    for key in wrong:
        print(f"{mode}: {key}: ours {figures.get(key)}, reference {wanted[key]}")
    with (reference / f"pairs_{mode}.csv").open(encoding="utf-8", newline="") as file:
        theirs = list(csv.reader(file))[1:]
    ours = list(rows(counts))
    differing = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]]
    for mine_, other in differing[:5]:
        print(f"{mode}: ours {mine_}\n{' ' * len(mode)}  reference {other}")
    apart = len(differing) + abs(len(ours) - len(theirs))
    print(
        f"{mode}: {len(wanted) - len(wrong)} of {len(wanted)} figures agree, "
        f"{len(theirs) - apart} of {len(theirs)} pairs agree in all columns; "
        f"sha256 of all {counts.shared.nnz} pairs {figures['sha256_of_all_pairs_tsv'][:12]}"
    )
    return apart + len(wrong)


def main() -> int:
    """Compares both ways to name a file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("git_dir", type=Path)
    parser.add_argument("reference", type=Path)
    options = parser.parse_args()
    expected = json.loads((options.reference / "summary.json").read_text("utf-8"))
    history, skips = mine(opened(options.git_dir, expected["revision"]))
    print(f"skips: {len(skips)}; commits: {len(history.commits)}")
    return int(sum(compared(history, options.reference, mode) for mode in MODES) > 0)


if __name__ == "__main__":
    sys.exit(main())
