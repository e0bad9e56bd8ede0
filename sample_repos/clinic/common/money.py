"""Amounts of money."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    """The amount to the cent."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def share(amount: Decimal, percent: int) -> Decimal:
    """So many hundredths of the amount."""
    return rounded(amount * percent / 100)
