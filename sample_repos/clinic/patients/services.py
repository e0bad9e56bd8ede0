"""Keeps the register of patients."""

from datetime import date

from django.db import transaction

from patients.models import Insurance, Patient


@transaction.atomic
def admit(name: str, born: date, *, insurer: str = "", number: str = "") -> Patient:
    """A new patient, insured if an insurer is named."""
    insurance = None
    if insurer:
        insurance, _ = Insurance.objects.get_or_create(
            number=number, defaults={"insurer": insurer}
        )
    return Patient.objects.create(name=name, born=born, insurance=insurance)


def is_allergic(patient: Patient, substance: str) -> bool:
    """Whether the patient's list of allergies names the substance."""
    return substance.lower() in patient.allergies.lower()
