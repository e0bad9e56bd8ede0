"""Orders."""

from shop.orders.lines import lines


def book():
    return lines()
