"""The facts of a run as a Parquet set: one table a kind, written and read back without loss.

Only this file knows Parquet. Paths may hold bytes that are no UTF-8; a column with such surrogates
is binary. What is read is our own and was compared with its digest before; it is never unpickled.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import TypeAdapter
from scipy.sparse import csr_array

from assessor.errors import UsageError
from assessor.model.coupling import CoChange, Coupling, Cycle, Hotspot
from assessor.model.facts import Fact
from assessor.model.gate import Finding, Use
from assessor.model.history import Ownership
from assessor.model.kept import Excerpt, Kept
from assessor.model.partition import Partition
from assessor.model.records import Records, Reference, Unit
from assessor.model.seen import Seen

VERSION = 1

_PASS = "surrogatepass"  # noqa: S105 - no password: how half characters are written
# Table -> what its rows are; a field that is no plain value is kept as JSON.
_ROWS: Mapping[str, type[Any]] = {
    "cochange": CoChange,
    "cycles": Cycle,
    "excerpts": Excerpt,
    "facts": Fact,
    "findings": Finding,
    "hotspots": Hotspot,
    "ownership": Ownership,
    "references": Reference,
    "units": Unit,
    "uses": Use,
}
_SCALARS: Mapping[type, pa.DataType] = {
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    str: pa.string(),
}


def packed(kept: Kept) -> dict[str, bytes]:
    """Name of a table -> its Parquet file; the same bytes for the same facts."""
    seen = kept.seen
    rows: Mapping[str, Sequence[object]] = {
        "cochange": seen.cochange,
        "cycles": seen.cycles,
        "excerpts": kept.excerpts,
        "facts": [kept.facts[name] for name in sorted(kept.facts)],
        "findings": kept.findings,
        "hotspots": seen.hotspots,
        "ownership": seen.ownership,
        "references": seen.records.references,
        "units": seen.records.units,
        "uses": kept.uses,
    }
    tables = {name: _table(rows[name], _ROWS[name]) for name in rows}
    tables |= _of_coupling(seen.coupling)
    tables["documents"] = _documents(
        {
            "version": VERSION,
            "history_reason": seen.history_reason,
            "partition": seen.partition,
            "natural": None if seen.natural == seen.partition else seen.natural,
            "one_cut": seen.natural == seen.partition,
            "coupling": _named(seen.coupling),
        }
    )
    return {name: _written(table) for name, table in sorted(tables.items())}


def unpacked(tables: Mapping[str, bytes]) -> Kept:
    """What was packed. Raises UsageError for another version, and for what cannot be read."""
    missing = sorted({*_ROWS, "documents", "matrices", "nodes", "terms"} - tables.keys())
    if missing:
        raise UsageError(f"the facts of the run lack the table {missing[0]!r}; audit again.")
    try:
        return _kept(tables)
    except (pa.ArrowException, KeyError, TypeError, ValueError) as error:  # from another store
        raise UsageError("the facts of the run cannot be read; audit again.") from error


def _kept(tables: Mapping[str, bytes]) -> Kept:
    said = _said(tables["documents"])
    rows = {name: _rows(_read(tables[name]), kind) for name, kind in _ROWS.items()}
    cut = _cut(said["partition"])
    seen = Seen(
        records=Records((), rows["units"], rows["references"], (), ()),
        history_reason=said["history_reason"],
        coupling=_coupling(tables, said["coupling"]),
        partition=cut,
        natural=cut if said["one_cut"] else _cut(said["natural"]),
        cochange=rows["cochange"],
        cycles=rows["cycles"],
        hotspots=rows["hotspots"],
        ownership=rows["ownership"],
    )
    return Kept(
        seen=seen,
        facts={fact.name: fact for fact in rows["facts"]},
        findings=rows["findings"],
        uses=rows["uses"],
        excerpts=rows["excerpts"],
    )


def _said(documents: bytes) -> dict[str, Any]:
    written = _read(documents)
    columns = (_strings(written.column(each)) for each in ("name", "json"))
    said = {name: json.loads(text) for name, text in zip(*columns, strict=True)}
    if said["version"] != VERSION:
        raise UsageError(f"the facts of the run are of version {said['version']}; audit again.")
    return said


def _written(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", store_schema=True)
    return sink.getvalue()


def _read(content: bytes) -> pa.Table:
    return pq.read_table(io.BytesIO(content))


def _kinds(kind: type[Any]) -> Mapping[str, type | None]:
    """Field -> the plain type that it is kept as; None = as JSON."""
    hints = get_type_hints(kind)
    return {field.name: _plain_kind(hints[field.name]) for field in fields(kind)}


def _plain_kind(hint: Any) -> type | None:  # noqa: ANN401 - an annotation
    if get_origin(hint) is Literal and all(isinstance(each, str) for each in get_args(hint)):
        return str
    if isinstance(hint, type) and issubclass(hint, Enum):
        return str
    return hint if hint in _SCALARS else None


def _table(rows: Sequence[object], kind: type[Any]) -> pa.Table:
    columns: dict[str, pa.Array] = {}
    for name, plain_kind in _kinds(kind).items():
        values = [getattr(row, name) for row in rows]
        if plain_kind is None:
            columns[name] = _texts([_json(value) for value in values])
        elif plain_kind is str:
            columns[name] = _texts([str(value) for value in values])
        else:
            columns[name] = pa.array(values, _SCALARS[plain_kind])
    return pa.table(columns)


def _texts(values: Sequence[str]) -> pa.Array:
    """Text, or bytes where some of it cannot be text."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([value.encode("utf-8", _PASS) for value in values], pa.binary())


def _strings(column: pa.ChunkedArray) -> list[str]:
    values = column.to_pylist()
    binary = pa.types.is_binary(column.type)
    return [value.decode("utf-8", _PASS) if binary else str(value) for value in values]


def _json(value: object) -> str:
    """The value with all its digits and characters; `render.to_json` rounds for people."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_parts
    )


def _parts(value: object) -> object:
    """A record as its fields, a mapping as a dict."""
    if isinstance(value, Mapping):
        return dict(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]


def _rows(table: pa.Table, kind: type[Any]) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    columns = [_values(table.column(name), hints[name]) for name in _kinds(kind)]
    return tuple(map(kind, *columns))


def _values(column: pa.ChunkedArray, hint: Any) -> list[Any]:  # noqa: ANN401 - an annotation
    plain_kind = _plain_kind(hint)
    if plain_kind is None:
        found = json.loads(f"[{','.join(_strings(column))}]")
        return list(TypeAdapter(list[hint]).validate_python(found))
    if plain_kind is not str:
        return list(column.to_pylist())
    values = _strings(column)
    if isinstance(hint, type) and issubclass(hint, Enum):
        known = {each.value: each for each in hint}
        return [known[value] for value in values]
    return list(values)


def _documents(documents: Mapping[str, object]) -> pa.Table:
    names = sorted(documents)
    return pa.table({"name": names, "json": _texts([_json(documents[name]) for name in names])})


def _cut(document: object) -> Partition | None:
    return None if document is None else TypeAdapter(Partition).validate_python(document)


def _named(coupling: Coupling | None) -> object:
    """What of the coupling is neither a unit, a term nor a matrix; None = there is none."""
    if coupling is None:
        return None
    return {
        "weights": dict(sorted(coupling.weights.items())),
        "views": sorted(coupling.views),
        "usage": coupling.usage is not None,
    }


def _of_coupling(coupling: Coupling | None) -> dict[str, pa.Table]:
    units = coupling.units if coupling else ()
    owners, roots = (coupling.owners, coupling.roots) if coupling else ((), ())
    nodes = pa.table(
        {
            "unit": _texts(units),
            "owner": pa.array([unit in owners for unit in units], pa.bool_()),
            "root": pa.array([unit in roots for unit in units], pa.bool_()),
        }
    )
    terms = pa.table({"term": _texts(coupling.terms if coupling else ())})
    return {"nodes": nodes, "terms": terms, "matrices": _matrices(coupling)}


def _matrices(coupling: Coupling | None) -> pa.Table:
    """Every matrix cell by cell, in the order of rows and columns."""
    held: dict[str, csr_array] = {}
    if coupling is not None:
        held = {f"view:{name}": coupling.views[name] for name in sorted(coupling.views)}
        held |= {"fused": coupling.fused, "directed": coupling.directed}
        if coupling.usage is not None:
            held["usage"] = coupling.usage
    parts = []
    for name, matrix in held.items():
        cells = _sorted(matrix).tocoo()
        column = pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(len(cells.data), dtype=np.int32)), pa.array([name])
        )
        parts.append(
            pa.table(
                {
                    "matrix": column.cast(pa.string()),
                    "row": pa.array(cells.row.astype(np.int32)),
                    "column": pa.array(cells.col.astype(np.int32)),
                    "value": pa.array(cells.data.astype(np.float64)),
                }
            )
        )
    if not parts:
        kinds = {"matrix": pa.string(), "row": pa.int32(), "column": pa.int32()}
        return pa.table({n: pa.array([], k) for n, k in {**kinds, "value": pa.float64()}.items()})
    return pa.concat_tables(parts).combine_chunks()


def _sorted(matrix: csr_array) -> csr_array:
    copy = csr_array(matrix)
    if not copy.has_sorted_indices:
        copy = copy.copy()
        copy.sort_indices()
    return copy


def _coupling(tables: Mapping[str, bytes], said: Mapping[str, Any] | None) -> Coupling | None:
    if said is None:
        return None
    nodes = _read(tables["nodes"])
    units = tuple(_strings(nodes.column("unit")))
    terms = tuple(_strings(_read(tables["terms"]).column("term")))
    cells = _read(tables["matrices"])
    square, used = (len(units), len(units)), (len(units), len(terms))
    found = Coupling(
        units=units,
        views={name: _matrix(cells, f"view:{name}", shape=square) for name in said["views"]},
        weights=said["weights"],
        fused=_matrix(cells, "fused", shape=square),
        directed=_matrix(cells, "directed", shape=square),
        terms=terms,
        owners=_marked(units, nodes.column("owner")),
        roots=_marked(units, nodes.column("root")),
    )
    return replace(found, usage=_matrix(cells, "usage", shape=used)) if said["usage"] else found


def _marked(units: Sequence[str], column: pa.ChunkedArray) -> frozenset[str]:
    marks = column.to_pylist()
    return frozenset(unit for unit, mark in zip(units, marks, strict=True) if mark)


def _matrix(cells: pa.Table, name: str, *, shape: tuple[int, int]) -> csr_array:
    mine = cells.filter(pc.equal(cells.column("matrix"), name))
    values, rows, columns = (mine.column(each).to_numpy() for each in ("value", "row", "column"))
    made = csr_array((values, (rows, columns)), shape=shape, dtype=np.float64)
    made.sort_indices()
    return made
