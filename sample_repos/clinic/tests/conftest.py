from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from appointments.models import Appointment
from billing.models import Invoice
from patients.services import admit
from staff.models import Doctor


@pytest.fixture
def appointment() -> Appointment:
    doctor = Doctor.objects.create(name="Ruiz", speciality="general", fee=Decimal(40))
    patient = admit("Li Na", date(1980, 2, 1))
    starts = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)
    return Appointment.objects.create(patient=patient, doctor=doctor, starts=starts)


@pytest.fixture
def invoice(appointment: Appointment) -> Invoice:
    return Invoice.objects.create(patient=appointment.patient, appointment=appointment)
