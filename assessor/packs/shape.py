"""The form of pack and fact files; their JSON Schemas in `rules/schema/` are made from it."""

import json
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)

from assessor.detect.checks import COMBINATIONS, OPERATORS
from assessor.model.rules import Severity
from assessor.packs.checks import LISTS, NUMBERS, TEXTS

_STRICT = ConfigDict(extra="forbid")


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("must be a number")  # noqa: TRY004  # pydantic gathers ValueErrors only
    return value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[Any, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$")]
RuleId = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-[0-9]+(\.[0-9]+)*$")
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
# Read by `checks.read`, which can give the line of every mistake.
Checks = Annotated[Any, WithJsonSchema({"$comment": "checks"})]
Unit = Literal["share", "count", "days", "yes-no", "per-kloc", "level", "ratio"]


@dataclass(frozen=True, slots=True)
class RawText:
    """Both languages."""

    __pydantic_config__ = _STRICT
    zh: Words
    en: Words


@dataclass(frozen=True, slots=True)
class RawCondition:
    """A fact and exactly one comparison."""

    __pydantic_config__ = _STRICT
    fact: str
    at_least: Number = None
    at_most: Number = None
    equal: Annotated[bool | None, Field(alias="is", strict=True)] = None


def _both(words: object) -> object:
    """Plain words stand for both languages."""
    return {"zh": words, "en": words} if isinstance(words, str) else words


Named = Annotated[RawText, BeforeValidator(_both, json_schema_input_type=RawText | Words)]


@dataclass(frozen=True, slots=True)
class RawEffort:
    """Hours for one of something."""

    __pydantic_config__ = _STRICT
    hours: Annotated[float, Field(gt=0, strict=True)]
    per: Named


@dataclass(frozen=True, slots=True)
class RawSource:
    """Where a rule comes from."""

    __pydantic_config__ = _STRICT
    standard: Words
    clause: Named
    status: Literal["found", "reconstructed"]


@dataclass(frozen=True, slots=True)
class RawRule:
    """A rule as written in a pack file."""

    __pydantic_config__ = _STRICT
    id: RuleId
    domain: str
    item: Slug
    title: RawText
    why: RawText
    kind: Literal["cumulative", "substitutive"]
    ladder: Annotated[
        dict[Literal["2", "3", "4", "5"], Annotated[list[RawCondition], Field(min_length=1)]],
        Field(min_length=1),
    ]
    remedy: RawText
    effort: RawEffort
    source: RawSource
    applies: list[RawCondition] = field(default_factory=list)
    weight: Annotated[float, Field(gt=0, strict=True)] = 1.0
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class RawDomain:
    """A capability domain as written in a pack file."""

    __pydantic_config__ = _STRICT
    id: Slug
    title: RawText


@dataclass(frozen=True, slots=True)
class RawPack:
    """A pack file."""

    __pydantic_config__ = _STRICT
    pack: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]*$")]
    title: RawText
    version: Words
    source: RawText
    domains: Annotated[list[RawDomain], Field(min_length=1)]
    rules: Annotated[list[RawRule], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class RawSelect:
    """Which artefacts a fact looks at."""

    __pydantic_config__ = _STRICT
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(\.[a-z0-9_-]+)*$")]
    where: Checks = None


@dataclass(frozen=True, slots=True)
class RawAlternative:
    """Another selection that proves the same."""

    __pydantic_config__ = _STRICT
    select: RawSelect
    each: str = ""
    check: Checks = None
    claim: RawText | None = None


@dataclass(frozen=True, slots=True)
class RawFact:
    """A declared fact as written in a facts file."""

    __pydantic_config__ = _STRICT
    fact: FactName
    title: RawText
    unit: Unit
    select: RawSelect
    value: Literal["share", "count", "any", "none"]
    when_nothing: Literal["not-applicable", "zero", "unknown"]
    claim: RawText
    evidence: Literal["repository", "git", "imported", "attestation"] = "repository"
    each: str = ""
    check: Checks = None
    alternatives: list[RawAlternative] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RawUnseen:
    """A fact that needs imported evidence or an attestation."""

    __pydantic_config__ = _STRICT
    fact: FactName
    title: RawText
    unit: Unit
    evidence: Literal["attestation", "imported"]


@dataclass(frozen=True, slots=True)
class RawFacts:
    """A facts file."""

    __pydantic_config__ = _STRICT
    facts: list[RawFact] = field(default_factory=list)
    unseen: list[RawUnseen] = field(default_factory=list)


PACK: TypeAdapter[RawPack] = TypeAdapter(RawPack)
FACTS: TypeAdapter[RawFacts] = TypeAdapter(RawFacts)


def schema(of: TypeAdapter[Any]) -> dict[str, Any]:
    """The JSON Schema of a kind of file, with the language of checks spelled out."""
    made: dict[str, Any] = _with_checks(of.json_schema(ref_template="#/$defs/{model}"))
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    if any("#/$defs/checks" in str(part) for part in made.get("$defs", {}).values()):
        made["$defs"].update(_check_definitions())
    return made


def _with_checks(part: Any) -> Any:  # noqa: ANN401  # JSON
    """The schema with the placeholder of `Checks` replaced by a reference to their language."""
    if isinstance(part, list):
        return [_with_checks(each) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("$comment") == "checks":
        return {"$ref": "#/$defs/checks"}
    return {key: _with_checks(each) for key, each in part.items()}


def schema_text(of: TypeAdapter[Any]) -> str:
    """The schema as it stands in `rules/schema/`."""
    return json.dumps(schema(of), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _check_definitions() -> dict[str, Any]:
    checks = {"$ref": "#/$defs/checks"}
    operators = [_operator_schema(name, _operand_schema(name)) for name in OPERATORS]
    several = [
        {
            "type": "object",
            "properties": {name: checks},
            "required": [name],
            "additionalProperties": False,
        }
        for name in COMBINATIONS
    ]
    listed = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/check"}}
    return {
        "check": {"oneOf": [*operators, *several]},
        "checks": {"anyOf": [{"$ref": "#/$defs/check"}, listed]},
    }


def _operator_schema(name: str, operand: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"path": {"type": "string"}, name: operand},
        "required": [name],
        "additionalProperties": False,
    }


def _operand_schema(operator: str) -> dict[str, Any]:
    scalar = {"type": ["string", "number", "boolean", "null"]}
    if operator in LISTS:
        return {"type": "array", "minItems": 1, "items": scalar}
    if operator in NUMBERS:
        return {"type": "number"}
    if operator in TEXTS:
        return {"type": "string"}
    return {"type": "boolean"} if operator == "exists" else scalar
