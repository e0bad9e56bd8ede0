"""Pure: facts meet rules; outcomes, ladders, roll-up."""

from assessor.scoring.rollup import score

__all__ = ["score"]
