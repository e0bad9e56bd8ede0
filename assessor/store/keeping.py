"""Keeps what the store holds: copies, and documents for another store."""

from assessor.store.backing import backup
from assessor.store.exporting import export
from assessor.store.importing import import_

__all__ = ["backup", "export", "import_"]
