"""Cost of mining a history, against git's own cheapest walk with renames, in the same run.

    python -m benchmarks.history GIT_DIR [--rev HEAD] [--repeat 3]

The baseline is `git rev-list --no-merges --topo-order REV | git diff-tree --stdin -r --root -z
--raw -M` into the null device. Ours also reads metadata, tags and releases and
builds the tables. CPU seconds are user + system, own + children; the best of the repeats counts.
Starting five processes instead of two costs up to a tenth of a second whatever the history: on
small repositories that is most of it, so the limit allows for it.

Besides: what 200 commits more cost with what the cache keeps of the others; the lines of the last
year, a second pass; and pydriller, which looks at a sample of the commits and is multiplied by
their number.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pydriller import Git

from assessor.collect import churn, git
from assessor.collect.cache import open_cache
from assessor.collect.history import mine
from assessor.collect.repository import Source, open_source
from assessor.graph.cochange import change_sets, cochange, count
from assessor.model.history import History

LIMIT = 1.6
START = 0.1
NEW = 200  # commits that an update brings
SAMPLE = 40  # commits that pydriller looks at


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of this process and of its children, and wall seconds."""

    own: float
    children: float
    wall: float

    @property
    def cpu(self) -> float:
        """Both together."""
        return self.own + self.children


def cost(work: Callable[[], object]) -> Cost:
    """What it costs to call `work` once."""
    before = _now()
    work()
    own, children, wall = (b - a for a, b in zip(before, _now(), strict=True))
    return Cost(own, children, wall)


def _now() -> tuple[float, float, float]:
    me = resource.getrusage(resource.RUSAGE_SELF)
    them = resource.getrusage(resource.RUSAGE_CHILDREN)
    return me.ru_utime + me.ru_stime, them.ru_utime + them.ru_stime, time.perf_counter()


def baseline(git_dir: Path, tip: str) -> None:
    """Git alone: two processes joined by a pipe, the output dropped."""
    command = [git.program(), f"--git-dir={git_dir}"]
    env = git.environment()
    walk = subprocess.Popen(
        [*command, "rev-list", "--no-merges", "--topo-order", tip], stdout=subprocess.PIPE, env=env
    )
    differ = [*command, "diff-tree", "--stdin", "-r", "--root", "-z", "--raw", "-M"]
    subprocess.run(differ, stdin=walk.stdout, stdout=subprocess.DEVNULL, env=env, check=True)
    walk.wait()


def opened(git_dir: Path, rev: str) -> Source:
    """The given directory itself as a source; for trusted mirrors only."""
    tip = git.run(git_dir, "rev-parse", "--verify", f"{rev}^{{commit}}").decode().strip()
    shallow = git.run(git_dir, "rev-parse", "--is-shallow-repository").strip() == b"true"
    return Source(
        revision=tip,
        time=0,
        mode="commit",
        git_dir=git_dir,
        root=None,
        shallow=shallow,
        missing_blobs=False,
    )


def main() -> int:
    """Prints the figures; exit status 1 if mining costs more than the limit."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("git_dir", type=Path)
    parser.add_argument("--rev", default="HEAD")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    source = opened(options.git_dir, options.rev)
    found: list[History] = []
    theirs, ours = [], []
    for _ in range(options.repeat):
        theirs.append(cost(lambda: baseline(options.git_dir, source.revision)))
        found.clear()
        ours.append(cost(lambda: found.append(mine(source)[0])))
    best, least = (min(costs, key=lambda c: c.cpu) for costs in (ours, theirs))
    history = found[0]
    pairs = cost(lambda: count(change_sets(history)))
    print(f"commits      {len(history.commits):>9}   changes {len(history.changes):>9}")
    print(f"git alone    {least.cpu:9.2f} CPU s   ({least.wall:.2f} s wall)")
    print(f"mine         {best.cpu:9.2f} CPU s   (own {best.own:.2f} + git {best.children:.2f})")
    print(f"ratio        {best.cpu / least.cpu:9.2f}   (limit {LIMIT:.2f} and {START} s)")
    print(f"all pairs    {pairs.cpu:9.2f} CPU s   ({len(cochange(history))} over the thresholds)")
    _update(source, history)
    lines = cost(lambda: churn.lines(source, history))
    print(f"lines        {lines.cpu:9.2f} CPU s   (of the last year)")
    theirs_all = _pydriller(options.git_dir, history)
    print(f"pydriller    {theirs_all:9.0f} CPU s   ({theirs_all / best.cpu:.0f} times ours)")
    print(f"peak memory  {_peak(resource.RUSAGE_SELF):9.0f} MB own", end="")
    print(f", {_peak(resource.RUSAGE_CHILDREN):.0f} MB git")
    return int(best.cpu > LIMIT * least.cpu + START)


def _update(source: Source, history: History) -> None:
    """Mining with all but the newest commits known, beyond what a known history costs."""
    if len(history.commits) <= NEW:
        return
    before = replace(source, revision=str(history.commits["id"].iloc[NEW]))
    with tempfile.TemporaryDirectory(prefix="assessor-bench-") as folder:

        def again(of: Source) -> Cost:
            with open_cache(Path(folder)) as cache:
                return cost(lambda: mine(of, cache=cache))

        again(before)
        more, same = again(source), again(source)
    print(f"{NEW} more     {more.cpu:9.2f} CPU s   (nothing new: {same.cpu:.2f})")


def _pydriller(git_dir: Path, history: History) -> float:
    """CPU seconds of pydriller for all commits, from a sample spread evenly over them."""
    plain = history.commits["id"][history.commits["parents"] <= 1].to_list()
    sample = plain[:: max(len(plain) // SAMPLE, 1)]
    with open_source(git_dir, rev=str(history.commits["id"].iloc[0])) as source:
        repository = Git(str(source.git_dir))  # a private copy: pydriller writes into it
        spent = cost(lambda: [len(repository.get_commit(each).modified_files) for each in sample])
    return spent.cpu * len(plain) / max(len(sample), 1)


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
