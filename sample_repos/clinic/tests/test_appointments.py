import pytest
from django.test import Client

from appointments.models import Appointment
from appointments.services import close

pytestmark = pytest.mark.django_db


def test_close__unknown_diagnosis__is_refused(appointment: Appointment) -> None:
    with pytest.raises(ValueError, match="unknown diagnosis"):
        close(appointment, ["X99"])


def test_health__answers(client: Client) -> None:
    assert client.get("/health").content == b"ok"
