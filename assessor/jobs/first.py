"""What there is to look at when the app is opened: a folder, or the sample shop."""

import os
import tempfile
from pathlib import Path

from assessor.errors import UsageError
from assessor.model.stored import Project, Visitor
from assessor.store import projects
from assessor.store.opening import Store

_SAMPLE = "shop"


def sample_folder() -> Path:
    """Where the sample shop is, or will be once it was asked for."""
    from platformdirs import user_data_path

    return user_data_path("assessor", appauthor=False) / "samples" / _SAMPLE


def sample() -> Path:
    """The sample shop as a repository in the user's data, made at the first call.

    It is there whole or not at all. Raises UsageError where it cannot be made.
    """
    from assessor.collect.replay import replay
    from assessor.resources import packaged

    folder = sample_folder()
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".shop-", dir=folder.parent) as beside:
            made = Path(beside, _SAMPLE)
            replay(packaged("sample_repos") / _SAMPLE, made)
            made.rename(folder)
    except OSError as error:
        if not folder.is_dir():  # else another one was faster
            raise UsageError(f"{folder}: cannot be made ({error.strerror}).") from None
    return folder


def opened(store: Store, who: Visitor, *, folder: Path, now: str) -> Project:
    """The project of a folder, made if there is none. Raises DeniedError and UsageError."""
    real = os.path.realpath(folder)
    if not Path(real).is_dir():
        raise UsageError(f"{folder}: there is no such folder.")
    return projects.add_project(store, who, name=Path(real).name or real, location=real, now=now)
