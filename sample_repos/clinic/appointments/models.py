"""Appointments and what was found."""

from django.db import models

from common.models import Stamped
from patients.models import Patient
from staff.models import Doctor


class Appointment(Stamped):
    """A patient sees a doctor."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    doctor = models.ForeignKey(Doctor, on_delete=models.PROTECT)
    starts = models.DateTimeField()
    closed = models.BooleanField(default=False)


class Finding(Stamped):
    """A diagnosis made at an appointment."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE)
    code = models.CharField(max_length=8)
    note = models.TextField(blank=True)
