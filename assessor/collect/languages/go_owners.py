"""What noted calls are called on: types of libraries, followed through the project's own."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import cast

from assessor.collect.languages.go_folding import PREFIX, SEPARATOR, UNKNOWN
from assessor.collect.languages.go_libraries import given
from assessor.collect.languages.go_meaning import (
    FUNCTION,
    PACKAGE,
    Meaning,
    levels,
    meaning,
    named,
)
from assessor.collect.languages.go_meaning import TYPE as A_TYPE
from assessor.collect.languages.go_table import (
    Project,
    Source,
    Type,
    Value,
    lookup,
    seen,
)

_MARKS = re.compile(r"\|\^(\d+)(?=\|)")
_NAME = re.compile(r"\$\{(\w+(?:\.\w+)?)\}")
_FURTHEST = 60  # steps of a chain


@dataclass(frozen=True, slots=True)
class Call:
    """A noted call. name: what is called. before: the chain of what it is called on.

    owner: that as a type of a library, `gorm.DB`, or as a library alone, `http`.
    marked: the calls that the chain before was made by, the first one first. holder: the field or
    variable that is given what it gives.
    """

    source: Source
    number: int
    line: int
    function: str
    name: str
    before: str
    given: tuple[str, ...]
    owner: str
    marked: tuple[int, ...]
    holder: str


@dataclass(frozen=True, slots=True)
class Calls:
    """All noted calls of libraries. by_number: those of each file by their number. known: what
    chains of a file are, found once each.
    """

    project: Project
    every: tuple[Call, ...]
    by_number: Mapping[Source, Mapping[int, Call]]
    known: "Mapping[Source, _Known]"


@dataclass(slots=True)
class _Known:
    """What chains of a file are. Mutable: each is looked for once."""

    source: Source
    owners: dict[str, str] = field(default_factory=dict)


def calls(project: Project) -> Calls:
    """All noted calls whose receiver is of a library, in order of files and places."""
    known = {source: _Known(source) for source in project.sources if source.facts.get("calls")}
    by_number = {
        source: {one.number: one for one in _of_file(project, known[source])} for source in known
    }
    every = tuple(one for found in by_number.values() for one in found.values())
    return Calls(project, every, by_number, known)


def maker(calls: Calls, call: Call, names: AbstractSet[str]) -> Call | None:
    """The noted call of one of the names that made what a call is called on; where a field or
    variable holds that, the only one of the package that is held there.
    """
    known = calls.by_number[call.source]
    made = [known[number] for number in call.marked if number in known]
    fitting = [one for one in made if one.name in names and one.given]
    if fitting:
        return fitting[-1]
    owner, _, field = call.before.rpartition("|.")
    meant = meaning(calls.project, call.source, owner) if owner else None
    type_ = meant.type.rpartition(".")[2] if meant is not None else ""
    held = [
        one
        for source in call.source.package.sources
        for one in calls.by_number.get(source, {}).values()
        if one.name in names and one.given and _holds(one, field or call.before, type_)
    ]
    return held[0] if len({one.given[0] for one in held}) == 1 else None


def _holds(call: Call, field: str, type_: str) -> bool:
    owner, _, name = call.holder.rpartition(".")
    return name == field and (not owner or not type_ or owner == type_)


def kind_of(calls: Calls, source: Source, argument: str) -> str:
    """The type of a library that an argument is, "" for none."""
    chain = argument.partition("\t")[0]
    if argument[:1] == "'" or not chain or source not in calls.known:
        return ""
    return _owner(calls.project, calls.known[source], chain, depth=0)


def _of_file(project: Project, known: _Known) -> Iterator[Call]:
    source = known.source
    for number, line, function, chain, arguments, holder in source.facts["calls"]:
        before, _, name = cast("str", chain).rpartition("|.")
        owner = _owner(project, known, before, depth=0)
        if owner and not _is_own(project, source, cast("str", chain)):
            marks = tuple(int(mark) for mark in _MARKS.findall(f"{before}|"))
            yield Call(
                source, cast("int", number), cast("int", line), cast("str", function), name,
                before, tuple(cast("list[str]", arguments)), owner, marks,
                cast("str", holder),
            )  # fmt: skip


def _is_own(project: Project, source: Source, chain: str) -> bool:
    """Whether the function called is one that the project declares."""
    found = meaning(project, source, chain)
    return found is not None and found.kind == FUNCTION and found.target is not None


def _owner(project: Project, known: _Known, chain: str, *, depth: int) -> str:
    if chain not in known.owners:
        known.owners[chain] = ""
        known.owners[chain] = _found(project, known, chain, depth=depth)
    return known.owners[chain]


def _found(project: Project, known: _Known, chain: str, *, depth: int) -> str:
    meant = meaning(project, known.source, chain)
    if meant is not None and meant.kind != PACKAGE and meant.type not in {"", "?"}:
        typed = type_of(project, meant)
        if typed:
            return typed
    head, bar, step = chain.rpartition("|")
    if not bar:
        return known.source.libraries.get(chain, "")
    if depth > _FURTHEST:
        return ""
    before = _owner(project, known, head, depth=depth + 1)
    if not before or step[:1] == "^":
        return before
    return before + step if step[:1] == "." else given(before) if step == "()" else ""


def type_of(project: Project, meant: Meaning) -> str:
    """The type of a library that a value is, or that its struct takes in."""
    home, text = meant.home, meant.type
    if home is None or meant.kind not in {"value", A_TYPE}:
        return ""
    own = named(project, home, text)
    if own is None:
        return _outside(home, text)
    for level in levels(project, own)[:3]:
        for type_, _ in level:
            parts = type_.embeds or ([type_.under] if type_.shape in {"alias", "named"} else [])
            found = next((out for part in parts if (out := _outside(type_.source, part))), "")
            if found:
                return found
    return ""


def _outside(home: Source, text: str) -> str:
    first, dot, last = text.partition("<")[0].partition(".")
    short = home.libraries.get(first, "") if dot else ""
    return f"{short}.{last}" if short else ""


def struct_of(project: Project, source: Source, argument: str) -> Type | None:
    """The project's type that an argument is, or that its elements are."""
    chain = argument.partition("\t")[0]
    if not chain or argument[:1] == "'":
        return None
    meant = meaning(project, source, chain)
    if meant is None or meant.home is None:
        return None
    text = meant.type
    while text[:1] in {"[", "~"}:
        text = text[1:] if text[:1] == "~" else text[text.find("]") + 1 :]
    found = named(project, meant.home, text)
    if found is not None and found.shape in {"alias", "named"}:
        inner = found.under.removeprefix("[]")
        return named(project, found.source, inner) or found
    return found


def text_of(project: Project, source: Source, argument: str) -> str | None:
    """The text that an argument is, constants put in; None where it is none."""
    if argument[:1] == "'":
        return settled(project, source, argument[1:])
    chain = argument.partition("\t")[0]
    return _constant(project, source, chain.replace("|.", ".")) if chain else None


def settled(project: Project, source: Source, text: str) -> str:
    """The text with the constants of the project put in, `{}` for those that nobody tells."""
    for _ in range(4):
        if "${" not in text:
            break
        text = _NAME.sub(lambda one: _put(project, source, one[1]), text)
    return text


def _put(project: Project, source: Source, name: str) -> str:
    found = _constant(project, source, name)
    if found is not None:
        return found
    last = name.rpartition(".")[2]
    return PREFIX if last.lower().endswith("prefix") else UNKNOWN


def _constant(project: Project, source: Source, name: str) -> str | None:
    first, dot, last = name.partition(".")
    if dot:
        package = source.imports.get(first)
        found = lookup(package, last, test=False) if package is not None else None
    else:
        found = seen(source, name)
    if not isinstance(found, Value):
        return None
    text = found.source.facts.get("texts", {}).get(found.name)
    return text if text is None or found.source is source else settled(project, found.source, text)


def parts_of(text: str | None) -> list[str]:
    """The texts of a list, or the only one."""
    return text.split(SEPARATOR) if text else []
