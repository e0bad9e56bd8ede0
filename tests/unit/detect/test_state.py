from dataclasses import replace
from math import inf

import pytest
from unit.detect.code_records import foreign, records, unit

from assessor.detect.state import SPECS, combined
from assessor.model.basis import Evidence, Location, Text
from assessor.model.facts import Fact
from assessor.model.records import FileKind, Unit
from assessor.model.seen import Seen

USE = Evidence(Location("A.java", 3), Text("用", "uses"))
SEEN = Seen(records=records([unit("acme.A", lines=500)]))
NOTHING = {
    "arch.layer_step": False,
    "arch.layer_tests": False,
    "ci.test": False,
    "config.by_profile": False,
    "config.fixed_in_code": 0,
    "config.fixed_in_settings": 0,
    "state.session": 0,
    "state.session_store": False,
}


def _combined(seen=SEEN, **values):
    """values: names with `_` for the dot."""
    told = NOTHING | {name.replace("_", ".", 1): value for name, value in values.items()}
    known = {n: Fact(n, v, (USE,) if v else (), 1 if v else 0) for n, v in told.items()}
    return {fact.name: fact for fact in combined(seen, known)}


def test_combined__any_code__gives_one_fact_for_each_spec():
    assert list(_combined()) == [spec.name for spec in SPECS]


@pytest.mark.parametrize(
    ("session", "store", "expected"),
    [
        (0, False, True),
        (2, False, False),
        (2, True, True),
        (None, False, None),
        (None, True, True),
    ],
)
def test_session_external__uses_and_a_store__decide(session, store, expected):
    found = _combined(state_session=session, state_session_store=store)
    assert found["state.session_external"].value is expected


def test_session_external__uses_without_a_store__are_the_evidence_against():
    evidence = _combined(state_session=1)["state.session_external"].evidence
    assert [(str(e.location), e.holds) for e in evidence] == [("A.java:3", False)]


@pytest.mark.parametrize(
    ("step", "tests", "run", "expected"),
    [
        (True, False, False, True),
        (False, True, True, True),
        (False, True, False, False),
        (False, False, True, False),
        (False, True, None, None),
        (False, None, True, None),
    ],
    ids=["step", "tests-run", "tests-not-run", "no-tests", "run-unseen", "tests-unseen"],
)
def test_layer_gate__a_step_or_tests_that_are_run__enforce(step, tests, run, expected):
    found = _combined(arch_layer_step=step, arch_layer_tests=tests, ci_test=run)
    assert found["arch.layer_gate"].value is expected


def test_hard_coded__in_code_and_in_settings__adds_up_with_all_evidence():
    fact = _combined(config_fixed_in_code=2, config_fixed_in_settings=1)["config.hard_coded"]
    assert fact.value == 3
    assert [e.holds for e in fact.evidence] == [False, False]
    assert fact.exact


def test_hard_coded__settings_unseen__is_a_lower_bound():
    fact = _combined(config_fixed_in_code=2, config_fixed_in_settings=None)["config.hard_coded"]
    assert (fact.value, fact.bounds) == (2, (2, inf))
    per_kloc = _combined(config_fixed_in_code=2, config_fixed_in_settings=None)
    assert per_kloc["config.hard_coded_per_kloc"].bounds == (4, inf)


def test_hard_coded_per_kloc__two_in_500_lines__is_four():
    assert _combined(config_fixed_in_code=2)["config.hard_coded_per_kloc"].value == 4


SETTINGS = Unit("shop/settings.py", "python", "shop.settings", FileKind.SOURCE, 9, 1, 1)


@pytest.mark.parametrize(
    ("words", "module", "expected"),
    [
        ((("environ", 2),), "os", True),
        ((("path", 2),), "os", False),
        ((("environ", 2),), "pathlib", False),
    ],
    ids=["read", "another-part-of-os", "a-word-only"],
)
def test_profiles__the_environment_that_python_reads__counts(words, module, expected):
    settings = replace(SETTINGS, words=words)
    seen = Seen(records=records([settings], artefacts=[foreign(settings, module)]))
    fact = _combined(seen)["config.profiles"]
    assert fact.value is expected
    assert [str(e.location) for e in fact.evidence] == (["shop/settings.py:2"] if expected else [])


def test_combined__no_code__does_not_apply():
    found = _combined(Seen(records=records([])))
    assert not any(fact.applies for fact in found.values())


def test_combined__rules_without_the_facts_it_rests_on__does_not_apply():
    assert not any(fact.applies for fact in combined(SEEN, {}))
