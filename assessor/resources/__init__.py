"""Finds and reads the data that ship with assessor: `rules`, `reports`, `sample_repos`."""

from pathlib import Path
from typing import Literal

import yaml

from assessor.errors import UsageError
from assessor.report.wording import Lang, Wording

_PACKAGE = Path(__file__).resolve().parent.parent


def packaged(name: Literal["rules", "reports", "sample_repos"]) -> Path:
    """The folder of that name: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def wording(lang: Lang, *, folder: Path | None = None) -> Wording:
    """The sentences of a language, from `<folder>/locales/<lang>.yaml`. Raises UsageError."""
    return Wording(lang=lang, sentences=_sentences(folder or packaged("reports"), lang))


def app_wording(lang: Lang) -> Wording:
    """The sentences of a language, with those that only the app says (`app.<lang>.yaml`)."""
    folder = packaged("reports")
    return Wording(lang, {**_sentences(folder, lang), **_sentences(folder, f"app.{lang}")})


def _sentences(folder: Path, name: str) -> dict[str, str]:
    path = folder / "locales" / f"{name}.yaml"
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file, so no wording for {name!r}.")
    loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {str(key): str(sentence) for key, sentence in loaded.items()}
