"""Pages of catalog."""

from shop.apps.catalog.data import read
from shop.core.text import clean


def show(key):
    return read(clean(key)), read(key)
