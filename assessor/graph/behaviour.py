"""From artefacts to what the code does at run time beyond itself."""

from assessor.graph.production import Production, Values
from assessor.model.behaviour import Behaviour, Job, Message, RemoteCall, Setting, Transaction
from assessor.model.records import Artefact


def behaviour(found: Production) -> Behaviour:
    """Calls, messages, jobs, transactions and settings of production code."""
    return Behaviour(
        remote_calls=tuple(sorted(_remote(*each) for each in found["code.remote"])),
        messages=tuple(sorted(_message(*each) for each in found["code.message"])),
        jobs=tuple(sorted(_job(*each) for each in found["code.job"])),
        transactions=tuple(sorted(_transaction(*each) for each in found["code.transaction"])),
        settings=tuple(sorted(_setting(*each) for each in found["code.setting"])),
    )


def _text(values: Values, name: str) -> str:
    return str(values.get(name, ""))


def _remote(artefact: Artefact, values: Values) -> RemoteCall:
    return RemoteCall(
        target=_text(values, "target"),
        protocol=_text(values, "protocol"),
        method=_text(values, "method"),
        framework=_text(values, "framework"),
        unit=_text(values, "unit"),
        line=artefact.location.line,
        count=int(values["count"] or 0),
    )


def _message(artefact: Artefact, values: Values) -> Message:
    return Message(
        channel=_text(values, "channel"),
        broker=_text(values, "broker"),
        direction=_text(values, "direction"),
        framework=_text(values, "framework"),
        unit=_text(values, "unit"),
        line=artefact.location.line,
        count=int(values["count"] or 0),
    )


def _job(artefact: Artefact, values: Values) -> Job:
    return Job(
        unit=_text(values, "unit"),
        line=artefact.location.line,
        handler=_text(values, "handler"),
        schedule=_text(values, "schedule"),
        framework=_text(values, "framework"),
    )


def _transaction(artefact: Artefact, values: Values) -> Transaction:
    return Transaction(
        unit=_text(values, "unit"),
        line=artefact.location.line,
        handler=_text(values, "handler"),
        framework=_text(values, "framework"),
        read_only=bool(values["read_only"]),
    )


def _setting(artefact: Artefact, values: Values) -> Setting:
    return Setting(
        key=_text(values, "key"),
        source=_text(values, "source"),
        unit=_text(values, "unit"),
        line=artefact.location.line,
        default=bool(values["default"]),
        count=int(values["count"] or 0),
    )
