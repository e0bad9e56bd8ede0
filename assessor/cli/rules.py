"""`assessor rules`: what is asked, tested and checked, without a repository."""

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli import common
from assessor.errors import PackError

app = typer.Typer(help="List, show, test and check the rules.", no_args_is_help=True)

Folder = Annotated[
    Path | None, typer.Argument(help="Folder with packs/, facts/ and tests/; ours if absent.")
]


@app.command("list")
def list_(folder: Folder = None, lang: common.Lang_ = None) -> None:
    """List every rule of every pack with its title and source."""
    from assessor import pipeline
    from assessor.render.to_text import to_text
    from assessor.report.catalogue import listed
    from assessor.resources import wording

    rules = pipeline.rules(folder)
    common.write(to_text(listed(rules, wording=wording(common.language(lang)))), output=None)


@app.command("show")
def show(
    rule: Annotated[str, typer.Argument(help="Id of the rule.", metavar="RULE_ID")],
    folder: Folder = None,
    lang: common.Lang_ = None,
) -> None:
    """Show a rule: its ladder, the facts it asks for, its remedy and source."""
    from assessor import pipeline
    from assessor.render.to_text import to_text
    from assessor.report.catalogue import shown
    from assessor.resources import wording

    found = pipeline.known_rule(rule, rules_folder=folder)
    text = shown(
        found, pipeline.specs(pipeline.rules(folder)), wording=wording(common.language(lang))
    )
    common.write(to_text(text), output=None)


@app.command("test")
def run_fixtures(folder: Folder = None, quiet: common.Quiet = False) -> None:
    """Run every rule on its fixtures; exit 2 if one comes out otherwise than its name says."""
    from assessor import pipeline
    from assessor.cli import fixtures

    rules = pipeline.rules(folder)
    cases = fixtures.cases(pipeline.rules_folder(folder))
    failures: list[str] = []
    with common.progress(quiet=quiet) as report, pipeline.assessing(rules) as assess:
        for done, case in enumerate(cases, start=1):
            failures += fixtures.check(case, assess)
            report("score", done, len(cases))
    for failure in failures:
        print(failure)
    print(f"{len(cases)} fixtures, {len(failures)} failures")
    if failures:
        raise PackError(f"{len(failures)} fixtures come out otherwise than their names say.")


@app.command("lint")
def lint(folder: Folder = None) -> None:
    """Check packs and facts: errors end with exit 2, warnings are printed."""
    from assessor import pipeline
    from assessor.cli import fixtures

    rules = pipeline.rules(folder)
    cases = fixtures.cases(pipeline.rules_folder(folder))
    warnings = [*fixtures.missing_cases(rules, cases), *fixtures.lint(rules, cases)]
    for warning in warnings:
        print(f"warning: {warning}")
    count = sum(len(pack.rules) for pack in rules.packs)
    facts = len(rules.declared)
    print(
        f"{len(rules.packs)} packs, {count} rules, {facts} declared facts,"
        f" {len(cases)} fixtures: no errors, {len(warnings)} warnings"
    )
