"""Orders."""

from django.db import models


class Order(models.Model):
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE)
