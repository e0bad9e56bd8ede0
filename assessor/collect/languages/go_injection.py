"""Interfaces that the project declares, and its types that have all their methods.

Go says nowhere that a type implements an interface; so this looks at few places only, and says
nothing where many types would do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from assessor.collect.languages.go_meaning import absolute, levels, named, split
from assessor.collect.languages.go_table import Project, Source, Type
from assessor.collect.languages.go_wiring import Wiring
from assessor.model.records import FileKind

_PARAMETER = re.compile(r"\$(\d+)")
MOST = 5  # types that have the methods; of more, none is meant in particular
_FEWEST_METHODS = 2
_CANDIDATES = 200  # types with a method of one name; of more, the name says nothing
# Interfaces of one such method say nothing of what they are for.
_COMMON = frozenset(
    {
        "Add", "Apply", "Call", "Close", "Delete", "Do", "Error", "Exec", "Execute", "Flush",
        "Format", "Get", "GoString", "Handle", "Init", "Key", "Len", "Less", "Lock", "Log", "Name",
        "Next", "Open", "Ping", "Process", "Read", "Reset", "Run", "Scan", "Seek", "ServeHTTP",
        "Set", "Size", "Start", "Stop", "String", "Swap", "Type", "Unlock", "Unwrap", "Update",
        "Validate", "Value", "Visit", "Wait", "Write", "MarshalJSON", "UnmarshalJSON",
        "MarshalText", "UnmarshalText",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What a method takes and gives, in the words of the file `home`. own: not by embedding."""

    home: Source
    takes: list[str]
    result: str
    own: bool


@dataclass(slots=True, eq=False)
class Implementers:
    """Types by the methods they have.

    known: number of an interface -> its implementers. wiring: what containers are told. Mutable:
    each interface is looked for once.
    """

    wiring: Wiring = field(default_factory=Wiring)

    sets: dict[int, dict[str, Signature]] = field(default_factory=dict)
    by_method: dict[str, list[Type]] = field(default_factory=dict)
    known: dict[int, list[Type]] = field(default_factory=dict)


def implementers(project: Project, wiring: Wiring) -> Implementers:
    """The methods of all types that are no interfaces and no tests."""
    found = Implementers(wiring)
    for type_ in project.types:
        if type_.name and type_.shape in ("struct", "named") and not type_.source.test:
            methods = _methods(project, type_)
            found.sets[type_.number] = methods
            for name in methods:
                found.by_method.setdefault(name, []).append(type_)
    return found


def _methods(project: Project, type_: Type) -> dict[str, Signature]:
    """All methods by name, those of embedded types included."""
    found: dict[str, Signature] = {}
    given: dict[int, list[str]] = {}
    for level in levels(project, type_):
        for one, with_methods in level:
            given.update(_given(project, one))
            own, arguments = one is type_, given.get(one.number, [])
            declared = {name: methods[0] for name, methods in one.methods.items()}
            for name, (takes, result) in one.required.items():
                found.setdefault(
                    name, _signature(one.source, (takes, result), given=arguments, own=own)
                )
            for name, first in declared.items() if with_methods else ():
                written = (first.takes, first.result)
                found.setdefault(name, _signature(first.source, written, given=arguments, own=own))
    return found


def _signature(
    home: Source, written: tuple[list[str], str], *, given: list[str], own: bool
) -> Signature:
    takes, result = written
    return Signature(home, [_filled(text, given) for text in takes], _filled(result, given), own)


def _given(project: Project, type_: Type) -> Iterator[tuple[int, list[str]]]:
    """Number of an embedded generic type -> the types that it is given, as all files know them."""
    for text in type_.embeds if "<" in "".join(type_.embeds) else ():
        inner = named(project, type_.source, text)
        if inner is not None and text.endswith(">"):
            parts = split(text.partition("<")[2][:-1])
            yield inner.number, [absolute(project, type_.source, part) for part in parts]


def _filled(text: str, given: list[str]) -> str:
    """The text with what is given for the numbers of parameters."""
    if "$" not in text or not given:
        return text
    return _PARAMETER.sub(
        lambda one: given[int(one[1])] if int(one[1]) < len(given) else one[0], text
    )


def _alike(project: Project, one: Signature, other: Signature) -> bool:
    """Whether two methods take and give the same, as far as that is known."""
    if len(one.takes) != len(other.takes):
        return False
    pairs = zip([*one.takes, one.result], [*other.takes, other.result], strict=True)
    for text, another in pairs:
        if "?" in text + another or "$" in text + another or "%" in text + another:
            continue
        if absolute(project, one.home, text) != absolute(project, other.home, another):
            return False
    return True


def injected(
    project: Project, source: Source, *, makers: Implementers
) -> Iterator[tuple[Source, int]]:
    """File and line of each implementation that a field or a constructor of this file asks for."""
    fields = source.facts["fields"]
    asked = list(zip(fields[::2], fields[1::2], strict=True))
    asked += _taken_in(source)
    for receiver, name, takes, _, line in source.facts["functions"]:
        made = str(name).startswith(("New", "new")) or (source, name) in makers.wiring.provided
        if not receiver and made:
            asked += [(text, line) for text in takes]  # type: ignore[attr-defined, misc]  # JSON
    for text, line in asked:
        interface = named(project, source, str(text))
        if interface is not None and interface.shape == "interface" and interface.name:
            for one in _implementing(project, interface, makers=makers, source=source):
                yield one.source, int(line)


def _taken_in(source: Source) -> Iterator[tuple[str, int]]:
    """The types that structs take in without a name, which are handed over as well."""
    for type_, facts in zip(source.types, source.facts["types"], strict=True):
        if type_.shape == "struct":
            yield from ((text, cast("int", facts[6])) for text in type_.embeds)


def _implementing(
    project: Project, interface: Type, *, makers: Implementers, source: Source
) -> list[Type]:
    if interface.number not in makers.known:
        makers.known[interface.number] = _having_all(project, interface, makers=makers)
    found = makers.known[interface.number]
    if source.file.kind is FileKind.SOURCE:
        found = [one for one in found if one.source.file.kind is FileKind.SOURCE]
    told = makers.wiring.bound.get(interface.number, [])
    return told + [one for one in found if one not in told] if len(found) <= MOST else told


def _having_all(project: Project, interface: Type, *, makers: Implementers) -> list[Type]:
    wanted = _methods(project, interface)
    if len(wanted) < _FEWEST_METHODS and not _tells(project, wanted):
        return []
    private = any(not name[:1].isupper() for name in wanted)
    candidates = min((makers.by_method.get(name, []) for name in wanted), key=len)
    if len(candidates) > _CANDIDATES:
        return []
    fitting = (
        one
        for one in candidates
        if _has_all(project, makers.sets[one.number], wanted)
        and (one.source.package is interface.source.package or not private)
    )
    return list(fitting)


def _tells(project: Project, wanted: dict[str, Signature]) -> bool:
    """Whether one method says what an interface is for: by its name, or by types of the project
    that it takes or gives.
    """
    if wanted.keys() - _COMMON:
        return True
    return any(
        "@" in absolute(project, one.home, text)
        for one in wanted.values()
        for text in (*one.takes, one.result)
    )


def _has_all(project: Project, has: dict[str, Signature], wanted: dict[str, Signature]) -> bool:
    """Whether all methods are there, at least one of them not by embedding."""
    if not wanted.keys() <= has.keys() or not any(has[name].own for name in wanted):
        return False
    return all(_alike(project, has[name], signature) for name, signature in wanted.items())
