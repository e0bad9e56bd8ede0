"""Orders."""

from django.db import transaction  # expect: met

from shop.stock.models import Item  # expect: not-met


def place(key):
    with transaction.atomic():
        return Item.objects.get(pk=key)
