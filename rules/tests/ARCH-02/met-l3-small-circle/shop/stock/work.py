"""Work of stock."""

from shop.orders.work import orders  # expect: not-met


def stock():
    orders()
