"""Calls, messages, jobs, transactions and settings of all languages become artefacts."""

from collections.abc import Mapping

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import Artefact, File, FileKind


def told(
    *rows: Row, path: str = "a/Orders.java", constants: Mapping[str, str] | None = None
) -> Extracted:
    file = File(path, FileKind.SOURCE, "java", 1, "")
    return Extracted(file, {"behaviour": list(rows), "constants": dict(constants or {})})


def values(artefact: Artefact) -> dict[str, object]:
    assert isinstance(artefact.root.value, Mapping)
    return {name: node.value for name, node in artefact.root.value.items()}


def sent(line: int, channel: str | None) -> Row:
    return behaviour.message(
        line, direction="send", channel=channel, broker="kafka", framework="spring-kafka"
    )


def test_artefacts__each_kind_of_row__has_its_keys_place_and_unit() -> None:
    rows = (
        behaviour.remote(3, protocol="http", framework="feign", target="stock", method="GET"),
        sent(4, "orders"),
        behaviour.job(5, schedule="0 0 * * *", handler="Orders.close", framework="spring"),
        behaviour.transaction(6, handler="Orders.place", framework="spring", read_only=True),
        behaviour.setting(7, key="orders.limit", source="properties", default=False),
    )
    every = {"language": "java", "count": 1, "unit": "a/Orders.java", "unit_kind": "source"}
    remote = {"protocol": "http", "method": "GET", "target": "stock", "framework": "feign"}
    message = {
        "direction": "send", "channel": "orders", "broker": "kafka", "framework": "spring-kafka",
    }  # fmt: skip
    job = {"schedule": "0 0 * * *", "handler": "Orders.close", "framework": "spring"}
    transaction = {"handler": "Orders.place", "framework": "spring", "read_only": True}
    setting = {"key": "orders.limit", "source": "properties", "default": False}
    found = behaviour.artefacts([told(*rows)])
    assert [(each.kind, each.location.line, values(each)) for each in found] == [
        ("code.job", 5, every | job),
        ("code.message", 4, every | message),
        ("code.remote", 3, every | remote),
        ("code.setting", 7, every | setting),
        ("code.transaction", 6, every | transaction),
    ]


def test_artefacts__rows_that_say_the_same__are_one_at_the_first_line() -> None:
    [one] = behaviour.artefacts([told(sent(9, "orders"), sent(4, "orders"))])
    assert (one.location.line, values(one)["count"]) == (4, 2)


def test_artefacts__constant_of_another_file__is_put_in() -> None:
    files = [
        told(sent(4, "${Topics.ORDERS}")),
        told(path="a/Topics.java", constants={"Topics.ORDERS": "orders"}),
    ]
    assert [values(each)["channel"] for each in behaviour.artefacts(files)] == ["orders"]


def test_artefacts__constant_told_twice_differently__stays_a_name() -> None:
    files = [
        told(sent(4, "${Topics.ORDERS}")),
        told(path="a/Topics.java", constants={"Topics.ORDERS": "orders"}),
        told(path="b/Topics.java", constants={"Topics.ORDERS": "bills"}),
    ]
    assert [values(each)["channel"] for each in behaviour.artefacts(files)] == ["${Topics.ORDERS}"]


def test_artefacts__credentials_in_an_address__are_hidden() -> None:
    row = behaviour.remote(
        1, protocol="http", framework="requests", target="https://u:geheim@host/a"
    )
    assert [values(each)["target"] for each in behaviour.artefacts([told(row)])] == [
        "https://***@host/a"
    ]


def test_artefacts__files_in_any_order__give_the_same() -> None:
    files = [told(sent(4, "a"), path="a.java"), told(sent(2, "b"), path="b.java")]
    assert behaviour.artefacts(files) == behaviour.artefacts(files[::-1])
