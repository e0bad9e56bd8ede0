"""Addresses of the pages about money."""

from django.urls import path

from billing import views

urlpatterns = [path("<int:pk>", views.show), path("<int:pk>/pay", views.pay)]
