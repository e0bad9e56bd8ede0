"""`assessor report`: the compliance report as PDF or HTML, to hand over and to sign."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from assessor.cli import common
from assessor.errors import UsageError


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


def report(
    path: Annotated[
        Path,
        typer.Argument(help="Repository, or an assessment that `assessor audit` wrote as JSON."),
    ],
    format_: Annotated[Format, typer.Option("--format", help="What to print.")] = Format.PDF,
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
    rev: common.Rev = "HEAD",
    worktree: common.Worktree = False,
    services: common.Services = None,
    since: common.Since = None,
    xray: common.XRay = 0,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Write the compliance report as PDF/A (tagged) or as one HTML file."""
    if output is None and format_ is Format.PDF and sys.stdout.isatty():
        raise UsageError("a PDF is nothing for a terminal; name a file with -o FILE.")
    from assessor import printing

    order = printing.Order(
        format=FORMATS[format_],
        lang=common.language(lang),
        audience=AUDIENCES[audience],
        template=template,
        cover=_fields(cover or []),
    )
    press = printing.press(order)  # mistakes in it are told before a long audit
    if path.is_file():
        asked = (rev != "HEAD", worktree, services, since, xray, rules)
        _refuse(path, any(asked))
        found = printing.saved(path)
    else:
        from assessor import pipeline

        options = common.options(
            rev=rev,
            worktree=worktree,
            workers=workers,
            services=services,
            since_text=since,
            xray=xray,
        )
        with common.progress(quiet=quiet) as progress:
            found = pipeline.audit(path, options=options, rules_folder=rules, report=progress)
    common.write(printing.printed(found, order, press=press), output=output)


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
