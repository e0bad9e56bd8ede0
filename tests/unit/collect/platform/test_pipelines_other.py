"""Pipelines of systems whose steps are not read."""

import pytest

from assessor.collect.platform.pipelines_other import KINDS, claims, parse


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (".travis.yml", True),
        (".circleci/config.yml", True),
        ("build/azure-pipelines-release.yaml", True),
        (".woodpecker/test.yml", True),
        ("appveyor.yml", True),
        ("docs/.travis.yml", False),
        (".github/workflows/build.yml", False),
        ("Jenkinsfile", False),
    ],
)
def test_claims__where_the_system_looks_for_its_file__decides(path, wanted):
    assert claims(path) is wanted


def test_parse__a_pipeline__is_a_skip_that_leaves_its_jobs_and_steps_unknown():
    reading = parse(".travis.yml", "script: mvn verify\n")
    assert reading.artefacts == ()
    assert [(skip.code, skip.affects) for skip in reading.skips] == [("unread-system", KINDS)]


def test_parse__an_empty_file__hides_nothing():
    assert parse(".travis.yml", "\n").skips == ()
