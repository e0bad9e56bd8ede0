"""Work that a clock starts in Java and Kotlin: annotations, Quartz, executors, timers."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row, job
from assessor.collect.languages.jvm_names import simple, type_of
from assessor.collect.languages.jvm_texts import number, value, without_default
from assessor.collect.languages.jvm_tree import (
    METHODS,
    Call,
    Client,
    Code,
    Mark,
    OfCall,
    OfMark,
    handler_of,
    method_around,
    text_of,
)

_NEW_JOB = re.compile(r"\bnewJob\s*\(\s*(\w+)\s*(?:\.\s*class|::\s*class)")
_METHOD_OF = re.compile(r"(\w+)\s*::\s*(\w+)")
_UNIT = re.compile(r"(?:\w+\s*\.\s*)*([A-Z]{4,12})")
_INTERVALS = (
    "fixedRate", "fixedDelay", "fixedRateString", "fixedDelayString", "every",
)  # fmt: skip
_CALENDAR = ("second", "minute", "hour", "dayOfMonth", "month", "dayOfWeek", "year")


def _cron(code: Code, mark: Mark) -> str | None:
    """The cron text, or an interval as it is written: `fixedDelay=5000`."""
    for name in ("cron", "value"):
        if mark.given.get(name):
            text = value(code, mark.given[name][0])
            return without_default(text) if text is not None else None
    for name in _INTERVALS:
        if mark.given.get(name):
            node = mark.given[name][0]
            text = number(code, node) or value(code, node)
            return f"{name}={without_default(text)}" if text else None
    return None


def scheduled(framework: str) -> OfMark:
    """A method with an annotation that says when it runs."""

    def found(code: Code, mark: Mark) -> Iterator[Row]:
        if mark.declared.type in METHODS:
            handler = handler_of(mark.declared)
            yield job(mark.line, schedule=_cron(code, mark), handler=handler, framework=framework)

    return found


def _calendar(code: Code, mark: Mark) -> Iterator[Row]:
    """`@Schedule(hour = "*", minute = "*/5")` of EJB, as written."""
    parts = [
        f"{name}={text}"
        for name in _CALENDAR
        if mark.given.get(name)
        and (text := value(code, mark.given[name][0]) or number(code, mark.given[name][0]))
    ]
    if mark.declared.type in METHODS:
        handler = handler_of(mark.declared)
        yield job(mark.line, schedule=" ".join(parts) or None, handler=handler, framework="ejb")


def _named(framework: str) -> OfMark:
    """A method that a scheduler of its own starts, by times that the code does not say."""

    def found(code: Code, mark: Mark) -> Iterator[Row]:
        del code
        if mark.declared.type in METHODS:
            handler = handler_of(mark.declared)
            yield job(mark.line, schedule=None, handler=handler, framework=framework)

    return found


def _quartz(code: Code, call: Call) -> Iterator[Row]:
    """`cronSchedule("…")`: of the only job that is made beside it."""
    around = method_around(call.node)
    made = set(_NEW_JOB.findall(text_of(around))) if around is not None else set()
    handler = f"{made.pop()}.execute" if len(made) == 1 else handler_of(call.node)
    schedule = value(code, call.given[0]) if call.given else None
    yield job(call.line, schedule=schedule, handler=handler, framework="quartz")


def periodic(framework: str, *, least: int, period: int) -> OfCall:
    """A task, perhaps a delay, the period, perhaps its unit."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        given = _ordered(call)
        if len(given) < least:
            return
        every = number(code, given[period]) if len(given) > period else ""
        unit = _UNIT.fullmatch(text_of(given[period + 1])) if len(given) > period + 1 else None
        schedule = f"{every} {unit[1]}" if every and unit is not None else every or None
        yield job(call.line, schedule=schedule, handler=_run(code, call), framework=framework)

    return found


def _ordered(call: Call) -> tuple[Node, ...]:
    """The arguments, the lambda behind the brackets of Kotlin first, where Java has it."""
    last = call.given[-1] if call.given else None
    if last is not None and last.type == "annotated_lambda":
        return (last, *call.given[:-1])
    return call.given


def _run(code: Code, call: Call) -> str:
    """What is started: the method that is handed over, `run` of an object, the place itself."""
    first = _ordered(call)[0]
    here = handler_of(call.node)
    reference = _METHOD_OF.fullmatch(text_of(first).strip())
    if reference is not None and reference[1] in {"this", "super"}:
        return f"{here.partition('.')[0]}.{reference[2]}"
    if reference is not None:
        return f"{reference[1]}.{reference[2]}" if reference[1][:1].isupper() else here
    if first.type in {"this", "this_expression"}:
        return f"{here.partition('.')[0]}.run"
    made = simple(type_of(code, first)) if "lambda" not in first.type else ""
    known = made[:1].isupper() and made not in {"Runnable", "TimerTask", "Callable"}
    return f"{made}.run" if known else here


def _triggered(code: Code, call: Call) -> Iterator[Row]:
    """`scheduler.schedule(task, new CronTrigger("…"))`."""
    trigger = text_of(call.given[1]) if len(call.given) > 1 else ""
    made = re.match(r"(?:new\s+)?CronTrigger\s*\(", trigger)
    if made is None:
        return
    inner = next((c for c in call.given[1].named_children if "argument" in c.type), None)
    node = inner.named_children[0] if inner is not None and inner.named_children else None
    node = node.named_children[-1] if node is not None and node.type == "value_argument" else node
    yield job(call.line, schedule=value(code, node), handler=_run(code, call), framework="spring")


def _registered(code: Code, call: Call) -> Iterator[Row]:
    """`registrar.addCronTask(task, "…")`."""
    if len(call.given) > 1:
        schedule = value(code, call.given[1]) or number(code, call.given[1]) or None
        yield job(call.line, schedule=schedule, handler=_run(code, call), framework="spring")


_SPRING_SCHEDULER = Client(
    {
        "schedule": _triggered,
        **dict.fromkeys(
            ("scheduleAtFixedRate", "scheduleWithFixedDelay"),
            periodic("spring", least=2, period=1),
        ),
    }
)
CLIENTS: Mapping[str, Client] = {
    **dict.fromkeys(
        (
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
        ),
        Client(
            dict.fromkeys(
                ("scheduleAtFixedRate", "scheduleWithFixedDelay"),
                periodic("java-executor", least=4, period=2),
            )
        ),
    ),
    "java.util.Timer": Client(
        dict.fromkeys(
            ("schedule", "scheduleAtFixedRate"), periodic("java-timer", least=3, period=2)
        )
    ),
    "org.springframework.scheduling.TaskScheduler": _SPRING_SCHEDULER,
    "org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler": _SPRING_SCHEDULER,
    "org.springframework.scheduling.config.ScheduledTaskRegistrar": Client(
        dict.fromkeys(("addCronTask", "addFixedRateTask", "addFixedDelayTask"), _registered)
    ),
    "org.springframework.scheduling.quartz.CronTriggerFactoryBean": Client(
        {"setCronExpression": _quartz}
    ),
    "org.quartz.CronScheduleBuilder": Client({"cronSchedule": _quartz}),
}
MARKS: Mapping[str, OfMark] = {
    "org.springframework.scheduling.annotation.Scheduled": scheduled("spring"),
    "io.micronaut.scheduling.annotation.Scheduled": scheduled("micronaut"),
    "io.quarkus.scheduler.Scheduled": scheduled("quarkus"),
    "javax.ejb.Schedule": _calendar,
    "jakarta.ejb.Schedule": _calendar,
    "com.xxl.job.core.handler.annotation.XxlJob": _named("xxl-job"),
}
# Supertype -> its framework, and the method that is started.
TASKS: Mapping[str, tuple[str, str]] = {
    "org.quartz.Job": ("quartz", "execute"),
    "org.quartz.InterruptableJob": ("quartz", "execute"),
    "org.springframework.scheduling.quartz.QuartzJobBean": ("quartz", "executeInternal"),
    "com.xxl.job.core.handler.IJobHandler": ("xxl-job", "execute"),
    **dict.fromkeys(
        (
            "org.apache.shardingsphere.elasticjob.simple.job.SimpleJob",
            "com.dangdang.ddframe.job.api.simple.SimpleJob",
        ),
        ("elastic-job", "execute"),
    ),
    **dict.fromkeys(
        (
            "org.apache.shardingsphere.elasticjob.dataflow.job.DataflowJob",
            "com.dangdang.ddframe.job.api.dataflow.DataflowJob",
        ),
        ("elastic-job", "processData"),
    ),
}
