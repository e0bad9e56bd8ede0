"""The page `settings`; what it shows stands in `screens/settings.py`."""

from assessor.app.context import current
from assessor.app.screens import settings

settings.draw(current())
