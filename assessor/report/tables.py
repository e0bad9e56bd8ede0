"""The tables behind an assessment, for other tools."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from scipy.sparse import csr_array, triu

from assessor.model.behaviour import Behaviour
from assessor.model.coupling import CoChange, Coupling
from assessor.model.data import Data
from assessor.model.facts import Fact, FactSpec
from assessor.model.history import History
from assessor.model.partition import Partition
from assessor.model.records import Records
from assessor.model.seen import Seen
from assessor.model.table import Table, Value
from assessor.report.assemble import moment


def references(records: Records) -> Table:
    """Every static link between units: `source_path,source_name,target_path,target_name,…`."""
    rows = tuple(
        (r.source, r.source_name, r.target, r.target_name, str(r.kind), r.count, r.line)
        for r in records.references
    )
    columns = (
        "source_path",
        "source_name",
        "target_path",
        "target_name",
        "kind",
        "count",
        "line",
    )
    edges: dict[tuple[str, str], int] = {}
    for r in records.references:
        if r.source != r.target:
            edges[r.source, r.target] = edges.get((r.source, r.target), 0) + r.count
    return Table(
        columns=columns,
        rows=rows,
        nodes=tuple(
            (u.path, {"name": u.name, "kind": str(u.kind), "code_lines": u.code_lines})
            for u in records.units
        ),
        edge_columns=("count",),
        edges=tuple((a, b, n) for (a, b), n in sorted(edges.items())),
        directed=True,
    )


def coupling(graph: Coupling | None) -> Table:
    """Every coupled pair once: `source,target,fused` and each view's own weight."""
    if graph is None:
        return Table(columns=("source", "target", "fused"), rows=())
    views = tuple(sorted(graph.views))
    weights = [_cells(matrix) for matrix in (graph.fused, *(graph.views[name] for name in views))]
    pairs = sorted({pair for cells in weights for pair in cells})
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (graph.units[a], graph.units[b], *(cells.get((a, b), 0.0) for cells in weights))
        for a, b in pairs
    )
    columns = ("source", "target", "fused", *(name.replace("-", "_") for name in views))
    return Table(
        columns=columns,
        rows=rows,
        nodes=tuple((unit, {}) for unit in graph.units),
        edge_columns=columns[2:],
        edges=rows,
    )


def _cells(matrix: csr_array) -> dict[tuple[int, int], float]:
    """(row, column) above the diagonal -> weight."""
    upper = triu(matrix, k=1).tocoo()
    return dict(
        zip(
            zip(upper.row.tolist(), upper.col.tolist(), strict=True),
            upper.data.tolist(),
            strict=True,
        )
    )


def partition(cut: Partition | None, graph: Coupling | None) -> Table:
    """Every unit with its service (a shared one with its home) and how sure that is."""
    columns = ("unit", "service", "shared", "confidence")
    if cut is None:
        return Table(columns=columns, rows=())
    shared = {unit.unit for unit in cut.shared}
    rows = tuple(
        (unit, service, unit in shared, cut.confidence.get(unit))
        for unit, service in sorted(cut.home.items())
    )
    return Table(
        columns=columns,
        rows=rows,
        nodes=tuple((str(r[0]), dict(zip(columns[1:], r[1:], strict=True))) for r in rows),
        edge_columns=("fused",),
        edges=tuple(row[:3] for row in coupling(graph).rows),
    )


def changes(history: History | None) -> Table:
    """Every file of every non-merge commit, newest first, as committed."""
    columns = ("commit", "time", "author", "bot", "path", "old_path", "status")
    if history is None:
        return Table(columns=columns, rows=())
    commits = history.commits
    ids, times = commits["id"].tolist(), commits["time"].tolist()
    authors, bots = commits["author"].tolist(), commits["bot"].tolist()
    table = history.changes
    fields = zip(
        table["commit"].tolist(),
        table["path"].tolist(),
        table["old_path"].tolist(),
        table["status"].tolist(),
        strict=True,
    )
    rows = tuple(
        (ids[c], moment(int(times[c])), authors[c], bool(bots[c]), path, old, status)
        for c, path, old, status in fields
    )
    return Table(columns=columns, rows=rows)


def cochange(pairs: Sequence[CoChange]) -> Table:
    """Every pair of files changed together, strongest first, renames followed."""
    columns = ("a", "b", "shared", "revisions_a", "revisions_b", "degree", "commit")
    rows = tuple(
        (p.a, p.b, p.shared, p.revisions_a, p.revisions_b, p.degree, p.commit) for p in pairs
    )
    return Table(columns=columns, rows=rows)


def history(seen: Seen) -> Table:
    """The past of every source unit: `unit,revisions,company,authors,owner,owner_share,…`.

    company: sum of coupling. first_days, last_days: before the tip. added, deleted: lines in the
    last year; empty where they could not be counted. Mass commits and those of bots are left out.
    """
    columns = "unit,revisions,company,authors,owner,owner_share,fragmentation,first_days,last_days"
    known = {each.path: each for each in seen.ownership}
    rows = (
        (
            (each.path, own.revisions, each.company, own.authors, own.owner, own.share),
            (own.fragmentation, each.first, each.last),
            ("" if each.added is None else each.added,),
            ("" if each.deleted is None else each.deleted,),
        )
        for each in seen.pasts
        if (own := known.get(each.path)) is not None
    )
    return Table(
        columns=(*columns.split(","), "added", "deleted"),
        rows=tuple(tuple(chain.from_iterable(row)) for row in rows),
    )


def logical(seen: Seen) -> Table:
    """Pairs that issues or sittings tie and commits do not: `group,a,b,shared,degree`."""
    return _listed(seen.logical, "group,a,b,shared,degree")


def facts(found: Mapping[str, Fact], specs: Mapping[str, FactSpec]) -> Table:
    """Every fact with its value and its first piece of evidence."""
    columns = ("name", "value", "unit", "applies", "kind", "evidence")
    rows = tuple(
        (
            name,
            fact.value,
            specs[name].unit,
            fact.applies,
            str(specs[name].evidence),
            _first(fact),
        )
        for name, fact in sorted(found.items())
    )
    return Table(columns=columns, rows=rows)


def _first(fact: Fact) -> str:
    for evidence in fact.evidence:
        return str(evidence.location) if evidence.location else evidence.commit
    return ""


def data(found: Data) -> Table:
    """What each unit does to each table: `table,unit,create,read,update,delete,maps,…`.

    Tables that only the schema knows have a row without a unit.
    """
    rows: list[tuple[Value, ...]] = []
    for each in found.tables:
        done = {access.unit: access for access in each.accesses}
        said = each.definition
        count = len(said.columns) if said is not None and not said.partial else None
        columns = (count, said.tool if said is not None else "")
        for unit in sorted({*done, *each.mapped}) or [""]:
            access = done.get(unit)
            letters = access.operations if access else ""
            rows.append(
                (
                    each.table,
                    unit,
                    *(int(letter in letters) for letter in "CRUD"),
                    int(unit in each.mapped),
                    access.count if access else 0,
                    access.path if access else unit or (said.path if said else ""),
                    access.line if access else (said.line if said and not unit else 0),
                    *columns,
                )
            )
    operations = ("create", "read", "update", "delete")
    names = ("table", "unit", *operations, "maps", "count", "path", "line", "columns", "schema")
    return Table(columns=names, rows=tuple(rows))


def foreign_keys(found: Data) -> Table:
    """Every foreign key of the schema: `source,target,columns,tool,path,line`."""
    rows = tuple(
        (each.source, each.target, " ".join(each.columns), each.tool, each.path, each.line)
        for each in found.foreign_keys
    )
    return Table(columns=("source", "target", "columns", "tool", "path", "line"), rows=rows)


def endpoints(found: Data) -> Table:
    """Every place where a request comes in: `method,path,handler,framework,unit,line`."""
    return _listed(found.endpoints, "method,path,handler,framework,unit,line")


def remote_calls(found: Behaviour) -> Table:
    """Every call over the network: `target,protocol,method,framework,unit,line,count`."""
    return _listed(found.remote_calls, "target,protocol,method,framework,unit,line,count")


def messages(found: Behaviour) -> Table:
    """Who sends and receives where: `channel,broker,direction,framework,unit,line,count`."""
    return _listed(found.messages, "channel,broker,direction,framework,unit,line,count")


def jobs(found: Behaviour) -> Table:
    """What a clock starts: `schedule,handler,framework,unit,line`."""
    return _listed(found.jobs, "schedule,handler,framework,unit,line")


def transactions(found: Behaviour) -> Table:
    """Where transactions are declared or begun: `handler,framework,read_only,unit,line`."""
    return _listed(found.transactions, "handler,framework,read_only,unit,line")


def settings(found: Behaviour) -> Table:
    """The settings that the code asks for: `key,source,default,unit,line,count`."""
    return _listed(found.settings, "key,source,default,unit,line,count")


def _listed(records: Iterable[object], names: str) -> Table:
    """A row a record, with the fields of these names; yes and no are 1 and 0."""
    columns = tuple(names.split(","))
    rows = (tuple(getattr(each, name) for name in columns) for each in records)
    plain = (tuple(int(v) if isinstance(v, bool) else v for v in row) for row in rows)
    return Table(columns=columns, rows=tuple(plain))
