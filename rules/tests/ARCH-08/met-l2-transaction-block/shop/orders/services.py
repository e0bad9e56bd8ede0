"""Orders."""

from django.db import transaction

from shop.stock.models import Item  # expect: not-met


def place(key):
    with transaction.atomic():  # expect: met
        return Item.objects.get(pk=key)
