"""The page `hotspots`; what it shows stands in `screens/hotspots.py`."""

from assessor.app.context import current
from assessor.app.screens import hotspots

hotspots.draw(current())
