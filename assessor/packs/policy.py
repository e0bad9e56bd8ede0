"""Reads the policy of a gate, checked against the rules it speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from assessor.errors import PackError
from assessor.model.gate import Inline, Measure, Policy, WantedLevel, WantedRule
from assessor.model.rules import Rules, Severity
from assessor.packs.mistakes import problems as problems_of
from assessor.packs.tree import Place, Problem, read

_STRICT = ConfigDict(extra="forbid")
Level = Annotated[float, Field(ge=1, le=5, strict=True)]
Count = Annotated[int, Field(ge=0, strict=True)]


@dataclass(frozen=True, slots=True)
class RawLevel:
    """A wanted level as written."""

    __pydantic_config__ = _STRICT
    pack: str
    level: Level
    domain: str = ""
    measure: Measure = "claimable"


@dataclass(frozen=True, slots=True)
class RawRequired:
    """A wanted rule as written."""

    __pydantic_config__ = _STRICT
    rule: str
    level: Annotated[int, Field(ge=2, le=5, strict=True)]


@dataclass(frozen=True, slots=True)
class RawPolicy:
    """A policy file."""

    __pydantic_config__ = _STRICT
    min_level: list[RawLevel] = field(default_factory=list)
    required_rules: list[RawRequired] = field(default_factory=list)
    max_new: dict[Severity, Count] = field(default_factory=dict)
    no_regression: Annotated[bool, Field(strict=True)] = False
    min_coverage: Annotated[float, Field(ge=0, le=1, strict=True)] | None = None
    max_cycles: Count | None = None
    boundaries: Count | None = None
    expires_within: Count | None = None
    inline: Inline = "base"


POLICY: TypeAdapter[RawPolicy] = TypeAdapter(RawPolicy)


def policy(content: bytes, *, file: str, rules: Rules) -> Policy:
    """The policy that the YAML says. Raises PackError with every mistake and its line."""
    tree, found = read(content, file=file)
    mistakes = list(found)
    raw = RawPolicy()
    if tree.value is None:
        mistakes += [] if found else [Problem(file, 0, "the file is empty")]
    else:
        try:
            raw = POLICY.validate_python(tree.value)
        except ValidationError as error:
            mistakes += problems_of(error, tree)
    mistakes += _strangers(raw, Place(tree), rules)
    if mistakes:
        raise PackError("\n".join(str(each) for each in sorted(set(mistakes))))
    return Policy(
        min_level=tuple(
            WantedLevel(each.pack, each.level, each.domain, each.measure) for each in raw.min_level
        ),
        required_rules=tuple(WantedRule(each.rule, each.level) for each in raw.required_rules),
        max_new=raw.max_new,
        no_regression=raw.no_regression,
        min_coverage=raw.min_coverage,
        max_cycles=raw.max_cycles,
        boundaries=raw.boundaries,
        expires_within=raw.expires_within,
        inline=raw.inline,
    )


def _strangers(raw: RawPolicy, place: Place, rules: Rules) -> Iterator[Problem]:
    """Packs, domains and rules that there are none of."""
    domains = {pack.id: {domain.id for domain in pack.domains} for pack in rules.packs}
    known = {rule.id for pack in rules.packs for rule in pack.rules}
    for at, level in enumerate(raw.min_level):
        here = place.inside("min_level", at)
        if level.pack not in domains:
            yield here.inside("pack").problem(f"there is no pack `{level.pack}`")
        elif level.domain and level.domain not in domains[level.pack]:
            yield here.inside("domain").problem(f"pack {level.pack} has no `{level.domain}`")
    for at, required in enumerate(raw.required_rules):
        if required.rule not in known:
            here = place.inside("required_rules", at, "rule")
            yield here.problem(f"there is no rule `{required.rule}`")
