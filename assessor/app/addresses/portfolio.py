"""The page `portfolio`; what it shows stands in `screens/portfolio.py`."""

from assessor.app.context import current
from assessor.app.screens import portfolio

portfolio.draw(current())
