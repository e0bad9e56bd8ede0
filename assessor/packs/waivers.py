"""Reads waivers: a file of them, and the comments in the code that ask for one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, get_args

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from assessor.errors import PackError
from assessor.model.basis import Location
from assessor.model.gate import Waiver, WaiverReason
from assessor.packs.mistakes import problems as problems_of
from assessor.packs.shape import RuleId, Words
from assessor.packs.tree import Place, Problem, read

_STRICT = ConfigDict(extra="forbid")
_INLINE = re.compile(
    r"(?:#|//|/\*|\*|--|<!--|;|\{#|%)\s*assessor:ignore"
    r"\s+(\S{1,200})((?:\s+(?:until|reason)=[\w-]{1,80})*)(.*)"
)
_PAIR = re.compile(r"(until|reason)=([\w-]+)")
_CLOSING = re.compile(r"\s*(?:\*/|-->|\*\)|#\})\s*$")
REASONS: tuple[WaiverReason, ...] = get_args(WaiverReason)
LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class RawWaiver:
    """A waiver as written."""

    __pydantic_config__ = _STRICT
    rule: RuleId
    reason: WaiverReason
    text: Words
    owner: Words
    approver: Words
    expires: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    path: str = ""
    resource: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class RawWaivers:
    """A file of waivers."""

    __pydantic_config__ = _STRICT
    waivers: list[RawWaiver] = field(default_factory=list)


WAIVERS: TypeAdapter[RawWaivers] = TypeAdapter(RawWaivers)


def waivers(content: bytes, *, file: str) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises PackError with every mistake and its line."""
    tree, found = read(content, file=file)
    mistakes = list(found)
    raw = RawWaivers()
    if tree.value is not None:
        try:
            raw = WAIVERS.validate_python(tree.value)
        except ValidationError as error:
            mistakes += problems_of(error, tree)
    mistakes += _wrong(raw, Place(tree))
    if mistakes:
        raise PackError("\n".join(str(each) for each in sorted(set(mistakes))))
    return tuple(
        Waiver(
            rule=each.rule,
            reason=each.reason,
            text=each.text,
            expires=each.expires,
            place=Location(file, tree.line(("waivers", at))),
            path=each.path,
            resource=each.resource,
            owner=each.owner,
            approver=each.approver,
            ticket=each.ticket,
        )
        for at, each in enumerate(raw.waivers)
    )


def _wrong(raw: RawWaivers, place: Place) -> Iterator[Problem]:
    for at, each in enumerate(raw.waivers):
        here = place.inside("waivers", at)
        if not _is_date(each.expires):
            yield here.inside("expires").problem(f"there is no day {each.expires}")
        if each.owner.casefold() == each.approver.casefold():
            said = "nobody approves a waiver of his own: owner and approver are the same"
            yield here.inside("approver").problem(said)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def inline(path: str, line: int, text: str) -> tuple[Waiver, ...]:
    """The waivers that a comment asks for, each with its flaw if it cannot be honoured.

    `assessor:ignore RULE,RULE until=2027-03-31 reason=planned and why`; one for each rule.
    """
    match = _INLINE.search(text)
    if match is None:
        return ()
    said = dict(_PAIR.findall(match[2]))
    reason, until = said.get("reason", ""), said.get("until", "")
    known = next((each for each in REASONS if each == reason), None)
    flaw = "" if known else "reason"
    if not _is_date(until) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", until):
        flaw, until = "expires", ""
    words = _CLOSING.sub("", match[3]).strip(" :\t")
    return tuple(
        Waiver(
            rule=rule,
            reason=known or "accepted-risk",
            text=words[:LONGEST_TEXT],
            expires=until,
            place=Location(path, line),
            inline=True,
            flaw=flaw,
        )
        for rule in sorted(set(match[1].split(",")))
        if rule
    )
