"""Pages of payments."""

from shop.apps.payments.data import read
from shop.core.text import clean


def show(key):
    return read(clean(key)), read(key)
