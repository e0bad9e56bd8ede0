"""Work of billing."""

from shop.orders.work import orders  # expect: not-met


def billing():
    orders()
