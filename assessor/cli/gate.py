"""`assessor gate`: whether a change may pass, by a policy."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import common
from assessor.errors import IncompleteError, NotMetError

if TYPE_CHECKING:
    from assessor.model.gate import Gate
    from assessor.report.wording import Lang


class Format(StrEnum):
    """What to print."""

    TEXT = "text"
    JSON = "json"
    MD = "md"
    JUNIT = "junit"
    CODEQUALITY = "codequality"
    GITHUB = "github"


def gate(
    path: common.Target,
    rev: common.Rev = "HEAD",
    policy: Annotated[
        str, typer.Option("--policy", help="advisory, ratchet, level-3, or a file.")
    ] = "ratchet",
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            help="Branch, tag or commit that the change goes into; the commit before if absent.",
        ),
    ] = None,
    trust_change: Annotated[
        bool,
        typer.Option("--trust-change", help="Take the repository's policy as the change has it."),
    ] = False,
    no_fail: Annotated[
        bool, typer.Option("--no-fail", help="Exit 0 whatever the decision; errors stay errors.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="What to print.")] = Format.TEXT,
    output: common.Output = None,
    lang: common.Lang_ = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    quiet: common.Quiet = False,
) -> None:
    """Decide whether a change may pass: its commit against the one that it starts from."""
    from assessor import gating
    from assessor.model.rules import Outcome

    common.writable(output, source=path)
    options = common.options(rev=rev, worktree=False, workers=workers)
    with common.progress(quiet=quiet) as report:
        found = gating.gate(
            path,
            options=options,
            policy=policy,
            since=baseline,
            rules_folder=rules,
            trust_change=trust_change,
            report=report,
        )
    common.write(_bytes(found, format_, lang=common.language(lang), output=output), output=output)
    if no_fail or found.outcome is Outcome.MET:
        return
    if found.outcome is Outcome.NOT_MET:
        lacking = sum(each.outcome is Outcome.NOT_MET for each in found.conditions)
        raise NotMetError(f"the gate is not met: {lacking} of {len(found.conditions)} conditions.")
    raise IncompleteError("the gate cannot be decided: something that it asks for is not seen.")


def _bytes(found: "Gate", format_: Format, *, lang: "Lang", output: Path | None) -> bytes:
    from assessor.render import CONDITION_RENDERERS, FINDING_RENDERERS
    from assessor.render.to_json import to_json
    from assessor.report.gate import conditions_told, findings_told, gate_view
    from assessor.resources import wording

    words, name = wording(lang), format_.value
    if format_ is Format.JSON:
        return to_json(found)
    if name in CONDITION_RENDERERS:
        return CONDITION_RENDERERS[name](conditions_told(found, words))
    if name in FINDING_RENDERERS:
        return FINDING_RENDERERS[name](findings_told(found, words))
    return common.shown(gate_view(found, wording=words), format_=name, output=output)
