from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from billing.models import Invoice, InvoiceLine
from billing.services import owed
from patients.services import admit

pytestmark = pytest.mark.django_db


def test_owed__nothing_billed__is_nothing() -> None:
    assert owed(admit("Li Na", date(1980, 2, 1))) == 0


def test_pay__open_invoice__is_paid(client: Client, invoice: Invoice) -> None:
    InvoiceLine.objects.create(invoice=invoice, text="Dr. Ruiz", amount=Decimal(40))
    client.post(f"/invoices/{invoice.pk}/pay")
    invoice.refresh_from_db()
    assert invoice.paid
