"""What the code does beyond itself, as it is told: calls, channels, jobs, shared settings."""

from dataclasses import replace

from unit.report.assessments import FOUND, cut, service, tables, told

from assessor.model.behaviour import (
    Behaviour,
    Job,
    Message,
    RemoteCall,
    Setting,
    Transaction,
)
from assessor.report import tables as exported
from assessor.report.behaviour import behaviour
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
SHOP, CLINIC = service("shop", "shop/Order.java"), service("clinic", "clinic/Visit.java")
CALL = RemoteCall("http://stock/items", "http", "GET", "feign", "shop/Order.java", 4, 2)
SENT = Message("orders", "kafka", "send", "spring-kafka", "shop/Order.java", 5, 1)
RECEIVED = replace(SENT, direction="receive", unit="clinic/Visit.java", line=7)
JOB = Job("shop/Order.java", 8, "Order.close", "0 0 * * *", "spring")
ASKED = Setting("mail.host", "properties", "shop/Order.java", 9, default=True, count=1)


def _found(**more):
    return replace(FOUND, partition=cut(SHOP, CLINIC), behaviour=Behaviour(**more))


def _rows(found):
    return [[cell.text for cell in row] for table in tables(found) for row in table.rows]


def _sentence(found):
    [sentence] = told(found)
    return sentence


def test_behaviour__nothing_known__says_nothing():
    assert behaviour(FOUND, EN).blocks == ()


def test_behaviour__calls__are_summed_by_service_target_and_protocol():
    again = replace(CALL, unit="shop/Order.java", line=20, method="POST", count=1)
    unsaid = replace(CALL, target="", unit="elsewhere.java")
    assert _rows(behaviour(_found(remote_calls=(unsaid, CALL, again)), EN)) == [
        ["shop", "http://stock/items", "http", "3", "shop/Order.java:4"],
        ["in no service", "not in the code", "http", "2", "elsewhere.java:4"],
    ]


def test_behaviour__a_channel_between_services__comes_first_with_both_ends():
    own = replace(SENT, channel="audit")
    found = behaviour(_found(messages=(own, SENT, RECEIVED)), EN)
    assert _rows(found) == [
        ["orders", "kafka", "shop", "clinic", "shop/Order.java:5"],
        ["audit", "kafka", "shop", "–", "shop/Order.java:5"],
    ]
    assert _sentence(found) == "Channels: 2; used by more than one proposed service: 1."


def test_behaviour__channels_without_a_name__are_not_taken_for_one():
    unsaid = (replace(SENT, channel=""), replace(RECEIVED, channel=""))
    found = behaviour(_found(messages=unsaid), EN)
    assert _rows(found) == []
    assert _sentence(found) == (
        "Places that send or receive on a channel that the code does not name: 2."
    )


def test_behaviour__events_in_the_process__are_called_so_in_both_languages():
    found = _found(messages=(replace(SENT, broker="in-process"),))
    assert _rows(behaviour(found, EN))[0][1] == "in the process"
    assert _rows(behaviour(found, ZH))[0][1] == "进程内"


def test_behaviour__jobs__are_listed_with_their_schedule():
    unsaid = replace(JOB, schedule="", line=10)
    assert _rows(behaviour(_found(jobs=(JOB, unsaid)), EN)) == [
        ["shop", "Order.close", "0 0 * * *", "shop/Order.java:8"],
        ["shop", "Order.close", "not in the code", "shop/Order.java:10"],
    ]


def test_behaviour__a_setting_of_one_service__is_counted_but_not_listed():
    found = behaviour(_found(settings=(ASKED,)), EN)
    assert _rows(found) == []
    assert _sentence(found) == "Settings: 1; asked for in more than one proposed service: 0."


def test_behaviour__a_setting_of_two_services__is_listed():
    also = replace(ASKED, unit="clinic/Visit.java", line=3)
    found = behaviour(_found(settings=(also, ASKED)), EN)
    assert _rows(found) == [["mail.host", "clinic, shop", "clinic/Visit.java:3"]]


def test_behaviour__more_rows_than_are_shown__says_so():
    jobs = tuple(replace(JOB, line=line) for line in range(1, 4))
    [table] = tables(behaviour(_found(jobs=jobs), EN, most=2))
    assert (len(table.rows), table.note) == (2, "2 of 3.")
    [table] = tables(behaviour(_found(jobs=jobs), EN, most=3))
    assert table.note == ""


def test_behaviour__what_there_is_none_of__is_not_told_in_both_languages():
    found = _found(remote_calls=(CALL,), jobs=(JOB,))
    assert _sentence(behaviour(found, EN)) == "Calls over the network: 2. Scheduled jobs: 1."
    assert _sentence(behaviour(found, ZH)) == "网络调用：2 处。定时任务：1 个。"


def test_exported__each_kind__has_its_columns_and_rows():
    found = Behaviour(
        remote_calls=(CALL,),
        messages=(SENT,),
        jobs=(JOB,),
        transactions=(Transaction("shop/Order.java", 2, "Order.place", "spring", True),),
        settings=(ASKED,),
    )
    assert exported.remote_calls(found).rows == (
        ("http://stock/items", "http", "GET", "feign", "shop/Order.java", 4, 2),
    )
    assert exported.messages(found).rows == (
        ("orders", "kafka", "send", "spring-kafka", "shop/Order.java", 5, 1),
    )
    assert exported.jobs(found).rows == (
        ("0 0 * * *", "Order.close", "spring", "shop/Order.java", 8),
    )
    assert exported.transactions(found).rows == (
        ("Order.place", "spring", 1, "shop/Order.java", 2),
    )
    settings = exported.settings(found)
    assert settings.rows == (("mail.host", "properties", 1, "shop/Order.java", 9, 1),)
    assert settings.columns == ("key", "source", "default", "unit", "line", "count")
