"""Tests."""

from shop.orders.lines import lines


def test_lines():
    assert lines() == []
