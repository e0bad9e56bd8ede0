"""Work of stock."""

from shop.orders.work import orders


def stock():
    orders()
