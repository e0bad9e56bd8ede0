"""Pages of orders."""

from shop.apps.orders.data import read
from shop.core.text import clean


def show(key):
    return read(clean(key)), read(key)
