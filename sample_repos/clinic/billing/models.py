"""Invoices, their lines and payments."""

from decimal import Decimal

from django.db import models

from appointments.models import Appointment
from common.models import Stamped
from patients.models import Insurance, Patient


class Invoice(Stamped):
    """What a patient owes for an appointment."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT)
    paid = models.BooleanField(default=False)

    def total(self) -> Decimal:
        """Sum over all lines."""
        return sum((line.amount for line in self.lines.all()), Decimal(0))


class InvoiceLine(Stamped):
    """One thing to pay for."""

    invoice = models.ForeignKey(Invoice, related_name="lines", on_delete=models.CASCADE)
    text = models.CharField(max_length=160)
    amount = models.DecimalField(max_digits=10, decimal_places=2)


class Claim(Stamped):
    """What an insurer is asked to pay."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE)
    insurance = models.ForeignKey(Insurance, on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    reference = models.CharField(max_length=60, blank=True)
