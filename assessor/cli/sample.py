"""`assessor sample`: the small monoliths that ship with assessor, as git repositories."""

from pathlib import Path
from typing import Annotated

import typer

from assessor.errors import UsageError

app = typer.Typer(help="Small monoliths to try assessor on.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """Name the samples."""
    for folder in samples():
        print(folder.name)


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Name of the sample, from `assessor sample list`.")],
    folder: Annotated[Path, typer.Argument(help="New folder to make the repository in.")],
) -> None:
    """Make a sample a git repository with its history."""
    from assessor.collect.replay import replay

    known = {sample.name: sample for sample in samples()}
    if name not in known:
        raise UsageError(f"{name!r} is no sample; there are: {', '.join(known)}.")
    revision = replay(known[name], folder)
    print(f"{folder}: {name} at {revision}")


def samples() -> list[Path]:
    """The folders of all samples, by name."""
    from assessor.collect.replay import SCRIPT
    from assessor.resources import packaged

    return sorted(path.parent for path in packaged("sample_repos").glob(f"*/{SCRIPT}"))
