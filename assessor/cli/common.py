"""What several commands share: options, progress on standard error, output."""

import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.errors import IncompleteError, UsageError
from assessor.jobs.limits import cores

if TYPE_CHECKING:
    from assessor.collect.cache import Cache
    from assessor.model.assessment import Assessment
    from assessor.model.view import View
    from assessor.pipeline import Options
    from assessor.report.wording import Lang

Report = Callable[[str, int, int], None]

STAGES = {
    "copy": "Copying the repository safely",
    "inventory": "Taking stock of the files",
    "history": "Reading the history",
    "code": "Reading the code",
    "platform": "Reading build, deployment and pipeline files",
    "graph": "Building the coupling graph",
    "partition": "Looking for services",
    "xray": "X-raying the hotspots",
    "score": "Scoring",
}


class Language(StrEnum):
    """Languages of the report."""

    ZH = "zh"
    EN = "en"


Target = Annotated[Path, typer.Argument(help="Repository (or folder with --worktree).")]
Repository = Annotated[Path, typer.Argument(help="Repository: a work tree or a bare one.")]
Rev = Annotated[str, typer.Option("--rev", help="Revision to assess: branch, tag or commit.")]
Worktree = Annotated[
    bool, typer.Option("--worktree", help="Assess the files on disk instead of a commit.")
]
Workers = Annotated[
    int, typer.Option("--workers", min=0, max=64, help="Worker processes; 0 = one a core.")
]
Services = Annotated[
    int | None,
    typer.Option("--services", min=1, help="Number of services; chosen from the data if absent."),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        help="Oldest history to count: 2024-01-31, or 18m before the revision (d w m y).",
    ),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file, not to the terminal.")
]
Lang_ = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of the report; from the locale if absent."),
]
RulesFolder = Annotated[
    Path | None, typer.Option("--rules", help="Folder of rule packs to use instead of ours.")
]
XRay = Annotated[
    int,
    typer.Option(
        "--xray", min=0, max=50, help="Look for methods changed together in so many hotspots."
    ),
]
MinCoverage = Annotated[
    float,
    typer.Option(
        "--min-coverage", min=0, max=1, help="Exit 4 if a smaller share of files was readable."
    ),
]
Cached = Annotated[
    bool,
    typer.Option("--cache/--no-cache", help="Keep what was read for the next run, and use it."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]

_AGE = re.compile(r"(\d{1,4})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
DAY = 86_400


def options(
    *,
    rev: str,
    worktree: bool,
    workers: int,
    services: int | None = None,
    since_text: str | None = None,
    xray: int = 0,
) -> "Options":
    """What the options of the command line ask of an audit. Raises UsageError for a bad age."""
    from assessor import pipeline

    return pipeline.Options(
        rev=rev,
        worktree=worktree,
        services=services,
        since=since(since_text),
        since_text=since_text,
        xray=xray,
        workers=workers or cores(),
    )


@contextmanager
def kept(*, used: bool, quiet: bool) -> "Iterator[Cache]":
    """The user's cache; why it could not be used is told on standard error."""
    from assessor.collect.cache import users_cache

    with users_cache(used=used) as cache:
        yield cache
    if cache.note and not quiet:
        print(f"assessor: {cache.note}", file=sys.stderr)


def language(chosen: Language | None) -> "Lang":
    """The chosen language, else Chinese where the locale is Chinese, else English."""
    if chosen is not None:
        return "zh" if chosen is Language.ZH else "en"
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((name for name in names if name), "").startswith("zh") else "en"


def since(text: str | None) -> "tuple[int, int]":
    """(seconds since 1970, seconds before the tip): the one that was given, 0 for the other.

    Raises UsageError for anything but a date or an age.
    """
    if text is None:
        return 0, 0
    if match := _AGE.fullmatch(text):
        return 0, int(match[1]) * _DAYS[match[2]] * DAY
    try:
        return int(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).timestamp()), 0
    except ValueError:
        raise UsageError(
            f"--since {text!r} is neither a date like 2024-01-31 nor an age like 18m (d w m y)."
        ) from None


@contextmanager
def progress(*, quiet: bool) -> Iterator[Report]:
    """Bars on standard error, one a stage; silent if asked, or if nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        yield report


def complete(found: "Assessment", least: float) -> None:
    """Raises IncompleteError where less than that share of the readable files could be read."""
    if found.inventory.coverage < least:
        raise IncompleteError(
            f"only {found.inventory.coverage:.0%} of the readable files could be read, less than"
            f" --min-coverage {least:g}; the report lists what was skipped and why."
        )


def shown(view: "View", *, format_: str, output: Path | None) -> bytes:
    """The view as text or Markdown; text for a file knows nothing of the terminal."""
    from assessor.render import VIEW_RENDERERS
    from assessor.render.to_text import WIDTH, to_text

    if format_ == "text" and output is not None:
        return to_text(view, width=WIDTH, colour=False)
    return VIEW_RENDERERS[format_](view)


def writable(output: Path | None, *, source: Path) -> None:
    """Raises UsageError, before any work, for a file that cannot be written or is the source."""
    if output is None:
        return
    try:
        target = output.resolve()
        folder, same = target.parent.is_dir(), target == source.resolve()
        taken = output.is_dir()
    except (OSError, RuntimeError) as error:
        raise UsageError(f"{output}: cannot be written ({error}).") from None
    if same:
        raise UsageError(f"{output}: is what is to be read; name another file with -o.")
    if not folder:
        raise UsageError(f"{output}: cannot be written (there is no folder {output.parent}).")
    if taken:
        raise UsageError(f"{output}: cannot be written (it is a folder).")


def write(content: bytes, *, output: Path | None) -> None:
    """Writes to the file, or to standard output. Raises UsageError where that is impossible.

    A file is there whole or not at all: it is written beside its place and then moved there.
    """
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(content)  # a device or a pipe; a folder is refused here
            return
        _replace(output.resolve(), content)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}).") from None
    except RuntimeError as error:  # a link that leads to itself
        raise UsageError(f"{output}: cannot be written ({error}).") from None


def _replace(target: Path, content: bytes) -> None:
    """Puts the content in the place of the target, keeping the rights of a file that was there."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(_rights(target))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _rights(target: Path) -> int:
    """Those of the file that is there, else those that a new file gets."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
