"""The page `coupling`; what it shows stands in `screens/coupling.py`."""

from assessor.app.context import current
from assessor.app.screens import coupling

coupling.draw(current())
