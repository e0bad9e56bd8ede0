"""`assessor report`: the compliance report as PDF or HTML, to hand over and to sign."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assessor.cli import common
from assessor.errors import SourceError, UsageError

if TYPE_CHECKING:
    from assessor.model.assessment import Assessment
    from assessor.pipeline import Options


class Format(StrEnum):
    """What to print."""

    PDF = "pdf"
    HTML = "html"


class Audience(StrEnum):
    """Who reads it."""

    BOARD = "board"
    ARCHITECT = "architect"
    AUDITOR = "auditor"


FORMATS: dict[Format, Literal["pdf", "html"]] = {Format.PDF: "pdf", Format.HTML: "html"}
AUDIENCES: dict[Audience, Literal["board", "architect", "auditor"]] = {
    Audience.BOARD: "board",
    Audience.ARCHITECT: "architect",
    Audience.AUDITOR: "auditor",
}
ENDINGS = {".pdf": Format.PDF, ".html": Format.HTML, ".htm": Format.HTML}


def report(
    path: Annotated[
        Path,
        typer.Argument(help="Repository, or an assessment that `assessor audit` wrote as JSON."),
    ],
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="What to print; by the ending of the output, else pdf."),
    ] = None,
    output: common.Output = None,
    lang: common.Lang_ = None,
    audience: Annotated[
        Audience,
        typer.Option("--audience", help="Results only, gaps with evidence, or everything."),
    ] = Audience.AUDITOR,
    template: Annotated[
        Path | None,
        typer.Option("--template", help="Folder with a theme, templates or wording of your own."),
    ] = None,
    cover: Annotated[
        list[str] | None,
        typer.Option("--cover", metavar="NAME=TEXT", help="A field of the cover; repeatable."),
    ] = None,
    name: Annotated[
        str,
        typer.Option(
            "--name", help="What to call the repository; as its build files do if absent."
        ),
    ] = "",
    rev: common.Rev = "HEAD",
    worktree: common.Worktree = False,
    services: common.Services = None,
    since: common.Since = None,
    xray: common.XRay = 0,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    min_coverage: common.MinCoverage = 0.5,
    cache: common.Cached = True,
    quiet: common.Quiet = False,
) -> None:
    """Write the compliance report as PDF/A (tagged) or as one HTML file."""
    chosen = _format(format_, output)
    if output is None and chosen is Format.PDF and sys.stdout.isatty():
        raise UsageError("a PDF is nothing for a terminal; name a file with -o FILE.")
    common.writable(output, source=path)
    from assessor import printing

    order = printing.Order(
        format=FORMATS[chosen],
        lang=common.language(lang),
        audience=AUDIENCES[audience],
        template=template,
        cover=_fields(cover or []),
        name=name,
    )
    press = printing.press(order)  # mistakes in it are told before a long audit
    if _is_file(path):
        asked = (rev != "HEAD", worktree, services, since, xray, rules)
        _refuse(path, any(asked))
        found = printing.saved(path)
    else:
        options = common.options(
            rev=rev,
            worktree=worktree,
            workers=workers,
            services=services,
            since_text=since,
            xray=xray,
        )
        found = _audited(path, options, rules=rules, cache=cache, quiet=quiet)
    common.write(printing.printed(found, order, press=press), output=output)
    if output is not None and not quiet and sys.stderr.isatty():
        print(f"{output}: written for the {audience.value}, {order.lang}", file=sys.stderr)
    common.complete(found, min_coverage)


def _format(given: Format | None, output: Path | None) -> Format:
    """What was asked for, else what the file's ending says. Raises UsageError if they differ."""
    ending = ENDINGS.get(output.suffix.lower()) if output else None
    if given and ending and given is not ending:
        raise UsageError(f"{output}: its ending says {ending.value}, --format says {given.value}.")
    return given or ending or Format.PDF


def _is_file(path: Path) -> bool:
    """Whether it is an assessment. Raises UsageError for one that is not there."""
    try:
        there = path.is_file()
    except OSError as error:
        raise SourceError(f"{path}: cannot be looked at ({error.strerror}).") from None
    if not there and path.suffix == ".json" and not path.exists():
        raise UsageError(f"{path}: there is no such file.")
    return there


def _audited(
    path: Path, options: "Options", *, rules: Path | None, cache: bool, quiet: bool
) -> "Assessment":
    from assessor import pipeline

    with (
        common.kept(used=cache, quiet=quiet) as kept,
        common.progress(quiet=quiet) as progress,
    ):
        return pipeline.audit(
            path, options=options, rules_folder=rules, report=progress, cache=kept
        )


def _refuse(path: Path, asked: bool) -> None:
    """An assessment is what it is: options that would change it are not dropped in silence."""
    if asked:
        raise UsageError(
            f"{path}: is an assessment already; --rev, --worktree, --services, --since, --xray and"
            " --rules are for repositories."
        )


def _fields(given: list[str]) -> dict[str, str]:
    """Name -> text of each field of the cover. Raises UsageError for one without a name."""
    found: dict[str, str] = {}
    for each in given:
        name, sign, text = each.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"--cover {each!r} wants NAME=TEXT, for example client='ACME'.")
        found[name.strip()] = text
    return found
