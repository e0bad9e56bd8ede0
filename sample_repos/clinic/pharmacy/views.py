"""Pages of the pharmacy."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from pharmacy import services
from pharmacy.models import Prescription


@require_POST
def dispense(request: HttpRequest, pk: int) -> JsonResponse:
    """Hands out what was prescribed."""
    prescription = get_object_or_404(Prescription, pk=pk)
    services.dispense(prescription)
    return JsonResponse({"dispensed": True})
