"""A baseline of a repository: written, compared and pruned."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assessor import pipeline
from assessor.collect.cache import users_cache
from assessor.collect.change import renamed
from assessor.collect.repository import open_source
from assessor.gating.bench import Bench
from assessor.model.baseline import Baseline, Drift
from assessor.scoring.baseline import baseline, drift, pruned
from assessor.scoring.regression import Services

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to assess, and with which rules. cache: use what earlier runs read, and keep it."""

    path: Path
    options: pipeline.Options
    rules: Path | None = None
    cache: bool = True


def created(order: Order, *, services: Services | None, report: Report) -> Baseline:
    """All that is there now. services: the accepted partition; None = the proposed one."""
    with (
        users_cache(used=order.cache) as cache,
        open_source(order.path, rev=order.options.rev) as source,
    ):
        bench = Bench(pipeline.rules(order.rules), order.options, cache, report)
        return baseline(bench.head(source), services=services)


def compared(known: Baseline, order: Order, *, report: Report) -> tuple[Drift, Baseline]:
    """How far the baseline and the repository are apart, and the baseline pruned."""
    with (
        users_cache(used=order.cache) as cache,
        open_source(order.path, rev=order.options.rev) as source,
    ):
        bench = Bench(pipeline.rules(order.rules), order.options, cache, report)
        found = bench.head(source)
        renames = renamed(source, known.revision)
    tool = found.assessment.tool
    return drift(known, found, renames=renames), pruned(known, found, renames=renames, tool=tool)
