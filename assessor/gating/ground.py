"""What a gate goes by, read as it counts: nobody loosens the gate that he stands before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assessor import pipeline, resources
from assessor.collect import baseline as baselines
from assessor.collect.change import Change, at, copied
from assessor.collect.marks import Mark, marks
from assessor.collect.repository import Source
from assessor.errors import UsageError
from assessor.model.gate import Base, Policy, Waiver
from assessor.model.rules import Rules
from assessor.packs.policy import policy as read_policy
from assessor.packs.waivers import inline
from assessor.packs.waivers import waivers as read_waivers
from assessor.scoring.baseline import as_base

PRESETS = ("advisory", "ratchet", "level-3")
DEFAULT = "ratchet"
ATTRIBUTES = ".gitattributes"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a gate goes by.

    policy: a preset or a file. since: see `collect.change`. baseline, waivers, rules: a file, a
    file and a folder, None = none of it. trust_change: take what lies in the repository as the
    change has it. inline: whether comments in the code may waive at all. cache:
    use what earlier runs read, and keep it.
    """

    today: date
    policy: str = DEFAULT
    since: str | None = None
    baseline: Path | None = None
    waivers: Path | None = None
    rules: Path | None = None
    trust_change: bool = False
    inline: bool = True
    cache: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """What the settings are read from: the change of an open source, and whom to trust."""

    source: Source
    path: Path
    change: Change
    trusted: bool

    @property
    def root(self) -> Path:
        """The folder of the repository, wherever links lead."""
        return self.path.resolve()

    def inside(self, path: Path | str | None) -> str:
        """The path within the repository, "" for a file outside, and for none."""
        if path is None:
            return ""
        # A link that the change brings must not lead out: what comes after the root is a name.
        named = Path(os.path.abspath(path))  # noqa: PTH100 - without following links
        for folder in (named, *named.parents):
            if folder.resolve() == self.root:
                return named.relative_to(folder).as_posix()
        return ""

    def revision(self) -> str:
        """The commit whose word on its own gate counts, "" where it cannot be seen."""
        return self.source.revision if self.trusted else self.change.base

    def content(self, own: str) -> bytes | None:
        """A file of the repository as it counts; None where it does not (yet)."""
        revision = self.revision()
        return at(self.source, revision, own) if revision else None


def edits_attributes(change: Change) -> bool:
    """Whether the change says anew which files are generated, vendored or documentation."""
    return any(path.rpartition("/")[2] == ATTRIBUTES for path in change.edited)


def changed(settings: Settings, ground: Ground) -> tuple[str, ...]:
    """Files of the gate itself that the change edits, or may have where its base is not seen."""
    if ground.trusted:
        return ()
    policy = "" if settings.policy in PRESETS else ground.inside(settings.policy)
    own = {policy, ground.inside(settings.baseline), ground.inside(settings.waivers)} - {""}
    folder = ground.inside(settings.rules)
    edited = {
        path
        for path in ground.change.edited
        if path in own
        or path.rpartition("/")[2] == ATTRIBUTES
        or (folder and (folder == "." or path.startswith(f"{folder}/")))
    }
    return tuple(sorted(edited | (set() if ground.change.base else own | _there(ground, folder))))


def _there(ground: Ground, folder: str) -> set[str]:
    """The rules and the attributes of the repository, which a change without a base may edit."""
    attributes = at(ground.source, ground.source.revision, ATTRIBUTES) is not None
    return {folder, ATTRIBUTES if attributes else ""} - {""}


@contextmanager
def rules_of(settings: Settings, ground: Ground) -> Iterator[Rules]:
    """The rules to judge by; those of the repository itself as they count."""
    own = ground.inside(settings.rules)
    if not own:
        yield pipeline.rules(settings.rules)
        return
    revision = ground.revision()
    with TemporaryDirectory(prefix="assessor-rules-") as scratch:
        there = bool(revision) and copied(ground.source, revision, own, target=Path(scratch))
        if not there and not copied(
            ground.source, ground.source.revision, own, target=Path(scratch, "unused")
        ):
            named, commit = settings.rules, ground.source.revision[:10]
            raise UsageError(f"{named}: commit {commit} has no such folder (a link is none).")
        yield pipeline.rules(Path(scratch) if there else None)


def policy_of(named: str, ground: Ground, rules: Rules) -> tuple[str, Policy]:
    """What the policy is called and what it says."""
    own = "" if named in PRESETS else ground.inside(named)
    if own:
        content = ground.content(own)
        if content is not None:
            return own, read_policy(content, file=own, rules=rules)
        _refuse_missing(named, own, ground)
        named = DEFAULT  # the change brings the policy, so it does not hold yet
    if named in PRESETS:
        return named, preset(named, rules)
    presets = ", ".join(PRESETS)
    said = f"; name a policy file or one of {presets}"
    return named, read_policy(_read(Path(named), or_=said), file=named, rules=rules)


def preset(name: str, rules: Rules) -> Policy:
    """One of the policies that ship."""
    file = resources.packaged("rules") / "policies" / f"{name}.yaml"
    return read_policy(file.read_bytes(), file=file.name, rules=rules)


def _refuse_missing(named: object, own: str, ground: Ground) -> None:
    """Raises UsageError for a file that the change does not have either."""
    revision = ground.source.revision
    if at(ground.source, revision, own) is None:
        raise UsageError(f"{named}: commit {revision[:10]} has no such file (a link is none).")


def _read(path: Path, *, or_: str = "") -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}){or_}.") from None


def baseline_of(settings: Settings, ground: Ground) -> Base | None:
    """The baseline file as something to compare with; None where none counts."""
    if settings.baseline is None:
        return None
    own = ground.inside(settings.baseline)
    if not own:
        return as_base(baselines.load(settings.baseline))
    content = ground.content(own)
    if content is None:
        _refuse_missing(settings.baseline, own, ground)
        return None
    return as_base(baselines.parse(content, place=own))


def waivers_of(
    settings: Settings, ground: Ground, wanted: Policy
) -> tuple[tuple[Waiver, ...], tuple[Waiver, ...]]:
    """The waivers that count, and those that the change brings and that do not count yet."""
    counted, brought = _written(settings, ground)
    how = wanted.inline if settings.inline else "none"
    if how == "none":
        return counted, brought
    there, new = (_asked_for(each) for each in marks(ground.source, ground.change))
    if how == "change" or ground.trusted:
        return (*counted, *there, *new), brought
    return (*counted, *there), (*brought, *new)


def _asked_for(found: tuple[Mark, ...]) -> tuple[Waiver, ...]:
    return tuple(waiver for each in found for waiver in inline(each.path, each.line, each.text))


def _written(settings: Settings, ground: Ground) -> tuple[tuple[Waiver, ...], tuple[Waiver, ...]]:
    """The waivers of the file, those that the base has apart from those of the change."""
    if settings.waivers is None:
        return (), ()
    own = ground.inside(settings.waivers)
    if not own:
        return read_waivers(_read(settings.waivers), file=str(settings.waivers)), ()
    content = ground.content(own)
    if content is None:
        _refuse_missing(settings.waivers, own, ground)
    counted = read_waivers(content, file=own) if content is not None else ()
    now = at(ground.source, ground.source.revision, own)
    if ground.trusted or now is None or now == content:
        return counted, ()
    known = {_essence(each) for each in counted}
    return counted, tuple(
        each for each in read_waivers(now, file=own) if _essence(each) not in known
    )


def _essence(waiver: Waiver) -> Waiver:
    """The waiver wherever it stands in its file."""
    return replace(waiver, place=replace(waiver.place, line=0))
