"""Finds the data folders that ship with assessor: `rules`, `reports`, `sample_repos`."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def packaged(name: Literal["rules", "reports", "sample_repos"]) -> Path:
    """The folder of that name: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
