"""Pages about appointments."""

from datetime import datetime

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from appointments import services
from appointments.models import Appointment


@require_POST
def book(request: HttpRequest) -> JsonResponse:
    """Books a doctor."""
    form = request.POST
    appointment = services.book(
        int(form["patient"]), int(form["doctor"]), datetime.fromisoformat(form["starts"])
    )
    return JsonResponse({"id": appointment.pk}, status=201)


@require_POST
def close(request: HttpRequest, pk: int) -> JsonResponse:
    """Ends an appointment with its findings."""
    appointment = get_object_or_404(Appointment, pk=pk)
    services.close(appointment, request.POST.getlist("codes"))
    return JsonResponse({"closed": True})
