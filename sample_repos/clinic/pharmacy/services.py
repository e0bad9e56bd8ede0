"""Hands drugs out."""

from decimal import Decimal

from django.db import transaction

from billing.services import bill_prescription
from patients.services import is_allergic
from pharmacy.models import Drug, Prescription

LABELS = "/var/spool/clinic/labels.txt"
_prices: dict[int, Decimal] = {}


def price(drug: Drug) -> Decimal:
    """The price of a pack, as first seen since the process started."""
    if drug.pk not in _prices:
        _prices[drug.pk] = drug.price
    return _prices[drug.pk]


@transaction.atomic
def dispense(prescription: Prescription) -> None:
    """Takes the packs off the shelf, prints a label and has the bill made."""
    drug = prescription.drug
    patient = prescription.appointment.patient
    if is_allergic(patient, drug.substance):
        raise ValueError(f"{patient.name} is allergic to {drug.substance}")
    if drug.in_stock < prescription.packs:
        raise ValueError(f"not enough {drug.name} in stock")
    drug.in_stock -= prescription.packs
    drug.save()
    prescription.dispensed = True
    prescription.save()
    with open(LABELS, "a", encoding="utf-8") as labels:
        labels.write(f"{patient.name}: {prescription.packs} × {drug.name}\n")
    bill_prescription(prescription, price(drug))
