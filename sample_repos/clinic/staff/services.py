"""Answers who is on duty."""

from datetime import datetime

from staff.models import Doctor, Shift


def on_duty(doctor: Doctor, moment: datetime) -> bool:
    """Whether one of the doctor's shifts covers the moment."""
    return Shift.objects.filter(doctor=doctor, starts__lte=moment, ends__gt=moment).exists()


def specialists(speciality: str) -> list[Doctor]:
    """All doctors of that speciality, by name."""
    return list(Doctor.objects.filter(speciality=speciality).order_by("name"))
