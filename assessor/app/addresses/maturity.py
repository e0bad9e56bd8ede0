"""The page `maturity`; what it shows stands in `screens/maturity.py`."""

from assessor.app.context import current
from assessor.app.screens import maturity

maturity.draw(current())
