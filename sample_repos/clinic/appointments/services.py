"""Books appointments and closes them."""

from datetime import datetime

from django.db import transaction

from appointments.models import Appointment, Finding
from billing.services import bill_appointment
from common.icd_codes import CODES
from patients.models import Patient
from staff.models import Doctor
from staff.services import on_duty


@transaction.atomic
def book(patient_id: int, doctor_id: int, starts: datetime) -> Appointment:
    """An appointment in one of the doctor's shifts."""
    patient = Patient.objects.get(pk=patient_id)
    doctor = Doctor.objects.get(pk=doctor_id)
    if not on_duty(doctor, starts):
        raise ValueError(f"{doctor.name} is not on duty at {starts}")
    if Appointment.objects.filter(doctor=doctor, starts=starts).exists():
        raise ValueError(f"{doctor.name} is booked at {starts}")
    return Appointment.objects.create(patient=patient, doctor=doctor, starts=starts)


@transaction.atomic
def close(appointment: Appointment, codes: list[str]) -> None:
    """Writes the findings down and has the bill made."""
    for code in codes:
        if code not in CODES:
            raise ValueError(f"unknown diagnosis: {code}")
        Finding.objects.create(appointment=appointment, code=code)
    appointment.closed = True
    appointment.save()
    bill_appointment(appointment)
