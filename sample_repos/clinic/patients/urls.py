"""Addresses of the pages about patients."""

from django.urls import path

from patients import views

urlpatterns = [path("", views.admit), path("<int:pk>", views.show)]
