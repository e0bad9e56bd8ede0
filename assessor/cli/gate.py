"""`assessor gate`: whether a change may pass, by a policy."""

import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import common
from assessor.errors import IncompleteError, NotMetError, UsageError

if TYPE_CHECKING:
    from assessor.gating import Decided
    from assessor.report.wording import Lang

_NAME = re.compile(r"[a-z]+")

Policy_ = Annotated[
    str, typer.Option("--policy", help="advisory, ratchet, level-3, or a policy file.")
]
Waivers = Annotated[
    Path | None, typer.Option("--waivers", help="File of waivers, for what is accepted for now.")
]
TrustChange = Annotated[
    bool,
    typer.Option(
        "--trust-change", help="Take the repository's own settings as the change has them."
    ),
]
NoInline = Annotated[
    bool, typer.Option("--no-inline", help="Honour no `assessor:ignore` in the code.")
]
NoFail = Annotated[
    bool, typer.Option("--no-fail", help="Exit 0 whatever the decision; errors stay errors.")
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        help="What to print, NAME or NAME=FILE, as often as you like: text, md, json, sarif,"
        " junit, codequality, github, comment, summary, csv, badge, svg, oscal, catalog,"
        " prometheus.",
    ),
]
Today = Annotated[
    str | None,
    typer.Option("--today", help="Day that waivers are judged by, 2027-03-31; today if absent."),
]


@dataclass(frozen=True, slots=True)
class Target:
    """A format, and the file to write it to; None = standard output."""

    format: str
    file: Path | None


def gate(
    path: common.Repository,
    rev: common.Rev = "HEAD",
    policy: Policy_ = "ratchet",
    baseline: Annotated[
        list[str] | None,
        typer.Option(
            "--baseline",
            help="Branch, tag or commit that the change goes into (the commit before if absent),"
            " or a baseline file (.json), or both.",
        ),
    ] = None,
    waivers: Waivers = None,
    trust_change: TrustChange = False,
    no_inline: NoInline = False,
    no_fail: NoFail = False,
    format_: Formats = None,
    output: common.Output = None,
    lang: common.Lang_ = None,
    workers: common.Workers = 0,
    rules: common.RulesFolder = None,
    cache: common.Cached = True,
    today: Today = None,
    quiet: common.Quiet = False,
) -> None:
    """Decide whether a change may pass: its commit against the one that it starts from."""
    from assessor import gating

    targets = wanted(format_, output=output, source=path)
    since, file = _bases(baseline)
    settings = gating.Settings(
        today=day(today),
        policy=policy,
        since=since,
        baseline=file,
        waivers=waivers,
        rules=rules,
        trust_change=trust_change,
        inline=not no_inline,
        cache=cache,
    )
    options = common.options(rev=rev, worktree=False, workers=workers)
    with common.progress(quiet=quiet) as report:
        decided = gating.gate(path, options=options, settings=settings, report=report)
    if decided.note and not quiet:
        print(f"assessor: {decided.note}", file=sys.stderr)
    publish(decided, targets, lang=common.language(lang), no_fail=no_fail)


def publish(
    decided: "Decided", targets: tuple[Target, ...], *, lang: "Lang", no_fail: bool
) -> None:
    """Writes every format, and only then raises what the gate says of the change."""
    from assessor.model.rules import Outcome

    for target in targets:
        common.write(_bytes(decided, target, lang=lang), output=target.file)
    found = decided.gate
    if no_fail or found.outcome is Outcome.MET:
        return
    if found.outcome is Outcome.NOT_MET:
        lacking = sum(each.outcome is Outcome.NOT_MET for each in found.conditions)
        raise NotMetError(f"the gate is not met: {lacking} of {len(found.conditions)} conditions.")
    raise IncompleteError("the gate cannot be decided: something that it asks for is not seen.")


def day(text: str | None) -> date:
    """The day that was given, else that of the clock in UTC. Raises UsageError for no day."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise UsageError(f"--today {text!r} is no day like 2027-03-31.") from None


def _bases(given: list[str] | None) -> tuple[str | None, Path | None]:
    """The revision and the baseline file among what was given; a file ends in `.json`.

    What lies in the work tree does not decide: a change may bring a file named like a branch.
    """
    files = [each for each in given or () if each.endswith(".json")]
    revisions = [each for each in given or () if each not in files]
    if len(files) > 1 or len(revisions) > 1:
        raise UsageError("--baseline takes one revision and one file (.json) at most.")
    return next(iter(revisions), None), next(map(Path, files), None)


def wanted(given: list[str] | None, *, output: Path | None, source: Path) -> tuple[Target, ...]:
    """The formats with their files, checked before any work. Raises UsageError."""
    targets = [_target(each) for each in given or ["text"]]
    free = [at for at, each in enumerate(targets) if each.file is None]
    if len(free) > 1:
        raise UsageError("only one --format may be without a file; write NAME=FILE.")
    if output is not None:
        if not free:
            raise UsageError("-o names a file, but every --format has one already.")
        targets[free[0]] = Target(targets[free[0]].format, output)
    files = [each.file.resolve() for each in targets if each.file is not None]
    if len(set(files)) < len(files):
        raise UsageError("two --format would be written to the same file.")
    for each in targets:
        common.writable(each.file, source=source)
    return tuple(targets)


def _target(given: str) -> Target:
    from assessor.gating.formats import FORMATS

    name, equals, file = given.partition("=")
    if name not in FORMATS:
        said = name if _NAME.fullmatch(name) else repr(name)
        raise UsageError(f"--format {said}: there is no such format; {', '.join(FORMATS)}.")
    if equals and not file:
        raise UsageError(f"--format {name}=: names no file.")
    return Target(name, Path(file) if file else None)


def _bytes(decided: "Decided", target: Target, *, lang: "Lang") -> bytes:
    from assessor.gating.formats import printed, shown
    from assessor.resources import wording

    words = wording(lang)
    if target.format == "text":
        return common.shown(shown(decided, words), format_="text", output=target.file)
    return printed(decided, format_=target.format, wording=words)
