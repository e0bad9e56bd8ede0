"""What the schema says of the tables that code touches, and the tables that only it knows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from assessor.model.basis import Node
from assessor.model.data import ForeignKey, TableSchema, TableUse
from assessor.model.records import Artefact


def defined(
    used: Iterable[TableUse], definitions: Sequence[Artefact], keys: Sequence[Artefact]
) -> tuple[tuple[TableUse, ...], tuple[ForeignKey, ...]]:
    """The tables with their definitions, and the foreign keys between them, by the code's names.

    A table has the same name in code and schema, but for the schema that it is in and for
    underscores, which frameworks put in; where two might be meant none is.
    """
    tables = {use.table: use for use in used}
    said = {_text(each, "table"): _schema(each) for each in definitions}
    names = _names(sorted(tables), sorted(said))
    for name, schema in sorted(said.items()):
        known = names.get(name, name)
        tables[known] = replace(tables.get(known, TableUse(known)), definition=schema)
    links = {_foreign_key(each, names) for each in keys}
    return tuple(sorted(tables.values(), key=lambda use: use.table)), tuple(sorted(links))


def _names(of_code: Sequence[str], of_schema: Sequence[str]) -> Mapping[str, str]:
    """Name in the schema -> name in the code, of tables that are the same under another name."""
    left = [name for name in of_schema if name not in set(of_code)]
    free = [name for name in of_code if name not in set(of_schema)]
    found: dict[str, str] = {}
    for plain in (_last, _joined):
        by_plain = _grouped(free, plain), _grouped(left, plain)
        for key, mine in by_plain[0].items():
            theirs = by_plain[1].get(key, [])
            if len(mine) == len(theirs) == 1:
                found.setdefault(theirs[0], mine[0])
        free = [name for name in free if name not in set(found.values())]
        left = [name for name in left if name not in found]
    return found


def _grouped(names: Iterable[str], plain: Callable[[str], str]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[plain(name)].append(name)
    return groups


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _joined(name: str) -> str:
    return _last(name).replace("_", "")


def _schema(each: Artefact) -> TableSchema:
    return TableSchema(
        path=each.location.path,
        line=each.location.line,
        tool=_text(each, "tool"),
        columns=_texts(each, "columns"),
        primary_key=_texts(each, "primary_key"),
        view=_field(each, "view").value is True,
        reads=_texts(each, "reads"),
        partial=_field(each, "partial").value is True,
    )


def _foreign_key(each: Artefact, names: Mapping[str, str]) -> ForeignKey:
    source, target = _text(each, "source"), _text(each, "target")
    return ForeignKey(
        source=names.get(source, source),
        target=names.get(target, target),
        columns=_texts(each, "columns"),
        tool=_text(each, "tool"),
        path=each.location.path,
        line=each.location.line,
    )


def _field(each: Artefact, name: str) -> Node:
    root = each.root.value
    return root[name] if isinstance(root, Mapping) else each.root


def _text(each: Artefact, name: str) -> str:
    return str(_field(each, name).value)


def _texts(each: Artefact, name: str) -> tuple[str, ...]:
    parts = _field(each, name).value
    return tuple(str(part.value) for part in parts) if isinstance(parts, tuple) else ()
