"""What a Python file does beyond itself: which files are looked at a second time, and for what.

An import of a library, or a word that only such code has, is the reason; all others cost a glance.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tree_sitter import Node

from assessor.collect.languages import python_asks as asks
from assessor.collect.languages import python_declared as declared
from assessor.collect.languages import python_jobs as jobs
from assessor.collect.languages import python_messages as messages
from assessor.collect.languages import python_remote as remote
from assessor.collect.languages import python_transactions as transactions
from assessor.collect.languages.python_facts import Deed
from assessor.collect.languages.python_look import Look, calls
from assessor.collect.languages.python_tree import Walk

Read = Callable[[Look, str, Node], Iterator[Deed]]


@dataclass(frozen=True, slots=True)
class _Calls:
    """Calls that are looked at where a library is imported."""

    roots: frozenset[str]
    pattern: re.Pattern[bytes]
    read: Read


_OF_LIBRARIES = (
    _Calls(remote.HTTP_ROOTS, remote.HTTP_CALLS, remote.http_rows),
    _Calls(remote.SERVICE_ROOTS, remote.SERVICE_CALLS, remote.service_rows),
    _Calls(messages.ROOTS, messages.CALLS, messages.broker_rows),
    _Calls(jobs.ROOTS, jobs.CALLS, jobs.call_rows),
    _Calls(transactions.ROOTS, transactions.CALLS, transactions.transaction_rows),
    _Calls(asks.READER_ROOTS, asks.READERS, asks.reader_rows),
)
_HARMLESS = frozenset(
    [
        "urllib.parse",
        "urllib.error",
        "http.HTTPStatus",
        "http.cookies",
        "http.cookiejar",
        "http.server",
    ]
)
_ENGINE = re.compile(
    rb"^[ \t]{0,12}SESSION_ENGINE[ \t]*=[ \t]*[\"']([A-Za-z_][\w.]{0,200})[\"']", re.MULTILINE
)
_ENGINES = 20  # of one file
_TRANSACTION = ("django.db", "transaction")
# Few words and short ones: every file is searched for them.
_TASK_WORDS = (b".delay(", b".apply_async(", b".send")
_SIGNAL_WORDS = (b".send", b".asend", b".connect(")
_TABLE_WORDS = (b"BEAT_SCHEDULE", b"CRONJOBS", b"cron_jobs", b"ATOMIC_REQUESTS")
# Names of a module that makes settings.
_CONFIGURES = frozenset(
    b"CELERY CELERY_BEAT_SCHEDULE CELERYBEAT_SCHEDULE CRONJOBS DATABASES SESSION_ENGINE".split()
)
_SCHEDULERS = frozenset(("arq", "celery"))
_PYDANTIC = frozenset(("pydantic", "pydantic_settings"))


def deeds(walk: Walk, root: Node) -> list[Deed]:
    """What the file does, each with what must hold for it; in order of the text.

    Nothing where it nests too deep to be asked for what stands where.
    """
    if walk.deep:
        return []
    look = Look(walk, root)
    roots = _roots(walk)
    generated = any("_pb2_grpc" in f"{module}.{name}" for module, _, name, _, _ in walk.imports)
    if generated:
        roots.add("grpc")
    found: list[Deed] = []
    for each in _OF_LIBRARIES:
        if not roots.isdisjoint(each.roots):
            for name, call in calls(look, each.pattern):
                found.extend(each.read(look, name, call))
    if generated:
        found.extend(remote.stubs(look, found))
    if not roots.isdisjoint(remote.SERVICE_ROOTS):
        found.extend(remote.clients(look, found))
    found.extend(_declared(look, roots))
    found.extend(_asked(look, roots))
    return sorted(found, key=_order)


def loaded(walk: Walk) -> list[tuple[str, int]]:
    """Modules that `SESSION_ENGINE` of Django names, with their lines: an import in a literal."""
    if not _configures(walk) or b"SESSION_ENGINE" not in walk.source:
        return []
    found = []
    for match in _ENGINE.finditer(walk.source):
        line = walk.source.count(b"\n", 0, match.start(1)) + 1
        found.append((match[1].decode(), line))
    return found[:_ENGINES]


def _roots(walk: Walk) -> set[str]:
    """First names of the libraries that are imported, without what only looks like a client."""
    found = set()
    for module, level, name, _, _ in walk.imports:
        if level or f"{module}.{name}" in _HARMLESS or module in _HARMLESS:
            continue
        found.add(module.partition(".")[0])
        if module in asks.SETTINGS_ROOTS:
            found.add(module)
        if module.startswith("django.db.transaction") or (module, name) == _TRANSACTION:
            found.add("django.db.transaction")
    return found


def _configures(walk: Walk) -> bool:
    """The file may hold settings of a project: by its names, its classes, or an `import *`."""
    return (
        not walk.scope.bound.isdisjoint(_CONFIGURES)
        or any(name == "*" for _, _, name, _, _ in walk.imports)
        or any("onfig" in name or "etting" in name for name, _ in walk.classes)
    )


def _order(one: Deed) -> tuple[int, str]:
    return int(one[0][0] or 0), repr(one)


def _declared(look: Look, roots: set[str]) -> Iterator[Deed]:
    source = look.source
    names = look.walk.decorators
    if names and (not declared.NAMES.isdisjoint(names) or any(n.endswith("task") for n in names)):
        yield from declared.declared_rows(look)
    if any(word in source for word in _TASK_WORDS):
        for name, call in calls(look, messages.TASK_CALLS):
            yield from messages.task_rows(look, name, call)
    if any(word in source for word in _SIGNAL_WORDS):
        for name, call in calls(look, messages.SIGNAL_CALLS):
            yield from messages.signal_rows(look, name, call)
    may_schedule = not roots.isdisjoint(_SCHEDULERS) or _configures(look.walk)
    if b"beat_schedule" in source or (
        may_schedule and any(word in source for word in _TABLE_WORDS)
    ):
        yield from jobs.table_rows(look)
        yield from transactions.request_rows(look)


def _asked(look: Look, roots: set[str]) -> Iterator[Deed]:
    source = look.source
    if "os" in roots and (b"environ" in source or b"getenv" in source):
        yield from asks.environment_rows(look)
    if not roots.isdisjoint(asks.SETTINGS_ROOTS):
        yield from asks.settings_rows(look)
    if b".config" in source:
        yield from asks.flask_rows(look)
    if not roots.isdisjoint(_PYDANTIC) and b"BaseSettings" in source:
        yield from asks.class_rows(look)
