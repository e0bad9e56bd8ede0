"""Work of stock."""

from shop.billing.work import billing


def stock():
    billing()
