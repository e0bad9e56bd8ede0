"""Makes invoices; everything that costs something ends here."""

from decimal import Decimal

from django.db import transaction

from appointments.models import Appointment
from billing.insurance import submit
from billing.models import Claim, Invoice, InvoiceLine
from common.money import rounded, share
from patients.models import Patient
from pharmacy.models import Prescription


@transaction.atomic
def bill_appointment(appointment: Appointment) -> Invoice:
    """The invoice for a closed appointment, with all that was prescribed and handed out."""
    invoice = _invoice(appointment)
    InvoiceLine.objects.create(
        invoice=invoice, text=f"Dr. {appointment.doctor.name}", amount=appointment.doctor.fee
    )
    for prescription in Prescription.objects.filter(appointment=appointment, dispensed=True):
        bill_prescription(prescription, prescription.drug.price)
    claim(invoice)
    return invoice


@transaction.atomic
def bill_prescription(prescription: Prescription, price: Decimal) -> None:
    """One more line on the invoice of the appointment."""
    invoice = _invoice(prescription.appointment)
    InvoiceLine.objects.create(
        invoice=invoice,
        text=prescription.drug.name,
        amount=rounded(price * prescription.packs),
    )


def claim(invoice: Invoice) -> Claim | None:
    """What the patient's insurer is asked for, None for those who pay themselves."""
    insurance = invoice.patient.insurance
    if insurance is None:
        return None
    amount = share(invoice.total(), insurance.covered_percent)
    made = Claim.objects.create(invoice=invoice, insurance=insurance, amount=amount)
    made.reference = submit(insurance.number, amount)
    made.save()
    return made


def owed(patient: Patient) -> Decimal:
    """What the patient has yet to pay."""
    open_ones = Invoice.objects.filter(patient=patient, paid=False)
    return sum((invoice.total() for invoice in open_ones), Decimal(0))


def _invoice(appointment: Appointment) -> Invoice:
    invoice, _ = Invoice.objects.get_or_create(
        appointment=appointment, defaults={"patient": appointment.patient}
    )
    return invoice
