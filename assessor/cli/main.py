"""The command `assessor`: its commands, and the one place that turns errors into exit codes."""

import sys
from typing import Annotated

import typer

from assessor import __version__
from assessor.cli import audit, explain, export, partition, rules, sample
from assessor.errors import AssessorError, UsageError

app = typer.Typer(
    name="assessor",
    help="Tells how cloud native a monolith is, with evidence, and how to cut it into services.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("audit")(audit.audit)
app.command("export")(export.export)
app.command("partition")(partition.partition)
app.command("explain")(explain.explain)
app.add_typer(rules.app, name="rules")
app.add_typer(sample.app, name="sample")

DONE, CRASH = 0, 70
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
    try:
        code = app(standalone_mode=False)
    except AssessorError as error:
        sys.exit(_told(str(error), code=error.exit_code))
    except typer.Exit as stopped:
        sys.exit(stopped.exit_code)
    except typer.Abort:
        sys.exit(_told("Stopped.", code=130))
    except _COMPLAINT as error:
        sys.exit(_told(_one_sentence(error), code=UsageError.exit_code))
    except BrokenPipeError:
        sys.stdout = None  # the reader has gone; nothing more can be said to it
        sys.exit(DONE)
    except Exception:  # noqa: BLE001 - the outermost frame: our own crash, shown with its trace
        import traceback

        traceback.print_exc()
        sys.exit(CRASH)
    sys.exit(code or DONE)


def _one_sentence(error: Exception) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    return " ".join(str(message).split())


def _told(message: str, *, code: int) -> int:
    print(f"assessor: {message}", file=sys.stderr)
    return code
