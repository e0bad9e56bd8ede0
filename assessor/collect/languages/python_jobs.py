"""Work that a clock starts, as a Python file writes it down: tables of jobs and calls."""

import re
from collections.abc import Iterator
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.behaviour import job
from assessor.collect.languages.python_deeds import MADE, deed
from assessor.collect.languages.python_facts import Deed
from assessor.collect.languages.python_look import (
    CALL,
    Look,
    argument,
    importing,
    is_code,
    is_literal,
    keywords,
    line_of,
    positional,
    shown,
)
from assessor.collect.languages.python_origins import imported, origin
from assessor.collect.languages.python_said import exact, written

ROOTS = frozenset(
    [
        "apscheduler",
        "flask_apscheduler",
        "schedule",
        "rq_scheduler",
        "arq",
        "celery",
        "huey",
        "django_apscheduler",
    ]
)
CALLS = re.compile(rb"\b(add_job|do|cron|schedule|add_periodic_task)\s*\(")
# Names that say by themselves what they are.
TABLES = re.compile(
    rb"\b(CELERY_BEAT_SCHEDULE|CELERYBEAT_SCHEDULE|beat_schedule|CRONJOBS|cron_jobs)\b(?:(\[[^\]\n]{1,80}\])|[\"']?[\])]?)"
    rb"\s*(?::[\w.\[\], |]{1,60}=|=|:)\s*(?=[\[{(])"
)
_TIMES = frozenset(
    [
        "year",
        "month",
        "day",
        "week",
        "day_of_week",
        "hour",
        "minute",
        "second",
        "weeks",
        "days",
        "hours",
        "minutes",
        "seconds",
        "run_date",
        "start_date",
        "end_date",
    ]
)
_CRON = re.compile(r"(?:\S+\s+){4,5}\S+|@\w+").fullmatch
_MOST = 500  # entries of one table


def crontab(look: Look, node: Node) -> str:
    """A schedule as written; of a literal or a cron text in a call, the text."""
    text = exact(look, node)
    if text is not None:
        return text
    if node.kind_id in CALL:
        first = argument(look, node, 0)
        inner = exact(look, first)
        if inner is not None and _CRON(inner) and len(positional(node)) == 1:
            return inner
    return written(look, node)


def of_trigger(look: Look, call: Node, *, place: int) -> str | None:
    """The trigger of a job: `cron(hour=3)`, or a trigger's own text."""
    given = argument(look, call, place, "trigger")
    if given is not None and given.kind_id in CALL:
        return crontab(look, given)
    name = exact(look, given)
    times = [
        f"{key}={written(look, value)}"
        for key, value in keywords(look, call).items()
        if key in _TIMES
    ]
    return f"{name or ''}({', '.join(times)})" if name or times else None


def call_rows(look: Look, name: str, call: Node) -> Iterator[Deed]:
    """Jobs that are added by a call."""
    found = origin(look, call.child(0))
    root = found.full.partition(".")[0]
    if name == "add_periodic_task":
        yield from _periodic(look, call)
    elif name == "add_job" and (root in ROOTS or not root):
        number = found.number if root else importing(look, ("apscheduler",))[1]
        if number >= 0:
            handler = _handler(look, argument(look, call, 0, "func"))
            schedule = of_trigger(look, call, place=1)
            yield _row(call, number, ("apscheduler", schedule, handler))
    elif name == "do" and found.full.startswith("schedule."):
        function = call.child(0)
        owner = function.child(0) if function is not None else None
        schedule = written(look, owner).removeprefix("schedule.") if owner is not None else None
        yield _row(
            call, found.number, ("schedule", schedule, _handler(look, argument(look, call, 0)))
        )
    elif root == "rq_scheduler":
        yield from _of_rq(look, name, call, number=found.number)


def _of_rq(look: Look, name: str, call: Node, *, number: int) -> Iterator[Deed]:
    place, key = (0, "cron_string") if name == "cron" else (-1, "interval")
    given = argument(look, call, place, key)
    schedule = crontab(look, given) if given is not None else None
    handler = _handler(look, argument(look, call, 1, "func"))
    yield _row(call, number, ("rq-scheduler", schedule, handler))


def _periodic(look: Look, call: Node) -> Iterator[Deed]:
    """`sender.add_periodic_task(crontab(…), task.s())` of Celery."""
    number = importing(look, ("celery",))[1]
    found = origin(look, call.child(0))
    schedule = argument(look, call, 0, "schedule")
    handler = _handler(look, argument(look, call, 1, "sig"))
    what = ("celery", crontab(look, schedule) if schedule is not None else None, handler)
    if number >= 0:
        yield _row(call, number, what)
    elif found.number >= 0:
        owner = found.written.rpartition(".")[0]
        row = _row(call, found.number, what)[0]
        yield deed(row, number=found.number, proof=MADE, owner=owner, function="celery")


def _handler(look: Look, node: Node | None) -> str:
    """The function that is run: `f` of `f`, `f.s()`, `partial(f)`, `"module.f"`."""
    if node is None:
        return ""
    text = exact(look, node)
    if text is not None:
        return text
    if node.kind_id in CALL:
        function = node.child(0)
        name = shown(look, function) if function is not None else ""
        if name.endswith((".s", ".si", ".signature")):
            return name.rpartition(".")[0]
        return _handler(look, argument(look, node, 0)) if name.endswith("partial") else ""
    return written(look, node) if node.type in {"identifier", "attribute"} else ""


def _row(at: Node, number: int, what: tuple[str, str | None, str]) -> Deed:
    """what: framework, schedule, handler."""
    framework, schedule, handler = what
    row = job(line_of(at), schedule=schedule, handler=handler, framework=framework)
    return deed(row, number=number)


def table_rows(look: Look) -> Iterator[Deed]:
    """Jobs in tables: of Celery's beat, django-crontab, arq."""
    for found in islice(TABLES.finditer(look.source), _MOST):
        if not (is_code(look, found.start(1)) or is_literal(look, found.start(1) - 1)):
            continue
        node = look.root.descendant_for_byte_range(found.end(), found.end() + 1)
        node = node if node is None or node.is_named else node.parent
        if node is None:
            continue
        if node.type == "dictionary":
            entries = [node] if found[2] else _entries(node)
            yield from _beats(look, entries)
        elif node.type in {"list", "tuple"}:
            name = found[1].decode()
            yield from (_crons if name == "CRONJOBS" else _arq)(look, node)


def _entries(table: Node) -> list[Node]:
    """The values of a dictionary."""
    pairs = (each for each in table.named_children[:_MOST] if each.type == "pair")
    values = (each.child_by_field_name("value") for each in pairs)
    return [each for each in values if each is not None]


def _beats(look: Look, entries: list[Node]) -> Iterator[Deed]:
    """Entries of Celery's beat: those that have a task and a schedule."""
    for entry in entries:
        given = _pairs(look, entry)
        if "task" in given and "schedule" in given:
            schedule = crontab(look, given["schedule"])
            yield _row(entry, -1, ("celery", schedule, _handler(look, given["task"])))


def _pairs(look: Look, table: Node) -> dict[str, Node]:
    """Key -> value of a dictionary, or of a call of `dict`."""
    if table.kind_id in CALL:
        return keywords(look, table)
    found = {}
    for each in table.named_children:
        key, value = each.child_by_field_name("key"), each.child_by_field_name("value")
        name = exact(look, key)
        if name is not None and value is not None:
            found[name] = value
    return found


def _crons(look: Look, table: Node) -> Iterator[Deed]:
    """`("*/5 * * * *", "app.cron.job")` of django-crontab."""
    for entry in table.named_children[:_MOST]:
        parts = entry.named_children if entry.type in {"tuple", "list"} else []
        schedule = exact(look, parts[0]) if len(parts) > 1 else None
        if schedule is not None and _CRON(schedule):
            yield _row(entry, -1, ("django-crontab", schedule, _handler(look, parts[1])))


def _arq(look: Look, table: Node) -> Iterator[Deed]:
    """`cron(f, hour=3)` of arq."""
    for entry in table.named_children[:_MOST]:
        function = entry.child(0) if entry.kind_id in CALL else None
        full, number = imported(look, shown(look, function)) if function is not None else ("", -1)
        if full in {"arq.cron", "arq.cron.cron"}:
            schedule = of_trigger(look, entry, place=-1)
            yield _row(entry, number, ("arq", schedule, _handler(look, argument(look, entry, 0))))
