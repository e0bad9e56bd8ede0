"""Tests."""

from shop.orders.work import orders


def test_orders():
    assert orders() == 1
