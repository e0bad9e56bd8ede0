"""Annotations of storage: which library's they are, and what their arguments say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor.collect.languages.typed_exposed import HOME, ROWS, TABLES
from assessor.collect.languages.typed_table import Source, Table, Type, named
from assessor.collect.languages.typed_text import top_level_parts

JPA = ("jakarta.persistence", "javax.persistence")
MYBATIS = ("org.apache.ibatis.annotations",)
SPRING_DATA = ("org.springframework.data",)
MYBATIS_PLUS = ("com.baomidou.mybatisplus",)
# Simple name -> the packages, with those below them, in which it means what we take it for.
_HOMES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("Select", "Insert", "Update", "Delete"), MYBATIS),
    "Document": ("org.springframework.data.mongodb",),
    "Query": SPRING_DATA,
    "NativeQuery": SPRING_DATA,
    "RepositoryDefinition": SPRING_DATA,
    "TableName": MYBATIS_PLUS,
    **dict.fromkeys((*TABLES, *ROWS), (HOME,)),
    "Table": (*JPA, "org.springframework.data.relational", HOME),
}
_KEY = re.compile(r"\s*(\w+)\s*=(?!=)\s*(.*)", re.DOTALL)
_TEXTS = re.compile(r'"""(.*?)"""|"((?:[^"\\]|\\.)*)"', re.DOTALL)
_BETWEEN = re.compile(r"[\s+]*")
_CLASS = re.compile(r"([\w.]+)(?:\.class|::class)")


@dataclass(frozen=True, slots=True, eq=False)
class Noted:
    """An annotation of storage at a class (member "") or a member of it.

    kind: its simple name. package: where the annotation itself comes from. arguments: as written,
    by name; `value` for one without a name. type: of the member as written.
    """

    kind: str
    package: str
    arguments: Mapping[str, str]
    owner: Type
    member: str
    type: str
    line: int


def marks(table: Table) -> Iterator[Noted]:
    """All annotations that are those of a library of storage, in order of path and place."""
    for source in table.sources:
        found = source.facts.get("data")
        flat = found["marks"] if found is not None else []
        rows = zip(*(flat[at::6] for at in range(6)), strict=True)
        for name, arguments, scope, member, type_, line in rows:
            owner = source.types[int(scope)]
            package = origin(table, owner, str(name))
            if package:
                kind = str(name).rpartition(".")[2]
                given = _arguments(str(arguments))
                yield Noted(kind, package, given, owner, str(member), str(type_), int(line))


def origin(table: Table, scope: Type, name: str) -> str:
    """The package of an annotation of storage, "" for a foreign one of the same simple name."""
    before, _, simple = name.rpartition(".")
    packages = [before] if before else imported_from(scope.source, name)
    homes = _HOMES.get(simple, JPA)
    found = next((at for at in packages for home in homes if _in(at, home)), "")
    starred = not before and name not in scope.source.singles
    return "" if found and starred and named(table, scope, name) is not None else found


def _in(package: str, home: str) -> bool:
    return package == home or package.startswith(f"{home}.")


def imported_from(source: Source, name: str) -> list[str]:
    """The packages that a simple name of no type of the project may come from."""
    imported = source.singles.get(name)
    return [imported.rpartition(".")[0]] if imported is not None else source.packages


def _arguments(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in top_level_parts(written):
        match = _KEY.fullmatch(part)
        found[match[1] if match else "value"] = match[2] if match else part
    return found


def literal(written: str) -> str | None:
    """The text of a literal, or of several that are added; None for anything else."""
    parts = _TEXTS.findall(written)
    if not parts or _BETWEEN.fullmatch(_TEXTS.sub("", written)) is None:
        return None
    return "".join(block or plain for block, plain in parts).replace("\\n", "\n")


def class_named(written: str) -> str:
    """The name before `.class`, "" for anything else."""
    match = _CLASS.fullmatch(written.strip())
    return match[1] if match else ""
