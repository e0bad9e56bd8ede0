"""`assessor check`: what is about to be committed, before the gate sees it."""

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli import common
from assessor.cli.gate import NoInline, Policy_, Today, Waivers, day
from assessor.errors import NotMetError


def check(
    path: Annotated[Path, typer.Argument(help="Folder of the repository.")] = Path(),
    fast: Annotated[
        bool, typer.Option("--fast", help="Look only at what each changed file says by itself.")
    ] = False,
    policy: Policy_ = "ratchet",
    waivers: Waivers = None,
    no_inline: NoInline = False,
    lang: common.Lang_ = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    cache: common.Cached = True,
    today: Today = None,
    quiet: common.Quiet = False,
) -> None:
    """Name what the uncommitted changes make worse; exit 1 if the gate would count it."""
    from assessor.gating.check import check as checked
    from assessor.gating.ground import Settings
    from assessor.render.clean import visible
    from assessor.report.gate import checked_lines
    from assessor.resources import wording

    settings = Settings(
        today=day(today),
        policy=policy,
        waivers=waivers,
        rules=rules,
        inline=not no_inline,
        cache=cache,
    )
    options = common.options(rev="HEAD", worktree=True, workers=workers)
    with common.progress(quiet=quiet) as report:
        found = checked(path, options=options, settings=settings, fast=fast, report=report)
    words = wording(common.language(lang))
    rows = checked_lines(found.fresh, changed=found.changed, waived=found.waived, wording=words)
    text = "".join(f"{visible(row)}\n" for row in rows)
    common.write(text.encode("utf-8", "backslashreplace"), output=None)
    if found.over:
        raise NotMetError(f"{len(found.over)} of the new findings would not pass the gate.")
