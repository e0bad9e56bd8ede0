"""What the code does beyond itself, from artefacts of production code."""

from assessor.graph.behaviour import behaviour
from assessor.graph.production import production
from assessor.model.basis import Location, Node
from assessor.model.behaviour import (
    NO_BEHAVIOUR,
    Job,
    Message,
    RemoteCall,
    Setting,
    Transaction,
)
from assessor.model.records import Artefact


def artefact(kind, line, unit_kind="source", **values):
    keys = {"language": "go", "count": 2, "unit": "a.go", "unit_kind": unit_kind, **values}
    root = Node(line, {name: Node(line, value) for name, value in keys.items()})
    return Artefact(kind, Location("a.go", line), root)


def remote(line=1, **more):
    values = {"protocol": "http", "method": "GET", "target": "/x", "framework": "net/http"}
    return artefact("code.remote", line, **{**values, **more})


def test_behaviour__each_kind__is_told_with_its_place():
    found = behaviour(
        production(
            [
                remote(),
                artefact(
                    "code.message", 2, direction="send", channel="c", broker="nats", framework="n"
                ),
                artefact("code.job", 3, schedule="@daily", handler="f", framework="cron"),
                artefact("code.transaction", 4, handler="g", framework="gorm", read_only=True),
                artefact("code.setting", 5, key="PORT", source="environment", default=False),
            ]
        )
    )
    assert found.remote_calls == (RemoteCall("/x", "http", "GET", "net/http", "a.go", 1, 2),)
    assert found.messages == (Message("c", "nats", "send", "n", "a.go", 2, 2),)
    assert found.jobs == (Job("a.go", 3, "f", "@daily", "cron"),)
    assert found.transactions == (Transaction("a.go", 4, "g", "gorm", read_only=True),)
    assert found.settings == (Setting("PORT", "environment", "a.go", 5, default=False, count=2),)


def test_behaviour__what_the_code_does_not_say__is_empty():
    [call] = behaviour(production([remote(target=None)])).remote_calls
    assert call.target == ""


def test_behaviour__tests__are_left_out():
    assert behaviour(production([remote(unit_kind="test")])) == NO_BEHAVIOUR


def test_behaviour__another_order__is_the_same():
    known = [remote(3), remote(1, target=None), remote(2, method="POST")]
    assert behaviour(production(known)) == behaviour(production(known[::-1]))
