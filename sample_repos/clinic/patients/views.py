"""Pages about patients."""

from datetime import date

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from patients import services
from patients.models import Patient


@require_POST
def admit(request: HttpRequest) -> JsonResponse:
    """Takes a new patient on."""
    form = request.POST
    patient = services.admit(
        form["name"],
        date.fromisoformat(form["born"]),
        insurer=form.get("insurer", ""),
        number=form.get("number", ""),
    )
    return JsonResponse({"id": patient.pk}, status=201)


def show(request: HttpRequest, pk: int) -> JsonResponse:
    """One patient."""
    patient = get_object_or_404(Patient, pk=pk)
    return JsonResponse({"id": patient.pk, "name": patient.name, "phone": patient.phone})
