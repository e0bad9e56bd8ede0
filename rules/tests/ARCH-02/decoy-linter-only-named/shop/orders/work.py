"""Work of orders."""

from shop.stock.work import stock


def orders():
    stock()
