"""Drugs and prescriptions."""

from django.db import models

from appointments.models import Appointment
from common.models import Stamped


class Drug(Stamped):
    """Something on the pharmacy's shelf."""

    name = models.CharField(max_length=120)
    substance = models.CharField(max_length=120)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    in_stock = models.PositiveIntegerField(default=0)


class Prescription(Stamped):
    """What a doctor wants the patient to take."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE)
    drug = models.ForeignKey(Drug, on_delete=models.PROTECT)
    packs = models.PositiveSmallIntegerField(default=1)
    dispensed = models.BooleanField(default=False)
