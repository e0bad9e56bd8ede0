"""Finds and reads the data that ship with assessor: `rules`, `reports`, `sample_repos`."""

from pathlib import Path
from typing import Literal

import yaml

from assessor.errors import UsageError
from assessor.report.wording import Lang, Wording

_PACKAGE = Path(__file__).resolve().parent


def packaged(name: Literal["rules", "reports", "sample_repos"]) -> Path:
    """The folder of that name: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def wording(lang: Lang, *, folder: Path | None = None) -> Wording:
    """The sentences of a language, from `<folder>/locales/<lang>.yaml`. Raises UsageError."""
    path = (folder or packaged("reports")) / "locales" / f"{lang}.yaml"
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file, so no wording for language {lang!r}.")
    loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Wording(lang=lang, sentences={str(k): str(v) for k, v in loaded.items()})
