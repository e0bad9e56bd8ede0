import pytest

from assessor.errors import UsageError
from assessor.jobs.limits import Limits, limits, now


def test_limits__nothing_set__are_the_usual_ones():
    assert limits({}) == Limits(seconds=1800.0, memory=4 << 30, workers=1, stale=20.0)


def test_limits__all_set__are_those():
    environment = {
        "ASSESSOR_JOB_MINUTES": "0.5",
        "ASSESSOR_JOB_MEMORY": "512",
        "ASSESSOR_JOB_WORKERS": "3",
        "ASSESSOR_JOB_STALE": "5",
    }
    assert limits(environment) == Limits(seconds=30.0, memory=512 << 20, workers=3, stale=5.0)


@pytest.mark.parametrize("text", ["0", "-1", "many", "nan", "inf"])
def test_limits__what_is_no_number_above_nothing__is_refused(text):
    with pytest.raises(UsageError, match="ASSESSOR_JOB_MINUTES="):
        limits({"ASSESSOR_JOB_MINUTES": text})


def test_now__a_minute_ago__is_earlier_in_the_order_of_letters():
    assert now(ago=60) < now()
