"""Work of web."""

from shop.orders.work import orders
from shop.stock.work import stock


def web():
    orders()
    stock()
