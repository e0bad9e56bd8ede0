"""The mail."""

from shop.shelf import shelf


def mail():
    return shelf()
