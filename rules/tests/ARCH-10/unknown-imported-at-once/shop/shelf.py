"""The shelf."""

from shop.price import price


def shelf():
    return price("new", 1)
