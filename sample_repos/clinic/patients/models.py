"""Patients and how they are insured."""

from django.db import models

from common.models import Stamped


class Insurance(Stamped):
    """A contract with an insurer."""

    insurer = models.CharField(max_length=80)
    number = models.CharField(max_length=40, unique=True)
    covered_percent = models.PositiveSmallIntegerField(default=80)


class Patient(Stamped):
    """Somebody who is treated here."""

    name = models.CharField(max_length=120)
    born = models.DateField()
    phone = models.CharField(max_length=30, blank=True)
    insurance = models.ForeignKey(Insurance, null=True, on_delete=models.SET_NULL)
    allergies = models.TextField(blank=True)
