"""The lines."""

from shop.book import book


def lines():
    return book()
