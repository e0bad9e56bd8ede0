from decimal import Decimal

from common.money import rounded, share


def test_rounded__half_a_cent__goes_up() -> None:
    assert rounded(Decimal("1.005")) == Decimal("1.01")


def test_share__eighty_percent() -> None:
    assert share(Decimal("12.50"), 80) == Decimal("10.00")
