"""`assessor explain`: why an item has the level it has."""

from typing import Annotated

import typer

from assessor.cli import common


def explain(
    rule: Annotated[str, typer.Argument(help="Id of the rule, e.g. CTR-02.", metavar="RULE_ID")],
    path: common.Target,
    rev: common.Rev = "HEAD",
    worktree: common.Worktree = False,
    lang: common.Lang_ = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    cache: common.Cached = True,
    quiet: common.Quiet = False,
) -> None:
    """Show each condition of a rule, what was measured, and every line that proves it."""
    from assessor import pipeline
    from assessor.render.to_text import to_text
    from assessor.report.explained import explained
    from assessor.resources import wording

    pipeline.known_rule(rule, rules_folder=rules)
    options = common.options(rev=rev, worktree=worktree, workers=workers)
    with (
        common.kept(used=cache, quiet=quiet) as kept,
        common.progress(quiet=quiet) as report,
    ):
        found = pipeline.audit(
            path, options=options, rules_folder=rules, report=report, cache=kept
        )
    shown = explained(found, rule_id=rule, wording=wording(common.language(lang)))
    common.write(to_text(shown), output=None)
