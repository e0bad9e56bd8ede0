"""The command `assessor`: its commands, and the one place that turns errors into exit codes."""

import errno
import gc
import os
import sys
from typing import Annotated

import typer

from assessor.cli import app as browser
from assessor.cli import (
    audit,
    baseline,
    cache,
    check,
    explain,
    export,
    gate,
    partition,
    report,
    rules,
    sample,
    store,
    trend,
)
from assessor.errors import AssessorError, UsageError
from assessor.model.version import __version__

app = typer.Typer(
    name="assessor",
    help="Tells how cloud native a monolith is, with evidence, and how to cut it into services.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("audit")(audit.audit)
app.command("report")(report.report)
app.command("gate")(gate.gate)
app.command("check")(check.check)
app.add_typer(baseline.app, name="baseline")
app.command("trend")(trend.trend)
app.command("export")(export.export)
app.command("partition")(partition.partition)
app.command("explain")(explain.explain)
app.add_typer(rules.app, name="rules")
app.add_typer(sample.app, name="sample")
app.add_typer(store.app, name="store")
app.add_typer(cache.app, name="cache")
app.command("app")(browser.app)

DONE, CRASH = 0, 70
# Full, over the quota, too large, or (standard output) closed.
UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EBADF}
# The base of all complaints about the command line; typer has click as a part of it or beside it.
_COMPLAINT: type[Exception] = next(
    kind
    for kind in typer.BadParameter.__mro__
    if issubclass(kind, Exception) and kind.__name__ == "ClickException"
)


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Tells how cloud native a monolith is, with evidence, and how to cut it into services."""
    if version:
        print(f"assessor {__version__}")
        raise typer.Exit


def main() -> None:
    """Runs the command line and exits with one of the documented codes."""
    # Records are many, small and kept to the end: looking for circles among them finds nothing
    # and takes a seventh of the time.
    gc.set_threshold(100_000, 20, 100)
    try:
        _open_closed_output()
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except AssessorError as error:
        sys.exit(_told(str(error), code=error.exit_code))
    except typer.Exit as stopped:
        sys.exit(stopped.exit_code)
    except typer.Abort:
        sys.exit(_told("Stopped.", code=130))
    except _COMPLAINT as error:
        sys.exit(_complained(error))
    except BrokenPipeError:
        sys.stdout = None  # the reader has gone; nothing more can be said to it
        sys.exit(DONE)
    except Exception as error:  # noqa: BLE001 - the outermost frame: nothing may pass it
        sys.exit(_failed(error))
    sys.exit(code or DONE)


def _open_closed_output() -> None:
    """Gives a closed standard output back as one that refuses, so that the loss is noticed."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")


def _complained(error: Exception) -> int:
    """Says what is wrong with the command line; one without a command gets the help instead."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message(), file=sys.stderr)  # type: ignore[attr-defined]
        return UsageError.exit_code
    return _told(_one_sentence(error), code=UsageError.exit_code)


def _failed(error: Exception) -> int:
    """One sentence where there was no room for the output, else our own crash with its trace."""
    if isinstance(error, OSError) and error.errno in UNWRITABLE:
        sys.stdout = None  # what it still holds can go nowhere
        place = error.filename or "the output"
        return _told(f"{place} cannot be written ({error.strerror}).", code=UsageError.exit_code)
    import traceback

    traceback.print_exception(error)
    return CRASH


def _one_sentence(error: Exception) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    return " ".join(str(message).split())


def _told(message: str, *, code: int) -> int:
    print(f"assessor: {message}", file=sys.stderr)
    return code
