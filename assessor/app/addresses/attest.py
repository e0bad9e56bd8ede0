"""The page `attest`; what it shows stands in `screens/attest.py`."""

from assessor.app.context import current
from assessor.app.screens import attest

attest.draw(current())
