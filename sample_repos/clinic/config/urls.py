"""Which view answers which address."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from appointments import views as appointments
from pharmacy import views as pharmacy


def health(request: HttpRequest) -> HttpResponse:
    """Answers that the process is up."""
    return HttpResponse("ok")


urlpatterns = [
    path("health", health),
    path("patients/", include("patients.urls")),
    path("invoices/", include("billing.urls")),
    path("appointments/", appointments.book),
    path("appointments/<int:pk>/close", appointments.close),
    path("prescriptions/<int:pk>/dispense", pharmacy.dispense),
]
