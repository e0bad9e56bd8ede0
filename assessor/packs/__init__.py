"""Loads rule packs and fact definitions from YAML and says all that is wrong with them."""

from assessor.packs.loading import load

__all__ = ["load"]
