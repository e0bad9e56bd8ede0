"""How sure a placement is: how often other runs keep a unit with its service."""

from collections import Counter
from collections.abc import Sequence


def confidence(services: Sequence[int], *, runs: Sequence[Sequence[int]]) -> list[float]:
    """For every unit the share of the runs that keep it with its service, in [0, 1].

    A group of a run stands for the service that it shares most units with. Without runs: 1.
    """
    kept = [0] * len(services)
    for run in runs:
        stands_for = _stands_for(services, run=run)
        for unit, (service, group) in enumerate(zip(services, run, strict=True)):
            kept[unit] += stands_for[group] == service
    return [count / len(runs) if runs else 1.0 for count in kept]


def _stands_for(services: Sequence[int], *, run: Sequence[int]) -> dict[int, int]:
    overlap: dict[int, Counter[int]] = {}
    for service, group in zip(services, run, strict=True):
        overlap.setdefault(group, Counter())[service] += 1
    return {
        group: min(counts, key=lambda service: (-counts[service], service))
        for group, counts in overlap.items()
    }
