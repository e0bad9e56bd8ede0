import io
import json
from dataclasses import fields, replace
from typing import get_type_hints

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from assessor import pipeline
from assessor.collect.replay import replay
from assessor.collect.repository import open_source
from assessor.errors import UsageError
from assessor.graph.fuse import couple_edges
from assessor.model.basis import Evidence, Location
from assessor.model.basis import Text as Words
from assessor.model.coupling import CoChange, Coupling, Cycle, Hotspot
from assessor.model.facts import Fact
from assessor.model.gate import Finding, Use
from assessor.model.history import Ownership
from assessor.model.kept import Excerpt, Kept
from assessor.model.records import Function, Records, Reference, Unit
from assessor.model.seen import Seen
from assessor.partition.propose import propose
from assessor.render.to_json import to_json
from assessor.resources import packaged
from assessor.store.facts import packed, unpacked

ODD = "src/caf\udce9.py"  # a name of bytes that are no UTF-8
EMPTY = Kept(Seen(Records((), (), (), (), ())), {}, (), ())
COUPLING = couple_edges([("a.A", "a.B", 2.0), ("b.A", "b.B", 1.0), ("a.A", "b.A", 0.5)])

TEXTS = st.text(st.characters(exclude_categories=())) | st.sampled_from([ODD, "", "\ud83d\ude00"])
COUNTS = st.integers(-(2**63), 2**63 - 1)
SHARES = st.floats(allow_nan=False)
PLAIN = {int: COUNTS, str: TEXTS, float: SHARES}


def _record(kind, **known):
    """Any record of a kind; `known` for what is no plain value."""
    hints = get_type_hints(kind)
    plain = {name: PLAIN[hint] for name, hint in hints.items() if hint in PLAIN}
    return st.builds(kind, **(plain | known))


def _many(each):
    return st.lists(each, max_size=3).map(tuple)


WORDS = _record(Words)
RECORDS = {
    CoChange: _record(CoChange),
    Cycle: _record(Cycle, units=_many(TEXTS), example=_many(TEXTS)),
    Excerpt: _record(Excerpt, lines=_many(TEXTS)),
    Fact: _record(
        Fact,
        value=st.none() | st.booleans() | st.integers() | SHARES,
        evidence=_many(_record(Evidence, location=st.none() | _record(Location), claim=WORDS)),
        reason=st.none() | WORDS,
        bounds=st.none() | st.tuples(SHARES, SHARES),
    ),
    Finding: _record(Finding, claim=WORDS),
    Hotspot: _record(Hotspot),
    Ownership: _record(Ownership),
    Reference: _record(Reference),
    Unit: _record(
        Unit,
        types=_many(TEXTS),
        words=_many(st.tuples(TEXTS, COUNTS)),
        functions=_many(_record(Function)),
        maintainability=st.none() | SHARES,
    ),
    Use: _record(Use),
}


def _rows(kind):
    return _many(RECORDS[kind])


KEPT = st.builds(
    Kept,
    seen=st.builds(
        Seen,
        records=st.builds(
            Records, st.just(()), _rows(Unit), _rows(Reference), st.just(()), st.just(())
        ),
        history=st.none(),
        coupling=st.none(),
        partition=st.none(),
        natural=st.none(),
        xray=st.none(),
        cochange=_rows(CoChange),
        cycles=_rows(Cycle),
        hotspots=_rows(Hotspot),
        ownership=_rows(Ownership),
    ),
    facts=_rows(Fact).map(lambda rows: {row.name: row for row in rows}),
    findings=_rows(Finding),
    uses=_rows(Use),
    excerpts=_rows(Excerpt),
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The shop sample with its rules, what was found, and what was kept of it."""
    folder = tmp_path_factory.mktemp("samples") / "shop"
    replay(packaged("sample_repos") / "shop", folder)
    loaded = pipeline.rules(None)
    with open_source(folder) as source:
        return loaded, pipeline.full(source, loaded, options=pipeline.Options())


def _seen(**changed):
    return replace(EMPTY, seen=replace(EMPTY.seen, **changed))


def _cells(matrix):
    return (matrix.shape, matrix.dtype.name, matrix.indptr.tolist(), matrix.indices.tolist())


def _same(a, b):
    """Whether two couplings are equal, matrices cell by cell."""
    plain = [f.name for f in fields(Coupling) if f.name not in {"views", "fused", "directed"}]
    plain.remove("usage")
    pairs = [(a.fused, b.fused), (a.directed, b.directed)]
    pairs += [(a.views[name], b.views[name]) for name in a.views]
    pairs += [(a.usage, b.usage)] if a.usage is not None else []
    return (
        all(getattr(a, name) == getattr(b, name) for name in plain)
        and a.views.keys() == b.views.keys()
        and (a.usage is None) == (b.usage is None)
        and all(_cells(x) == _cells(y) and np.array_equal(x.data, y.data) for x, y in pairs)
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(KEPT)
def test_unpacked__any_records__are_what_was_packed(kept):
    assert unpacked(packed(kept)) == kept


def test_unpacked__nothing_was_found__is_nothing():
    assert unpacked(packed(EMPTY)) == EMPTY


def test_unpacked__a_real_run__is_what_was_packed(shop):
    kept = shop[1].kept
    found = unpacked(packed(kept))
    assert _same(kept.seen.coupling, found.seen.coupling)
    without = [replace(each, seen=replace(each.seen, coupling=None)) for each in (kept, found)]
    assert without[0] == without[1]


def test_unpacked__a_real_run__is_scored_to_the_same_bytes(shop):
    loaded, full = shop
    kept = unpacked(packed(full.kept))
    again = pipeline.rescored(full.assessment, kept, loaded, attestations=())
    assert to_json(again) == to_json(full.assessment)


def test_unpacked__coupling__has_sorted_rows_of_64_bit_numbers():
    messy = csr_array(
        (np.array([2, 1]), np.array([3, 1]), np.array([0, 2, 2, 2, 2])), shape=(4, 4)
    )
    found = unpacked(packed(_seen(coupling=replace(COUPLING, directed=messy)))).seen.coupling
    assert (found.directed.dtype.name, found.directed.indices.tolist()) == ("float64", [1, 3])
    assert found.directed.toarray().tolist() == messy.toarray().tolist()


def test_unpacked__tiny_and_huge_weights__keep_every_digit():
    weights = csr_array(np.array([[0.1 + 0.2, 5e-324], [1.7976931348623157e308, 1 / 3]]))
    names = Coupling(
        ("a", ODD), views={}, weights={}, fused=weights, directed=weights, roots=frozenset({ODD})
    )
    found = unpacked(packed(_seen(coupling=names))).seen.coupling
    assert _same(found, names)


def test_unpacked__no_domain_words__are_none():
    bare = replace(COUPLING, usage=None, terms=())
    assert unpacked(packed(_seen(coupling=bare))).seen.coupling.usage is None


def test_unpacked__names_that_are_no_utf8__are_kept_in_a_cut():
    coupling = couple_edges([(ODD, "src/b.py", 1.0)])
    cut = propose(coupling)
    found = unpacked(packed(_seen(coupling=coupling, partition=cut, natural=cut))).seen
    assert (found.partition, found.coupling.units) == (cut, coupling.units)


@pytest.mark.parametrize("number", [None, 1, 3])
def test_unpacked__cut_by_number__is_kept_beside_the_natural_one(number):
    natural, shown = propose(COUPLING), propose(COUPLING, services=number)
    found = unpacked(packed(_seen(coupling=COUPLING, partition=shown, natural=natural))).seen
    assert (found.partition, found.natural) == (shown, natural)


def test_unpacked__no_natural_cut__is_none():
    cut = propose(COUPLING)
    found = unpacked(packed(_seen(coupling=COUPLING, partition=cut))).seen
    assert (found.partition, found.natural) == (cut, None)


def test_packed__twice__is_the_same_bytes(shop):
    assert packed(shop[1].kept) == packed(shop[1].kept)


def test_packed__mappings_in_another_order__is_the_same_bytes():
    facts = {name: Fact(name, 1) for name in ("a", "b")}
    cut = propose(COUPLING)
    turned = replace(cut, home=dict(reversed(list(cut.home.items()))))
    one = replace(_seen(coupling=COUPLING, partition=cut), facts=facts)
    other = replace(
        _seen(coupling=COUPLING, partition=turned), facts=dict(reversed(facts.items()))
    )
    assert packed(one) == packed(other)


def test_packed__every_table__is_zstd_parquet(shop):
    found = packed(shop[1].kept)
    assert {content[:4] for content in found.values()} == {b"PAR1"}
    assert sorted(found) == [
        "cochange",
        "cycles",
        "documents",
        "excerpts",
        "facts",
        "findings",
        "hotspots",
        "matrices",
        "nodes",
        "ownership",
        "references",
        "terms",
        "units",
        "uses",
    ]


def test_unpacked__table_is_missing__is_refused():
    tables = packed(EMPTY)
    del tables["units"]
    with pytest.raises(UsageError, match="lack the table 'units'; audit again"):
        unpacked(tables)


@pytest.mark.parametrize("name", ["documents", "matrices", "units", "facts"])
def test_unpacked__table_is_no_parquet__is_refused(name):
    tables = packed(_seen(coupling=COUPLING)) | {name: b"PAR1 broken PAR1"}
    with pytest.raises(UsageError, match="cannot be read; audit again"):
        unpacked(tables)


def test_unpacked__table_of_another_kind__is_refused():
    tables = packed(EMPTY)
    with pytest.raises(UsageError, match="cannot be read; audit again"):
        unpacked(tables | {"units": tables["uses"]})


def test_unpacked__another_version__is_refused():
    sink = io.BytesIO()
    pq.write_table(pa.table({"name": ["version"], "json": [json.dumps(99)]}), sink)
    with pytest.raises(UsageError, match="of version 99; audit again"):
        unpacked(packed(EMPTY) | {"documents": sink.getvalue()})
