"""What the code does at run time beyond itself: calls, messages, jobs, transactions, settings.

A text is "" where the code does not say it. unit: path; line: of the first place there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class RemoteCall:
    """A call over the network. target: address or name of a service, `{}` = filled in.

    method: `GET`, …; the operation's name where it is no HTTP; `ANY` = not said.
    """

    target: str
    protocol: str
    method: str
    framework: str
    unit: str
    line: int
    count: int


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A channel (topic, queue, task, class of an event) on which a unit sends or receives.

    broker: `in-process` for events that do not leave the process. direction: `send`, `receive`.
    """

    channel: str
    broker: str
    direction: str
    framework: str
    unit: str
    line: int
    count: int


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """Work that a clock starts. schedule: cron text or interval as written."""

    unit: str
    line: int
    handler: str
    schedule: str
    framework: str


@dataclass(frozen=True, slots=True, order=True)
class Transaction:
    """A transaction that is declared or begun. handler: the function or class that it spans."""

    unit: str
    line: int
    handler: str
    framework: str
    read_only: bool


@dataclass(frozen=True, slots=True, order=True)
class Setting:
    """A setting that the code asks for. source: `environment` or `properties`.

    default: the code has a value of its own.
    """

    key: str
    source: str
    unit: str
    line: int
    default: bool
    count: int


@dataclass(frozen=True, slots=True)
class Behaviour:
    """All of it, of production code, sorted."""

    remote_calls: tuple[RemoteCall, ...] = ()
    messages: tuple[Message, ...] = ()
    jobs: tuple[Job, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    settings: tuple[Setting, ...] = ()


NO_BEHAVIOUR = Behaviour()
