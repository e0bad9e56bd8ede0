import pytest

from assessor.errors import UsageError
from assessor.jobs.doing import audit_options, trend_options
from assessor.model.trend import Asked
from assessor.pipeline import Options


def test_audit_options__nothing_asked__is_the_newest_commit():
    assert audit_options({}, workers=2) == Options(workers=2)


def test_audit_options__all_asked__are_those():
    asked = {"rev": "v1", "services": 4, "xray": 3}
    expected = Options(rev="v1", services=4, xray=3, workers=1)
    assert audit_options(asked, workers=1) == expected


@pytest.mark.parametrize(
    "asked",
    [{"rules": "x"}, {"rev": 1}, {"services": -1}, {"services": True}, {"xray": "9"},
     {"services": 1001}, {"worktree": True}, {"xray": 1.5}],
)  # fmt: skip
def test_audit_options__what_no_audit_knows__is_refused(asked):
    with pytest.raises(UsageError, match="begin another one"):
        audit_options(asked, workers=1)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, Asked(0)),
        ({"tags": True}, Asked(0)),
        ({"tags": True, "last": 5}, Asked(0, last=5)),
        ({"every": "2w"}, Asked(14 * 86_400)),
        ({"every": "2w", "tags": False}, Asked(14 * 86_400)),
    ],
)
def test_trend_options__tags_or_a_distance__are_those(asked, expected):
    assert trend_options(asked) == expected


@pytest.mark.parametrize(
    "asked",
    [{"every": "2w", "tags": True}, {"tags": False}, {"every": 3}, {"path": "/"}, {"last": -1}],
)
def test_trend_options__what_no_trend_knows__is_refused(asked):
    with pytest.raises(UsageError, match="begin another one"):
        trend_options(asked)
