"""What is done to a table, and what could not be read: the records that data artefacts are of."""

from dataclasses import dataclass

from assessor.collect.languages.typed_table import Source
from assessor.model.records import File


@dataclass(frozen=True, slots=True)
class Access:
    """A unit does something to a table; file and line: the place, perhaps in a mapper file.

    statement: the text that says so, "" where no text does.
    """

    unit: Source
    table: str
    operation: str
    via: str
    file: File
    line: int
    count: int = 1
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A statement of a unit that could not be read; reason as in `sql.Statement`."""

    unit: Source
    reason: str
    text: str
    file: File
    line: int
