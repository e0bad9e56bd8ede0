"""The page `trend`; what it shows stands in `screens/trend.py`."""

from assessor.app.context import current
from assessor.app.screens import trend

trend.draw(current())
