"""`assessor export`: the tables behind an audit, for other tools."""

from enum import StrEnum
from typing import Annotated

import typer

from assessor.cli import common
from assessor.errors import UsageError


class What(StrEnum):
    """The table to export."""

    REFERENCES = "references"
    COUPLING = "coupling"
    PARTITION = "partition"
    CHANGES = "changes"
    COCHANGE = "cochange"
    HISTORY = "history"
    LOGICAL = "logical"
    DATA = "data"
    ENDPOINTS = "endpoints"
    FOREIGN_KEYS = "foreign-keys"
    REMOTE_CALLS = "remote-calls"
    MESSAGES = "messages"
    JOBS = "jobs"
    TRANSACTIONS = "transactions"
    SETTINGS = "settings"
    METRICS = "metrics"
    FUNCTIONS = "functions"
    PACKAGES = "packages"
    FACTS = "facts"


class TableFormat(StrEnum):
    """How to write it."""

    CSV = "csv"
    JSON = "json"
    GRAPHML = "graphml"


GRAPHS = {What.REFERENCES, What.COUPLING, What.PARTITION}


def export(
    path: common.Target,
    what: Annotated[What, typer.Option("--what", help="The table to export.")],
    format_: Annotated[TableFormat, typer.Option("--format", help="How.")] = TableFormat.CSV,
    rev: common.Rev = "HEAD",
    worktree: common.Worktree = False,
    services: common.Services = None,
    since: common.Since = None,
    output: common.Output = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    cache: common.Cached = True,
    quiet: common.Quiet = False,
) -> None:
    """Export one of the tables behind an audit: references, coupling, data, messages, …"""
    if format_ is TableFormat.GRAPHML and what not in GRAPHS:
        known = ", ".join(sorted(GRAPHS))
        raise UsageError(f"--format graphml is for graphs ({known}), not for {what.value}.")
    from assessor import pipeline
    from assessor.render import tables

    options = common.options(
        rev=rev, worktree=worktree, workers=workers, services=services, since_text=since
    )
    with (
        common.kept(used=cache, quiet=quiet) as kept,
        common.progress(quiet=quiet) as report,
    ):
        table = pipeline.table(
            path,
            what=what.value,
            options=options,
            rules_folder=rules,
            report=report,
            cache=kept,
        )
    common.write(tables.RENDERERS[format_.value](table), output=output)
