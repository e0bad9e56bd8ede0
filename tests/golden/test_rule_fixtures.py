"""Every rule on its fixtures, through the real collectors."""

from pathlib import Path

import pytest

from assessor import pipeline
from assessor.cli import fixtures

FOLDER = pipeline.rules_folder(None)
RULES = sorted(path.name for path in FOLDER.glob("tests/*") if path.is_dir())


@pytest.fixture(scope="module")
def loaded():
    return pipeline.rules(FOLDER)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_rule__on_its_fixtures__as_their_names_say(rule, loaded):
    cases = [case for case in fixtures.cases(FOLDER) if case.rule == rule]
    with pipeline.assessing(loaded) as assess:
        assert [said for case in cases for said in fixtures.check(case, assess)] == []


@pytest.mark.parametrize("pack", ["CTR"])
def test_pack__compulsory_fixtures__are_all_there(pack, loaded):
    missing = fixtures.missing_cases(loaded, fixtures.cases(FOLDER))
    assert [said for said in missing if said.startswith(f"{pack}-")] == []


def test_fixtures__every_folder_of_every_rule__is_named_rightly():
    assert len(fixtures.cases(FOLDER)) > len(RULES)
    assert all(Path(case.root).is_dir() for case in fixtures.cases(FOLDER))
