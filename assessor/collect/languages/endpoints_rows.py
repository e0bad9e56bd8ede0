"""What marks say of the types of a project, by type; what several frameworks need of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from assessor.collect.languages.typed_table import Source, Table, Type, lineage
from assessor.model.records import FileKind


class Mark(NamedTuple):
    """One annotation. at: byte where what it marks starts. says: framework and meaning."""

    member: str
    at: int
    line: int
    says: str
    arguments: dict[str, list[str]]

    @property
    def framework(self) -> str:
        """The part before the colon."""
        return self.says.partition(":")[0]

    @property
    def meaning(self) -> str:
        """The part after the colon."""
        return self.says.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Holder:
    """A type with marks. heads: those of the type itself. members: those of its methods."""

    type: Type
    heads: list[Mark] = field(default_factory=list)
    members: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """All types with marks, in order of path. below: id of a type -> concrete ones below it."""

    table: Table
    holders: list[Holder]
    by_type: dict[int, Holder]
    below: dict[int, list[Type]]


def known_marks(table: Table) -> Known:
    """The marks of all files."""
    holders = [one for source in table.sources for one in _holders(source)]
    by_type = {id(one.type): one for one in holders}
    open_ = {id(one.type) for one in holders if is_open(one.type)}
    return Known(table, holders, by_type, _below(table, open_) if open_ else {})


def is_open(type_: Type) -> bool:
    """Others must extend or implement the type for it to answer anything."""
    return type_.abstract or type_.shape == "interface"


def _holders(source: Source) -> list[Holder]:
    rows = cast("list[list[object]]", source.facts.get("endpoints", ()))
    if not rows:
        return []
    types = {_inner(one): one for one in reversed(source.types) if one.qualified}
    found: dict[str, Holder] = {}
    for row in rows:
        name, mark = cast("str", row[0]), Mark(*row[1:])  # type: ignore[arg-type]  # from JSON
        type_ = types.get(name, source.types[0])
        holder = found.setdefault(name, Holder(type_))
        (holder.members if mark.member else holder.heads).append(mark)
    return list(found.values())


def _inner(type_: Type) -> str:
    """The name without the package: `Outer.Inner`."""
    package = type_.top.package if type_.top is not None else ""
    return type_.qualified.removeprefix(f"{package}.") if package else type_.qualified


def _below(table: Table, wanted: set[int]) -> dict[int, list[Type]]:
    found: dict[int, list[Type]] = {}
    for source in table.sources:
        for type_ in source.types:
            if type_.supers_written and type_.name and not is_open(type_):
                for above in lineage(table, type_)[1:]:
                    if id(above) in wanted and _reaches(type_, above):
                        found.setdefault(id(above), []).append(type_)
    return found


def _reaches(type_: Type, above: Type) -> bool:
    """Code does not answer by what tests declare."""
    return FileKind.TEST not in {type_.source.file.kind} - {above.source.file.kind}


def answering(known: Known, holder: Holder) -> Iterator[tuple[Type, Sequence[Mark]]]:
    """The types that answer for a holder, each with the marks of the type that count."""
    if not is_open(holder.type):
        yield holder.type, holder.heads
        return
    for type_ in known.below.get(id(holder.type), ()):
        own = known.by_type.get(id(type_))
        yield type_, own.heads if own is not None else ()


def values(mark: Mark | None, *names: str) -> list[str]:
    """The values of the first of these arguments that is there."""
    if mark is None:
        return []
    return next((mark.arguments[name] for name in names if mark.arguments.get(name)), [])


def first(marks: Sequence[Mark], *says: str) -> Mark | None:
    """The first mark that says one of these."""
    return next((mark for mark in marks if mark.says in says), None)
