"""The page `report`; what it shows stands in `screens/report.py`."""

from assessor.app.context import current
from assessor.app.screens import report

report.draw(current())
