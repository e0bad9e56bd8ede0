"""What every stored thing has."""

from django.db import models


class Stamped(models.Model):
    """Knows when it was made and last changed."""

    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
