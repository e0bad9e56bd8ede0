"""The page `services`; what it shows stands in `screens/services.py`."""

from assessor.app.context import current
from assessor.app.screens import services

services.draw(current())
