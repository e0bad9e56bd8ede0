"""The documents of a run as they are kept: packed, with their SHA-256."""

import hashlib
import zlib
from collections.abc import Mapping

from sqlalchemy import Connection, Row, delete, insert, select

from assessor.errors import UsageError
from assessor.store.schema import CONTENTS

ASSESSMENT = "assessment.json"
_ZLIB, _PLAIN = "zlib", "plain"


def sha256(content: bytes) -> str:
    """The SHA-256 as hex."""
    return hashlib.sha256(content).hexdigest()


def packed(assessment: bytes, tables: Mapping[str, bytes]) -> list[dict[str, object]]:
    """The rows for them without their run. Tables are packed already."""
    rows = [_row(ASSESSMENT, assessment, packing=_ZLIB, stored=zlib.compress(assessment))]
    named = sorted(tables.items())
    return rows + [_row(name, raw, packing=_PLAIN, stored=raw) for name, raw in named]


def write(db: Connection, run: str, *, rows: list[dict[str, object]]) -> None:
    """Writes what `packed` made."""
    db.execute(insert(CONTENTS), [{"run": run, **row} for row in rows])


def renew(db: Connection, run: str, *, rows: list[dict[str, object]]) -> None:
    """Writes the documents anew where what is stored is not the same."""
    digests = select(CONTENTS.c.name, CONTENTS.c.digest).where(CONTENTS.c.run == run)
    there = {row.name: row.digest for row in db.execute(digests)}
    if there != {row["name"]: row["digest"] for row in rows}:
        db.execute(delete(CONTENTS).where(CONTENTS.c.run == run))
        write(db, run, rows=rows)


def read_assessment(db: Connection, run: str) -> bytes:
    """The assessment of the run. Raises UsageError if it is not what was written."""
    found = db.execute(
        select(CONTENTS).where(CONTENTS.c.run == run, CONTENTS.c.name == ASSESSMENT)
    ).one_or_none()
    if found is None:
        raise _changed(run, ASSESSMENT)
    return _unpacked(found)


def read_tables(db: Connection, run: str) -> dict[str, bytes]:
    """The tables of the run by name. Raises UsageError if one is not what was written."""
    found = db.execute(
        select(CONTENTS)
        .where(CONTENTS.c.run == run, CONTENTS.c.name != ASSESSMENT)
        .order_by(CONTENTS.c.name)
    )
    return {row.name: _unpacked(row) for row in found}


def _row(name: str, content: bytes, *, packing: str, stored: bytes) -> dict[str, object]:
    return {
        "name": name,
        "digest": sha256(content),
        "size": len(content),
        "packing": packing,
        "content": stored,
    }


def _unpacked(row: Row[tuple[object, ...]]) -> bytes:
    try:
        plain = _inflated(row.content, row.size) if row.packing == _ZLIB else bytes(row.content)
    except zlib.error:
        raise _changed(row.run, row.name) from None
    if sha256(plain) != row.digest:
        raise _changed(row.run, row.name)
    return plain


def _inflated(content: bytes, size: int) -> bytes:
    """No more than is expected, whatever it would become."""
    return zlib.decompressobj().decompress(content, size + 1)


def _changed(run: str, name: str) -> UsageError:
    return UsageError(f"run {run}: {name} is not what was stored; restore it from a backup.")
