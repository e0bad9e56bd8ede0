"""Rails: `db/schema.rb`, which the framework writes anew after every migration."""

import re
from collections.abc import Iterator

from assessor.collect.platform.schema_steps import CREATE, HAS, Changes, Key, Step, table_name

NAMES = re.compile(r"(?:.*/)?db/(?:\w+_)?schema\.rb")
_DEFINES = re.compile(r"ActiveRecord::Schema(?:\[[\d.]+\])?\.define\b")
_TABLE = re.compile(r"[ \t]*create_table[ \t(]+[\"']([\w.]+)[\"']")
_COLUMN = re.compile(r"[ \t]*t\.(\w+)[ \t(]+[\"'](\w+)[\"']")
_KEY = re.compile(r"[ \t]*add_foreign_key[ \t(]+[\"']([\w.]+)[\"'][ \t]*,[ \t]*[\"']([\w.]+)[\"']")
_BY = re.compile(r"\bcolumn:[ \t]*[\"'](\w+)[\"']")
_NO_COLUMN = frozenset({"index", "check_constraint", "unique_constraint", "exclusion_constraint"})


def rails_changes(path: str, text: str) -> tuple[Changes | None, list[int]]:
    """The tables of the file, None where it is no schema."""
    if not _DEFINES.search(text):
        return None, []
    return Changes(path, "rails", tuple(_steps(text)), plain=True), []


def _steps(text: str) -> Iterator[Step]:
    table = ""
    for line, written in enumerate(text.splitlines(), start=1):
        if made := _TABLE.match(written):
            table = table_name(made[1])
            columns = () if "id: false" in written else ("id",)
            yield Step(CREATE, table, line, columns, columns)
        elif (column := _COLUMN.match(written)) and table and column[1] not in _NO_COLUMN:
            yield Step(HAS, table, line, _columns(column[1], column[2].lower()))
        elif key := _KEY.match(written):
            by = _BY.search(written)
            columns = (by[1].lower() if by else f"{_singular(key[2])}_id",)
            found = Key(columns, table_name(key[2]), "", line)
            yield Step(HAS, table_name(key[1]), line, keys=(found,))


def _columns(kind: str, name: str) -> tuple[str, ...]:
    return (f"{name}_id",) if kind in {"references", "belongs_to"} else (name,)


def _singular(table: str) -> str:
    """The name of one row of a table, for the column that leads to it."""
    name = table.rpartition(".")[2].lower()
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
