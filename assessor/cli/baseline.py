"""`assessor baseline`: what is put up with for now, written down; it only shrinks."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import common
from assessor.errors import UsageError

if TYPE_CHECKING:
    from assessor.gating.baseline import Order

app = typer.Typer(
    help="Write down what is put up with for now, and take out what is mended.",
    no_args_is_help=True,
)
File = Annotated[Path, typer.Argument(help="The baseline file.", metavar="FILE")]


@app.command("create")
def create(
    path: common.Repository,
    file: Annotated[Path, typer.Option("-o", "--output", help="The baseline file to write.")],
    rev: common.Rev = "HEAD",
    services: common.Services = None,
    partition: Annotated[
        Path | None,
        typer.Option("--partition", help="Accepted services: CSV with the columns unit,service."),
    ] = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    cache: common.Cached = True,
    quiet: common.Quiet = False,
) -> None:
    """Write the findings, the conditions met and the services of a commit to a new file."""
    from assessor.gating import baseline
    from assessor.render.to_baseline import to_baseline

    if file.suffix != ".json":
        raise UsageError(f"{file}: the name of a baseline file ends in .json.")
    if file.exists():
        raise UsageError(
            f"{file}: is there already, and a baseline only shrinks: `assessor baseline prune`,"
            " or delete the file to begin anew."
        )
    if partition is not None and services is not None:
        raise UsageError("--partition names the services already; leave out --services.")
    common.writable(file, source=path)
    accepted = accepted_services(partition) if partition else None
    order = _order(path, rev=rev, services=services, workers=workers, rules=rules, cache=cache)
    with common.progress(quiet=quiet) as report:
        made = baseline.created(order, services=accepted, report=report)
    common.write(to_baseline(made), output=file)
    print(
        f"{file}: {len(made.findings)} findings, {len(made.met)} conditions,"
        f" {len(made.services)} services."
    )


@app.command("prune")
def prune(
    path: common.Repository,
    file: File,
    rev: common.Rev = "HEAD",
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    cache: common.Cached = True,
    quiet: common.Quiet = False,
) -> None:
    """Take out what is mended and keep what is met by now; what is new is never taken in."""
    from assessor.collect.baseline import load
    from assessor.gating import baseline
    from assessor.render.to_baseline import to_baseline

    known = load(file)
    order = _order(path, rev=rev, services=None, workers=workers, rules=rules, cache=cache)
    with common.progress(quiet=quiet) as report:
        drift, made = baseline.compared(known, order, report=report)
    common.write(to_baseline(made), output=file)
    print(
        f"{file}: {len(drift.gone)} findings and {len(drift.cut)} dependencies taken out,"
        f" {len(drift.gained)} conditions gained, {len(drift.fresh)} new findings not taken in."
    )


@app.command("show")
def show(
    file: File,
    path: Annotated[
        Path | None, typer.Argument(help="Repository to compare it with.", metavar="PATH")
    ] = None,
    rev: common.Rev = "HEAD",
    lang: common.Lang_ = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    cache: common.Cached = True,
    quiet: common.Quiet = False,
) -> None:
    """Show what the file puts up with, and, with a repository, how that has changed since."""
    from assessor.collect.baseline import load
    from assessor.gating import baseline
    from assessor.render.to_text import to_text
    from assessor.report.baseline import baseline_view
    from assessor.resources import wording

    known, drift = load(file), None
    if path is not None:
        order = _order(path, rev=rev, services=None, workers=workers, rules=rules, cache=cache)
        with common.progress(quiet=quiet) as report:
            drift, _ = baseline.compared(known, order, report=report)
    words = wording(common.language(lang))
    common.write(to_text(baseline_view(known, drift, wording=words)), output=None)


def _order(
    path: Path,
    *,
    rev: str,
    services: int | None,
    workers: int,
    rules: Path | None,
    cache: bool,
) -> "Order":
    from assessor.gating.baseline import Order

    options = common.options(rev=rev, worktree=False, workers=workers, services=services)
    return Order(path, options, rules, cache)


def accepted_services(path: Path) -> dict[str, tuple[str, ...]]:
    """Service -> its units, from a CSV. Raises UsageError naming what is wrong."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: is no CSV ({error}).") from None
    found: dict[str, list[str]] = {}
    for number, row in enumerate(rows, start=2):
        unit, service = row.get("unit"), row.get("service")
        if not unit or not service:
            raise UsageError(
                f"{path}:{number}: wants a unit and a service, by a first line `unit,service`."
            )
        found.setdefault(service, []).append(unit)
    if not found:
        raise UsageError(f"{path}: names no unit; it wants the columns unit,service.")
    return {service: tuple(sorted(units)) for service, units in sorted(found.items())}
