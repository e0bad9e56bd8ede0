"""What earlier runs found out, by content: one SQLite file that several processes may share.

Nobody depends on it: what cannot be read or written is as good as not there, and nothing is ever
unpickled. Keys hold all that a value depends on, so that no value can be out of date.
"""

import contextlib
import hashlib
import json
import os
import platform
import sqlite3
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from assessor.errors import UsageError

FILE = "cache-1.sqlite"
VARIABLE = "ASSESSOR_CACHE"
LIMIT = 1 << 30  # bytes of all values together
LARGEST = 128 << 20  # bytes of a single value before it is packed
HELD = 64 << 20  # bytes of new values in memory, before they are written
PATIENCE = 5.0  # seconds to wait for another process that writes

_PACKAGE = Path(__file__).resolve().parent.parent
_FOREIGN = "is not the user's own, or others may write there"
_ENTRIES = (
    "CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
    " key TEXT NOT NULL, digest BLOB NOT NULL, content BLOB NOT NULL, UNIQUE (kind, key))"
)
# Apart from the values: to say that one was of use must not write the value once more.
_USES = (
    "CREATE TABLE IF NOT EXISTS uses (id INTEGER PRIMARY KEY, run INTEGER NOT NULL,"
    " size INTEGER NOT NULL)"
)
_SURPLUS = (
    "SELECT id FROM (SELECT id, SUM(size) OVER (ORDER BY run DESC, id DESC) AS held FROM uses)"
    " WHERE held > ?"
)


@dataclass(slots=True)
class _Store:
    """An open file, what is to be written to it, and ids of the entries that were of use."""

    connection: sqlite3.Connection | None = None
    note: str = ""
    limit: int = LIMIT
    pending: dict[tuple[str, str], bytes] = field(default_factory=dict)
    held: int = 0
    used: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cache:
    """Values by kind and key. One without a store, as `NOTHING`, never has any."""

    store: _Store | None = None

    @property
    def note(self) -> str:
        """One sentence if it could not be used, or not to the end; "" otherwise."""
        return self.store.note if self.store else ""

    def get(self, kind: str, key: str) -> bytes | None:
        """The value that was put, also by another process; None where there is none."""
        return _got(self.store, kind, key) if self.store else None

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keeps the value; one over `LARGEST` is not kept. It is written when the cache closes."""
        if self.store and self.store.connection and len(content) <= LARGEST:
            self.store.pending[kind, key] = content
            self.store.held += len(content)
            if self.store.held > HELD:
                _write(self.store)


NOTHING = Cache()


@contextlib.contextmanager
def open_cache(folder: Path | None, *, limit: int = LIMIT) -> Iterator[Cache]:
    """The cache in the folder, which is made for the user alone; None = no cache. Never fails.

    limit: bytes; after a run that wrote something, the values that were longest of no use are
    dropped until the others fit.
    """
    if folder is None:
        yield NOTHING
        return
    store = _opened(folder, limit=limit)
    try:
        yield Cache(store)
    finally:
        _write(store)
        _give_up(store)


def default_folder() -> Path:
    """The folder in `ASSESSOR_CACHE`, else where the system keeps the user's caches."""
    from platformdirs import user_cache_path

    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else user_cache_path("assessor", appauthor=False)


def users_cache(*, used: bool) -> contextlib.AbstractContextManager[Cache]:
    """The cache in the user's folder; one that keeps nothing if it is not to be used."""
    return open_cache(default_folder() if used else None)


def key(*parts: str) -> str:
    """A key that no other sequence of parts has."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


@cache
def fingerprint(*libraries: str) -> str:
    """What changes with this package's own code, with Python, and with any of the libraries."""
    state = hashlib.sha256(platform.python_version().encode("ascii"))
    for name in sorted(libraries):
        state.update(f"{name} {version(name)}\n".encode())
    for file in sorted(_PACKAGE.rglob("*.py")):
        content = file.read_bytes()
        name = file.relative_to(_PACKAGE).as_posix()
        state.update(f"{name} {len(content)}\n".encode())
        state.update(content)
    return state.hexdigest()


def _opened(folder: Path, *, limit: int) -> _Store:
    """The store, without a connection and with a note if there cannot be one."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _own(folder):
            return _Store(note=f"No cache is used: {folder} {_FOREIGN}.")
        file = folder / FILE
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        os.close(os.open(file, flags, 0o600))
        connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        return _Store(note=f"No cache is used: {folder} cannot be ({_said(error)}).")
    store = _Store(connection, limit=limit)
    with _forgiven(store):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_ENTRIES)
        connection.execute(_USES)
        connection.execute("COMMIT")
    return store


def _own(folder: Path) -> bool:
    """Whether nobody but the user (and the administrator) can have put something there."""
    if not hasattr(os, "geteuid"):
        return True
    found = folder.stat()
    others = stat.S_IWGRP | stat.S_IWOTH
    return found.st_uid == os.geteuid() and not found.st_mode & others


def _said(error: Exception) -> str:
    return error.strerror or "" if isinstance(error, OSError) else str(error)


@contextlib.contextmanager
def _forgiven(store: _Store) -> Iterator[None]:
    """Where the file fails, the store is without a file from then on, and says so."""
    try:
        yield
    except sqlite3.Error as error:
        store.note = f"The cache {FILE} is not used ({_said(error)}); it may be deleted."
        _give_up(store)


def _give_up(store: _Store) -> None:
    if store.connection is not None:
        with contextlib.suppress(sqlite3.Error):
            store.connection.close()
    store.connection = None


def _digest(kind: str, key_: str, packed: bytes) -> bytes:
    return hashlib.sha256(f"{kind}\0{key_}\0".encode() + packed).digest()


def _sound(kind: str, key_: str, packed: object, *, digest: object) -> bool:
    """Whether the entry was written for this key, and is whole."""
    return isinstance(packed, bytes) and _digest(kind, key_, packed) == digest


def _got(store: _Store, kind: str, key_: str) -> bytes | None:
    if (kind, key_) in store.pending:
        return store.pending[kind, key_]
    if store.connection is None:
        return None
    with _forgiven(store):
        asked = "SELECT id, digest, content FROM entries WHERE kind = ? AND key = ?"
        row = store.connection.execute(asked, (kind, key_)).fetchone()
        if row is None or not _sound(kind, key_, row[2], digest=row[1]):
            return None
        store.used.append(row[0])
        with contextlib.suppress(zlib.error):
            return zlib.decompress(row[2])
    return None


def _write(store: _Store) -> None:
    """Writes the new values, and which of the old ones were of use, as one transaction."""
    if store.connection is not None and (store.pending or store.used):
        with _forgiven(store):
            store.connection.execute("BEGIN IMMEDIATE")
            _record(store, store.connection)
            store.connection.execute("COMMIT")
    store.pending.clear()
    store.used.clear()
    store.held = 0


def _record(store: _Store, connection: sqlite3.Connection) -> None:
    [(run,)] = connection.execute("SELECT COALESCE(MAX(run), 0) + 1 FROM uses")
    used = [(run, number) for number in store.used]
    connection.executemany("UPDATE uses SET run = ? WHERE id = ?", used)
    for (kind, key_), content in store.pending.items():
        packed = zlib.compress(content, 1)
        row = (kind, key_, _digest(kind, key_, packed), packed)
        connection.execute(
            "INSERT INTO entries (kind, key, digest, content) VALUES (?, ?, ?, ?) ON CONFLICT"
            " (kind, key) DO UPDATE SET digest = excluded.digest, content = excluded.content",
            row,
        )
        connection.execute(
            "INSERT OR REPLACE INTO uses SELECT id, ?, ? FROM entries WHERE kind = ? AND key = ?",
            (run, len(packed), kind, key_),
        )
    if store.pending:
        _drop_surplus(store, connection)


def _drop_surplus(store: _Store, connection: sqlite3.Connection) -> None:
    [(size,)] = connection.execute("SELECT COALESCE(SUM(size), 0) FROM uses")
    if size > store.limit:
        surplus = list(connection.execute(_SURPLUS, (store.limit,)))
        connection.executemany("DELETE FROM entries WHERE id = ?", surplus)
        connection.executemany("DELETE FROM uses WHERE id = ?", surplus)


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """How many values of a kind are kept, and the bytes that they take."""

    kind: str
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Info:
    """What a cache holds. broken: values that are not what was written, which nobody believes."""

    file: Path
    size: int
    limit: int
    kinds: tuple[Kind, ...] = ()
    broken: int = 0


def told(folder: Path, *, limit: int = LIMIT) -> Info:
    """What the cache in the folder holds. Raises UsageError where it cannot be read."""
    file = folder / FILE
    counted: dict[str, list[int]] = {}
    broken = 0
    if not file.is_file():
        return Info(file, 0, limit)
    with contextlib.closing(_reader(file)) as connection:
        try:
            rows = connection.execute("SELECT kind, key, digest, content FROM entries")
            for kind, key_, digest, packed in rows:
                sound = _sound(kind, key_, packed, digest=digest)
                broken += not sound
                if sound:
                    held = counted.setdefault(str(kind), [0, 0])
                    held[0] += 1
                    held[1] += len(packed)
        except (sqlite3.Error, TypeError) as error:
            raise UsageError(
                f"{file}: is no cache ({error}); `assessor cache clear` deletes it."
            ) from None
    kinds = tuple(Kind(kind, *held) for kind, held in sorted(counted.items()))
    return Info(file, _taken(file), limit, kinds, broken)


def cleared(folder: Path) -> int:
    """Deletes the cache in the folder, and nothing else there; the bytes that it took."""
    file = folder / FILE
    size = _taken(file)
    for each in _files(file):
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(f"{each}: cannot be deleted ({_said(error)}).") from None
    return size


def _reader(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=PATIENCE)


def _files(file: Path) -> tuple[Path, ...]:
    """The file and what SQLite keeps beside it."""
    return file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm"))


def _taken(file: Path) -> int:
    return sum(each.stat().st_size for each in _files(file) if each.is_file())
