"""Prices."""


def price(kind, count):
    if kind == "new":
        return 10 * count
    if kind == "old" and count > 3:
        return 5 * count
    return 7 * count
