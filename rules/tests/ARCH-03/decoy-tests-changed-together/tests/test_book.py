"""Tests."""

from shop.orders.book import book


def test_book():
    assert book() == []
