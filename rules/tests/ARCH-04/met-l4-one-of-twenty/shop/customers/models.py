"""Customers."""

from django.db import models


class Customer(models.Model):
    name = models.TextField()
