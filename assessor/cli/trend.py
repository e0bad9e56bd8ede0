"""`assessor trend`: levels, coupling and service fit of past revisions."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import common
from assessor.errors import UsageError
from assessor.jobs.limits import cores

if TYPE_CHECKING:
    from assessor.model.trend import Trend
    from assessor.report.wording import Lang


class TrendFormat(StrEnum):
    """What to print."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


Tags = Annotated[bool, typer.Option("--tags", help="Look at the release tags.")]
Every = Annotated[
    str | None,
    typer.Option("--every", help="Look back from HEAD in steps: 3m, 1y, 30d, 2w."),
]
Oldest = Annotated[
    str | None,
    typer.Option("--since", help="Oldest revision: 2024-01-31, or 18m before HEAD (d w m y)."),
]
Last = Annotated[
    int, typer.Option("--last", min=1, max=100, help="At most so many revisions before HEAD.")
]


def trend(
    path: common.Repository,
    tags: Tags = False,
    every: Every = None,
    since: Oldest = None,
    last: Last = 12,
    format_: Annotated[
        TrendFormat, typer.Option("--format", help="What to print.")
    ] = TrendFormat.TEXT,
    output: common.Output = None,
    lang: common.Lang_ = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    cache: common.Cached = True,
    quiet: common.Quiet = False,
) -> None:
    """Tell how levels, coupling and the fit of the proposed services came to be what they are."""
    if tags == (every is not None):
        raise UsageError("say which revisions: either --tags, or --every with a step like 3m.")
    from assessor import pipeline
    from assessor.collect.cache import users_cache
    from assessor.jobs import revisions
    from assessor.jobs.trend import trend as computed

    common.writable(output, source=path)
    wanted = revisions.asked(every or revisions.TAGS, since=common.since(since), last=last)
    loaded = pipeline.rules(rules)
    with common.progress(quiet=quiet) as report, users_cache(used=cache) as kept:
        found = computed(
            path,
            asked=wanted,
            rules=loaded,
            report=report,
            cache=kept,
            workers=workers or cores(),
        )
    _named(found, format_)
    content = _bytes(found, format_, lang=common.language(lang), output=output)
    common.write(content, output=output)


def _named(found: "Trend", format_: TrendFormat) -> None:
    """Names what could not be read where the format itself has no room for it."""
    if format_ is not TrendFormat.TEXT:
        from assessor.render.clean import visible

        for each in found.unread:
            told = f"assessor: {each.label} is left out: {each.reason}"
            print(visible(told), file=sys.stderr)


def _bytes(found: "Trend", format_: TrendFormat, *, lang: "Lang", output: Path | None) -> bytes:
    from assessor.report.trend import trend_table, trend_view

    if format_ is TrendFormat.TEXT:
        from assessor.resources import wording

        shown = trend_view(found, wording(lang))
        return common.shown(shown, format_=format_.value, output=output)
    from assessor.render import tables

    return tables.RENDERERS[format_.value](trend_table(found.points))
