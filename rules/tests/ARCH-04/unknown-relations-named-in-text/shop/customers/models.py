"""Customers."""

from django.db import models


class Customer(models.Model):
    account = models.ForeignKey("auth.User", on_delete=models.CASCADE)
