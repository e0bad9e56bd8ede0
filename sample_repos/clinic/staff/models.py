"""Who works here, and when."""

from django.db import models

from common.models import Stamped


class Doctor(Stamped):
    """Somebody who treats patients."""

    name = models.CharField(max_length=120)
    speciality = models.CharField(max_length=60)
    fee = models.DecimalField(max_digits=8, decimal_places=2)


class Shift(Stamped):
    """Hours in which a doctor can be booked."""

    doctor = models.ForeignKey(Doctor, on_delete=models.CASCADE)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
