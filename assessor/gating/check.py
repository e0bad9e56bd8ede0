"""What the uncommitted changes of a work tree make worse; no history is read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from assessor import pipeline
from assessor.collect.cache import users_cache
from assessor.collect.change import Change, uncommitted
from assessor.collect.marks import marked
from assessor.collect.repository import Source, open_source
from assessor.errors import UsageError
from assessor.gating.ground import Ground, Settings, policy_of, waivers_of
from assessor.model.gate import Finding
from assessor.model.rules import Rules
from assessor.packs.waivers import inline
from assessor.scoring.findings import compared
from assessor.scoring.waivers import in_force


@dataclass(frozen=True, slots=True)
class Checked:
    """changed: number of changed files. fresh: new findings that no waiver accepts.

    over: those of a severity of which the policy lets fewer through. waived: new ones that a
    waiver accepts.
    """

    changed: int
    fresh: tuple[Finding, ...]
    over: tuple[Finding, ...]
    waived: int


def check(
    path: Path,
    *,
    options: pipeline.Options,
    settings: Settings,
    fast: bool,
    report: Callable[[str, int, int], None],
) -> Checked:
    """The tracked files of the folder as they stand against its last commit.

    fast: only what each changed file says by itself; else also what the code as a whole says.
    This is advice to who is about to commit: policy and waivers are taken as they stand, and it
    is the gate that decides. Raises the errors of `assessor.errors`.
    """
    with users_cache(used=settings.cache) as cache, open_source(path, worktree=True) as source:
        if source.git_dir is None:
            raise UsageError(f"{path}: there is no commit that the files could be compared with.")
        apart = uncommitted(source)
        if not apart.changed and not apart.gone:
            return Checked(0, (), (), 0)
        rules = pipeline.rules(settings.rules)

        def found(at: Source, paths: frozenset[str]) -> tuple[Finding, ...]:
            only = paths if fast else None
            return pipeline.places_against(
                at, rules, options=options, only=only, report=report, cache=cache
            )

        now = found(source, apart.changed)
        before = found(replace(source, root=None, mode="commit"), apart.gone)
        fresh, _ = compared(now, before, renames=apart.renames)
        return _checked(
            tuple(
                each
                for each in fresh
                if (each.path in apart.changed if fast else each.path not in apart.untracked)
            ),
            Ground(source, path, Change("", 0, {}, ()), trusted=True),
            rules,
            settings=settings,
            changed=apart.changed,
        )


def _checked(
    fresh: tuple[Finding, ...],
    ground: Ground,
    rules: Rules,
    *,
    settings: Settings,
    changed: frozenset[str],
) -> Checked:
    _, policy = policy_of(settings.policy, ground, rules)
    written, _ = waivers_of(replace(settings, inline=False), ground, policy)
    asked = marked(ground.source, changed) if settings.inline and policy.inline != "none" else ()
    made = (waiver for each in asked for waiver in inline(each.path, each.line, each.text))
    force = in_force((*written, *made), today=settings.today)
    left = tuple(each for each in fresh if force.accepting(each) is None)
    over = tuple(
        each
        for severity, most in policy.max_new.items()
        for each in [each for each in left if each.severity == severity][most:]
    )
    return Checked(len(changed), left, tuple(sorted(over)), len(fresh) - len(left))
