"""What decorators of a Python file declare: tasks, receivers, jobs, transactions."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.behaviour import Direction, job, message, transaction
from assessor.collect.languages.python_deeds import TASK, deed
from assessor.collect.languages.python_facts import Deed
from assessor.collect.languages.python_jobs import crontab, of_trigger
from assessor.collect.languages.python_look import (
    Look,
    argument,
    decorated,
    decorators,
    line_of,
    positional,
    shown,
)
from assessor.collect.languages.python_messages import receivers, signal_name
from assessor.collect.languages.python_origins import Origin, imported, origin
from assessor.collect.languages.python_said import exact, said
from assessor.collect.languages.python_transactions import DECLARED

_TASKS: Mapping[str, str] = {
    "celery.shared_task": "celery",
    "celery.app.shared_task": "celery",
    "celery.Celery.task": "celery",
    "celery.app.Celery.task": "celery",
    "celery.task": "celery",
    "celery.task.task": "celery",
    "celery.decorators.task": "celery",
    "celery.current_app.task": "celery",
    "dramatiq.actor": "dramatiq",
    "rq.decorators.job": "rq",
    "django_rq.job": "rq",
}
_HUEY = re.compile(r"huey\.[\w.]*?\.?(?:db_)?(task|periodic_task)").fullmatch
_BROKERS: Mapping[str, str] = {"rq": "redis"}
_STREAM = re.compile(r"faststream\.\w+\.[\w.]*?(\w+)Broker\.(subscriber|publisher)").fullmatch
_KINDS: Mapping[str, str] = {
    "Kafka": "kafka", "Confluent": "kafka", "Rabbit": "rabbitmq", "Nats": "nats",
    "Redis": "redis",
}  # fmt: skip
_RECEIVER = frozenset(("django.dispatch.receiver", "django.dispatch.dispatcher.receiver"))
_BLINKED = re.compile(r"(?:blinker|flask)\.[\w.]+\.connect(?:_via)?").fullmatch
_SCHEDULED = re.compile(r"(apscheduler)\.[\w.]+\.scheduled_job|(flask_apscheduler)\.\w+\.task")
# Last names of decorators that are worth a look, beside those that end in `task`.
NAMES = frozenset(
    (
        *("actor", "job", "scheduled_job", "subscriber", "publisher", "receiver", "connect"),
        *("connect_via", "agent", "timer", "crontab", "repeat_every", "repeat", "atomic"),
        *("commit_on_success", "db_session", "method_decorator"),
    )
)
_NAMES = re.compile(
    rb"(@)[ \t]*(?:[\w.]*\.)?(?:\w*task|" + "|".join(sorted(NAMES)).encode() + rb")\b"
)
# Name -> framework, place of the schedule, its name; -1 = all that is given.
_JOBS: Mapping[str, tuple[str, int, str]] = {
    "celery.task.periodic_task": ("celery", -1, "run_every"),
    "celery.decorators.periodic_task": ("celery", -1, "run_every"),
    "faust.App.timer": ("faust", 0, "interval"),
    "faust.App.crontab": ("faust", 0, "cron_format"),
    "fastapi_utils.tasks.repeat_every": ("fastapi-utils", -1, "seconds"),
    "fastapi_utils.repeat_every": ("fastapi-utils", -1, "seconds"),
    "aiocron.crontab": ("aiocron", 0, "spec"),
    "schedule.repeat": ("schedule", 0, "job"),
}


def declared_rows(look: Look) -> Iterator[Deed]:
    """What all decorators of the file declare."""
    for applied, call in decorators(look, _NAMES):
        function = call.child(0) if call is not None else applied
        found = origin(look, function)
        if found.full or found.written:
            yield from _of_one(look, applied, call, found=found)


def _of_one(look: Look, applied: Node, call: Node | None, *, found: Origin) -> Iterator[Deed]:
    full = found.full
    handler = decorated(look, applied)
    library = _TASKS.get(full)
    if library or _own_task(found):
        yield _task(look, call, found, library=library or "", handler=handler, line=applied)
    if library == "dramatiq" and call is not None:
        periodic = argument(look, call, -1, "periodic")
        if periodic is not None:
            yield _job(applied, found, ("dramatiq", crontab(look, periodic), handler))
    if huey := _HUEY(full):
        yield from _of_huey(look, call, found, kind=huey[1], handler=handler, at=applied)
    elif full in _RECEIVER or _BLINKED(full):
        yield from _received(look, applied, call, found=found)
    elif (stream := _STREAM(full)) and call is not None:
        direction: Direction = "send" if stream[2] == "publisher" else "receive"
        said_ = (direction, _KINDS.get(stream[1], ""), "faststream")
        topics: list[Node | None] = [*positional(call)]
        for topic in topics or [None]:
            yield _message(applied, found, said_, channel=said(look, topic))
    elif full == "faust.App.agent":
        yield _message(applied, found, ("receive", "kafka", "faust"), channel=_topic(look, call))
    else:
        yield from _timed(look, applied, call, found=found, handler=handler)


def _own_task(found: Origin) -> tuple[str, str] | None:
    """(library, what it is of) of `@app.task` and `@job(…)` that come from another file.

    All files together prove it.
    """
    owner, _, last = found.written.rpartition(".")
    if found.number < 0 or found.full in _TASKS:
        return None
    if last == "task" and owner:
        return "celery", owner
    return ("rq", found.written) if last == "job" else None


def _task(
    look: Look, call: Node | None, found: Origin, *, library: str, handler: str, line: Node
) -> Deed:
    named = argument(look, call, -1, "name", "actor_name") if call is not None else None
    own = None if library else _own_task(found)
    kind, owner = own or (library, "")
    if kind == "rq" and call is not None:
        named = argument(look, call, 0, "queue")
    row = message(
        line_of(line),
        direction="receive",
        channel=exact(look, named),
        broker=_BROKERS.get(kind, kind),
        framework=kind,
    )
    if kind == "dramatiq" and named is None:
        row[3] = handler.rpartition(".")[2]
    return deed(row, number=found.number, proof=TASK, owner=owner, function=handler)


def _of_huey(
    look: Look, call: Node | None, found: Origin, *, kind: str, handler: str, at: Node
) -> Iterator[Deed]:
    if kind == "periodic_task":
        first = argument(look, call, 0, "validate_datetime") if call is not None else None
        schedule = crontab(look, first) if first is not None else None
        yield _job(at, found, ("huey", schedule, handler))
    else:
        name = exact(look, argument(look, call, -1, "name")) if call is not None else None
        channel = name or handler.rpartition(".")[2]
        yield _message(at, found, ("receive", "huey", "huey"), channel=channel)


def _received(look: Look, applied: Node, call: Node | None, *, found: Origin) -> Iterator[Deed]:
    """`@receiver(signal)` of Django, `@signal.connect` of blinker."""
    if found.full in _RECEIVER:
        given = argument(look, call, 0, "signal") if call is not None else None
        for channel in receivers(look, given):
            yield _message(applied, found, ("receive", "in-process", "django"), channel=channel)
        return
    channel = signal_name(look, call or applied, found)
    framework = found.full.partition(".")[0]
    yield _message(applied, found, ("receive", "in-process", framework), channel=channel)


def _timed(
    look: Look, applied: Node, call: Node | None, *, found: Origin, handler: str
) -> Iterator[Deed]:
    """Jobs and transactions."""
    full = found.full
    scheduled = _SCHEDULED.fullmatch(full)
    if scheduled and call is not None:
        framework = next(group for group in scheduled.groups() if group).replace("_", "-")
        yield _job(applied, found, (framework, of_trigger(look, call, place=0), handler))
    elif full in _JOBS and call is not None:
        framework, place, name = _JOBS[full]
        given = argument(look, call, place, name)
        schedule = crontab(look, given) if given is not None else None
        yield _job(applied, found, (framework, schedule, handler))
    elif full in DECLARED:
        row = transaction(line_of(applied), handler=handler, framework=DECLARED[full])
        yield deed(row, number=found.number)
    elif full == "django.utils.decorators.method_decorator" and call is not None:
        first = argument(look, call, 0)
        inner = first.child(0) if first is not None and first.type == "call" else first
        name, number = imported(look, shown(look, inner)) if inner is not None else ("", -1)
        if name in DECLARED:
            row = transaction(line_of(applied), handler=handler, framework=DECLARED[name])
            yield deed(row, number=number)


def _topic(look: Look, call: Node | None) -> str | None:
    """The topic of an agent: a text, or `app.topic("x")`."""
    first = argument(look, call, 0, "channel") if call is not None else None
    calls = origin(look, first).calls
    return said(look, argument(look, calls[-1], 0)) if calls else said(look, first)


def _message(
    at: Node, found: Origin, what: tuple[Direction, str, str], *, channel: str | None
) -> Deed:
    """what: direction, broker, framework."""
    direction, broker, framework = what
    row = message(
        line_of(at), direction=direction, channel=channel, broker=broker, framework=framework
    )
    return deed(row, number=found.number)


def _job(at: Node, found: Origin, what: tuple[str, str | None, str]) -> Deed:
    """what: framework, schedule, handler."""
    framework, schedule, handler = what
    row = job(line_of(at), schedule=schedule, handler=handler, framework=framework)
    return deed(row, number=found.number)
