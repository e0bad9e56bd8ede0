"""Pages about money."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from billing.models import Invoice
from billing.services import owed


def show(request: HttpRequest, pk: int) -> JsonResponse:
    """An invoice, and what its patient owes over all."""
    invoice = get_object_or_404(Invoice, pk=pk)
    return JsonResponse({"total": str(invoice.total()), "owed": str(owed(invoice.patient))})


@require_POST
def pay(request: HttpRequest, pk: int) -> JsonResponse:
    """Marks an invoice as paid."""
    invoice = get_object_or_404(Invoice, pk=pk)
    invoice.paid = True
    invoice.save()
    return JsonResponse({"paid": True})
