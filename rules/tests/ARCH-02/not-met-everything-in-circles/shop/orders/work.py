"""Work of orders."""

from shop.stock.work import stock  # expect: not-met


def orders():
    stock()
