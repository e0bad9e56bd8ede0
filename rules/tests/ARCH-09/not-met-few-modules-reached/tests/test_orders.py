"""Tests."""

from shop.orders.work import orders  # expect: met


def test_orders():
    assert orders() == 1
