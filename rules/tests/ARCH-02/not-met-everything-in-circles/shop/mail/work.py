"""Work of mail."""

from shop.orders.work import orders  # expect: not-met


def mail():
    orders()
