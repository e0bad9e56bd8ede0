"""`assessor audit`: coupling graph, proposed services and maturity levels of a repository."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import common

if TYPE_CHECKING:
    from assessor.model.assessment import Assessment
    from assessor.report.wording import Lang


class Format(StrEnum):
    """What to print."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


def audit(
    path: common.Target,
    rev: common.Rev = "HEAD",
    worktree: common.Worktree = False,
    services: common.Services = None,
    since: common.Since = None,
    xray: common.XRay = 0,
    format_: Annotated[Format, typer.Option("--format", help="What to print.")] = Format.TEXT,
    output: common.Output = None,
    lang: common.Lang_ = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    min_coverage: common.MinCoverage = 0.5,
    cache: common.Cached = True,
    quiet: common.Quiet = False,
) -> None:
    """Audit a repository: coupling, proposed services, maturity levels, each with its evidence."""
    from assessor import pipeline

    common.writable(output, source=path)
    options = common.options(
        rev=rev,
        worktree=worktree,
        workers=workers,
        services=services,
        since_text=since,
        xray=xray,
    )
    with (
        common.kept(used=cache, quiet=quiet) as kept,
        common.progress(quiet=quiet) as report,
    ):
        found = pipeline.audit(
            path, options=options, rules_folder=rules, report=report, cache=kept
        )
    common.write(_bytes(found, format_, lang=common.language(lang), output=output), output=output)
    common.complete(found, min_coverage)


def _bytes(found: "Assessment", format_: Format, *, lang: "Lang", output: Path | None) -> bytes:
    from assessor import pipeline

    if format_ is Format.JSON:
        return pipeline.rendered(found, format_=format_.value, lang=lang)
    from assessor.report.view import view
    from assessor.resources import wording

    shown = view(found, wording=wording(lang))
    return common.shown(shown, format_=format_.value, output=output)
