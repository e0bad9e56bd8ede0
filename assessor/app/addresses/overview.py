"""The page `overview`; what it shows stands in `screens/overview.py`."""

from assessor.app.context import current
from assessor.app.screens import overview

overview.draw(current())
