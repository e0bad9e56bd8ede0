"""From a change to the decision about it: base and head assessed alike, and the policy."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assessor import pipeline, resources
from assessor.collect.change import Change, at, change
from assessor.collect.repository import Source, open_source
from assessor.errors import UsageError
from assessor.model.gate import Gate, Policy
from assessor.model.rules import Rules
from assessor.packs.policy import policy as read_policy
from assessor.scoring.gate import gate as decide

PRESETS = ("advisory", "ratchet", "level-3")
DEFAULT = "ratchet"


def gate(
    path: Path,
    *,
    options: pipeline.Options,
    policy: str = DEFAULT,
    since: str | None = None,
    rules_folder: Path | None = None,
    trust_change: bool = False,
    report: Callable[[str, int, int], None],
) -> Gate:
    """The decision on the change that ends in the revision of the options.

    policy: a preset or a file. A file of the repository itself is read as the base has it, unless
    the change is trusted: nobody loosens the gate that he stands before. Where there is no base
    or it has no such file, the ratchet holds. since: see `collect.change`.
    Raises the errors of `assessor.errors`.
    """
    loaded = pipeline.rules(rules_folder)
    with open_source(path, rev=options.rev) as source:
        head = source.revision
        found = change(source, path, since=since)
        name, wanted = _policy(
            policy, path.resolve(), source=source, found=found, rules=loaded, trusted=trust_change
        )
    now = pipeline.audit(
        path, options=replace(options, rev=head), rules_folder=rules_folder, report=report
    )
    base = None
    if found.base:
        before = replace(options, rev=found.base)
        base = pipeline.audit(path, options=before, rules_folder=rules_folder, report=report)
    own = _inside(policy, path.resolve())
    unread = own and not found.base
    changed = (own,) if (unread or own in found.edited) and not trust_change else ()
    return decide(now, base, policy=wanted, name=name, renames=found.renames, changed=changed)


def _inside(policy: str, root: Path) -> str:
    """The path of the policy within the repository, "" for a preset or a file outside."""
    if policy in PRESETS:
        return ""
    target = Path(policy).resolve()
    return target.relative_to(root).as_posix() if target.is_relative_to(root) else ""


def _policy(
    named: str, root: Path, *, source: Source, found: Change, rules: Rules, trusted: bool
) -> tuple[str, Policy]:
    """What the policy is called and what it says."""
    own = _inside(named, root)
    if own:
        now = at(source, source.revision, own)
        before = at(source, found.base, own) if found.base else None
        content = now if trusted else before
        if content is not None:
            return own, read_policy(content, file=own, rules=rules)
        if now is None:
            raise UsageError(f"{named}: commit {source.revision[:10]} has no such file.")
        named = DEFAULT  # the change brings the policy, so it does not hold yet
    if named in PRESETS:
        file = resources.packaged("rules") / "policies" / f"{named}.yaml"
        return named, read_policy(file.read_bytes(), file=file.name, rules=rules)
    try:
        content = Path(named).read_bytes()
    except OSError as error:
        presets = ", ".join(PRESETS)
        raise UsageError(
            f"{named}: cannot be read ({error.strerror}); name a policy file or one of {presets}."
        ) from None
    return named, read_policy(content, file=named, rules=rules)
