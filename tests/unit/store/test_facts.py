"""The facts of a run as a Parquet set: all of it comes back, byte for byte the same each time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor import pipeline
from assessor.collect.replay import replay
from assessor.collect.repository import open_source
from assessor.errors import UsageError
from assessor.model.basis import Evidence, Location, Text
from assessor.model.facts import Fact
from assessor.model.kept import Excerpt
from assessor.model.records import Reference, ReferenceKind
from assessor.resources import packaged
from assessor.store.facts import packed, unpacked

TEXT = st.text(
    st.characters(codec=None, min_codepoint=1, max_codepoint=0x10FFFF), max_size=20
)  # surrogates too
VALUE = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.floats(0, 1, allow_nan=False))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """What a real run keeps: that of the sample shop."""
    folder = tmp_path_factory.mktemp("facts") / "shop"
    replay(packaged("sample_repos") / "shop", folder)
    with open_source(folder) as source:
        return pipeline.full(source, pipeline.rules(None), options=pipeline.Options()).kept


def test_packed__a_real_run__comes_back_whole(kept):
    found = unpacked(packed(kept))
    assert replace(found, seen=replace(found.seen, coupling=None)) == replace(
        kept, seen=replace(kept.seen, coupling=None)
    )


def test_packed__the_coupling_of_a_real_run__comes_back_whole(kept):
    found, given_ = unpacked(packed(kept)).seen.coupling, kept.seen.coupling
    assert (found.units, found.terms, found.owners, found.roots) == (
        given_.units,
        given_.terms,
        given_.owners,
        given_.roots,
    )
    assert found.weights == given_.weights
    pairs = [(found.views[name], given_.views[name]) for name in given_.views]
    pairs += [(found.fused, given_.fused), (found.directed, given_.directed)]
    pairs.append((found.usage, given_.usage))
    assert all(np.array_equal(a.toarray(), b.toarray()) for a, b in pairs)


def test_packed__twice__gives_the_same_bytes(kept):
    assert packed(kept) == packed(kept)


def test_packed__values__keep_their_types(kept):
    values = {"a": 1, "b": 1.0, "c": True, "d": None}
    facts = {name: Fact(name, value) for name, value in values.items()}
    found = unpacked(packed(replace(kept, facts=facts))).facts
    assert {name: type(fact.value) for name, fact in found.items()} == {
        "a": int,
        "b": float,
        "c": bool,
        "d": type(None),
    }


def test_packed__a_run_without_code__comes_back_without_coupling(kept):
    bare = replace(kept, seen=replace(kept.seen, coupling=None, partition=None, natural=None))
    assert unpacked(packed(bare)).seen == bare.seen


def test_unpacked__a_set_that_lacks_a_table__is_refused(kept):
    tables = packed(kept)
    del tables["matrices"]
    with pytest.raises(UsageError, match="lack the table 'matrices'"):
        unpacked(tables)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paths=st.lists(TEXT.filter(bool), min_size=2, max_size=4, unique=True),
    value=VALUE,
    claim=TEXT,
    lines=st.lists(TEXT, max_size=3),
)
def test_packed__any_text_and_value__comes_back(kept, paths, value, claim, lines):
    reference = Reference(paths[0], "a", paths[1], "b", ReferenceKind.CALL, 2, 7)
    proof = Evidence(Location(paths[0], 3), Text(claim, claim))
    made = replace(
        kept,
        seen=replace(kept.seen, records=replace(kept.seen.records, references=(reference,))),
        facts={"x": Fact("x", value, (proof,), bounds=(0.0, 0.5))},
        excerpts=(Excerpt(paths[0], 3, 2, tuple(lines)),),
    )
    found = unpacked(packed(made))
    assert found.seen.records.references == (reference,)
    assert (found.facts, found.excerpts) == (made.facts, made.excerpts)
