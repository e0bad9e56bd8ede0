"""Work that a clock starts, and transactions, in C#."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.csharp_calls import (
    TYPES,
    argument,
    around,
    called,
    class_of,
    function_of,
    line_at,
    named_arguments,
    receiver,
    type_arguments,
)
from assessor.collect.languages.csharp_values import Look, declared, known, said, text, type_of
from assessor.collect.languages.endpoints_texts import text_of

QUARTZ = frozenset({"WithCronSchedule", "WithSimpleSchedule", "WithDailyTimeIntervalSchedule"})
HANGFIRE = frozenset({"AddOrUpdate"})
TRANSACTIONS = frozenset({"BeginTransaction", "BeginTransactionAsync"})
_CRON = re.compile(r"Cron\.\w+\s*(?:\([^()]*\))?")
_SPAN = re.compile(r"TimeSpan\.\w+\s*(?:\([^()]{0,60}\))?|new\s+TimeSpan\([^()]{0,60}\)")
_BODY = re.compile(r"(?:async\s*)?\(?\s*\w*\s*\)?\s*=>\s*(?:await\s+)?(?:\w+\.)*?(\w+)\s*\(")
_WORKERS = ("BackgroundService", "IHostedService")


def hangfire(look: Look, call: Node) -> Iterator[Row]:
    """`RecurringJob.AddOrUpdate<A>("id", a => a.Run(), Cron.Daily)`."""
    on = receiver(call)
    types = type_of(look, on)
    is_static = on is not None and text_of(on).rpartition(".")[2] == "RecurringJob"
    if not (is_static and look.imported("Hangfire")) and "IRecurringJobManager" not in types:
        return
    given = [value for _, value in named_arguments(call)]
    done = next((each for each in given if each.type == "lambda_expression"), None)
    schedule = None
    for each in given[given.index(done) + 1 :] if done is not None else ():
        cron = _CRON.fullmatch(text_of(each))
        schedule = schedule or (text_of(each) if cron else said(look, each))
    yield behaviour.job(
        line_at(call), schedule=schedule, handler=_done(look, call, done), framework="hangfire"
    )


def _done(look: Look, call: Node, done: Node | None) -> str:
    """The method that a lambda calls, of the type that the call or its receiver is of."""
    found = _BODY.match(text_of(done)) if done is not None else None
    if found is None:
        return function_of(call)
    given = type_arguments(call)
    owner = given[0] if given else ""
    on = re.search(r"=>\s*(?:await\s+)?(\w+)\.", text_of(done)) if done is not None else None
    if not owner and on is not None:
        types = sorted(declared(look, on[1]))
        owner = types[0] if len(types) == 1 else on[1] if on[1][:1].isupper() else ""
    return f"{owner.rpartition('.')[2] or class_of(call)}.{found[1]}"


def quartz(look: Look, call: Node) -> Iterator[Row]:
    """`TriggerBuilder.Create().WithCronSchedule("0 0 * * * ?")`, for the job that it is for."""
    if not look.imported("Quartz"):
        return
    first = argument(call, 0, "cronExpression")
    schedule = said(look, first) if called(call) == "WithCronSchedule" else _interval(first)
    yield behaviour.job(
        line_at(call), schedule=schedule, handler=_quartz_job(look, call), framework="quartz"
    )


def _interval(node: Node | None) -> str | None:
    """`x => x.WithIntervalInMinutes(5)` as written, without what surrounds it."""
    found = (
        re.search(r"WithInterval\w*\([^()]{0,60}\)", text_of(node)) if node is not None else None
    )
    return found[0] if found else None


def _quartz_job(look: Look, call: Node) -> str:
    """The class of the job: of the registration around, or told with the trigger's variable."""
    name = ""
    for each in around(call):
        if each.type == "invocation_expression" and called(each) == "ScheduleJob":
            given = type_arguments(each)
            if given:
                return f"{given[0].rpartition('.')[2]}.Execute"
        if each.type == "variable_declarator":
            own = each.child_by_field_name("name")
            name = text_of(own) if own is not None else ""
            break
    pattern = rf"typeof\((?:\w+\.)*(\w+)\)\s*,\s*{re.escape(name)}\b" if name else r"(?!)"
    found = re.search(pattern.encode(), look.source) or _key(look, call)
    if found is not None:
        return f"{found[1].decode()}.Execute"
    return f"{class_of(call)}.Execute" if _in_job(call) else function_of(call)


def _in_job(call: Node) -> bool:
    """Whether the class around is a job itself, by what it extends."""
    outer = next((each for each in around(call) if each.type in TYPES), None)
    bases = [p for p in outer.named_children if p.type == "base_list"] if outer else []
    return any(re.search(r"\b\w*Job\b", text_of(each)) for each in bases)


def _key(look: Look, call: Node) -> re.Match[bytes] | None:
    """`.ForJob(key)` where the file has `AddJob<A>(… key …)`."""
    outer = [each for each in around(call) if each.type == "argument"]
    told = re.search(r"\.ForJob\(\s*(\w+|\"[^\"]*\")", text_of(outer[0])) if outer else None
    if told is None:
        return None
    pattern = rf"\bAddJob<(?:\w+\.)*(\w+)>\([^;]{{0,200}}?{re.escape(told[1])}"
    return re.search(pattern.encode(), look.source)


def worker(base: Node, owner: str) -> Iterator[Row]:
    """A hosted service that waits for a clock: a timer, or a delay in a loop."""
    declared_ = next((each for each in around(base) if each.type in TYPES), None)
    body = text_of(declared_) if declared_ is not None else ""
    if declared_ is None or not any(name in text_of(base) for name in _WORKERS):
        return
    found = _clock(declared_, body)
    if found is not None:
        schedule, method = found
        yield behaviour.job(
            line_at(base),
            schedule=schedule,
            handler=f"{owner}.{method}",
            framework="hosted-service",
        )


def _clock(node: Node, body: str) -> tuple[str | None, str] | None:
    """What is waited for, and the method that runs."""
    run = "ExecuteAsync" if "ExecuteAsync" in body else "StartAsync"
    for each in _within(node):
        if each.type in {"object_creation_expression", "implicit_object_creation_expression"}:
            kind = each.child_by_field_name("type")
            name = text_of(kind).rpartition(".")[2] if kind is not None else ""
            given = [value for _, value in named_arguments(each)]
            if name == "PeriodicTimer":
                return _span(given[0] if given else None), run
            if name == "Timer" and len(given) == 4:  # noqa: PLR2004 - callback, state, due, period
                done = text_of(given[0])
                return _span(given[3]), done if done.isidentifier() else run
        if each.type == "while_statement" and "Task.Delay(" in text_of(each):
            return _delay(each), run
    return None


def _within(node: Node) -> Iterator[Node]:
    left = [node]
    while left:
        at = left.pop()
        yield at
        left += reversed(at.named_children)


def _delay(loop: Node) -> str | None:
    """What the one `Task.Delay` of a loop waits for."""
    calls = [
        e for e in _within(loop) if e.type == "invocation_expression" and called(e) == "Delay"
    ]
    return _span(argument(calls[0], 0)) if len(calls) == 1 else None


def _span(node: Node | None) -> str | None:
    """An interval as written, where it holds nothing but numbers."""
    written = " ".join(text_of(node).split()) if node is not None else ""
    plain = _SPAN.fullmatch(written) is not None and not re.search(r"[(,]\s*[A-Za-z_]", written)
    return written if plain or written.isdigit() else None


def trigger(look: Look, mark: Node) -> Iterator[Row]:
    """`[TimerTrigger("0 */5 * * * *")]` of Azure Functions."""
    given = mark.named_children[-1]
    first = given.named_children[0] if given.named_children else None
    value = first.named_children[-1] if first is not None and first.named_children else None
    schedule = known(text(look, value))
    yield behaviour.job(
        line_at(mark), schedule=schedule, handler=function_of(mark), framework="azure-functions"
    )


def transaction(look: Look, call: Node) -> Iterator[Row]:
    """`context.Database.BeginTransaction()`, `connection.BeginTransaction()`."""
    on = receiver(call)
    if on is None:
        return
    written, types = text_of(on), type_of(look, on)
    framework = ""
    if re.search(r"(?:^|\.)Database$", written):
        framework = "ef-core"
    elif any(each.endswith("Connection") for each in types):
        framework = "ado.net"
    elif types & {"ISession", "IStatelessSession"} and look.imported("NHibernate"):
        framework = "nhibernate"
    if framework:
        yield behaviour.transaction(line_at(call), handler=function_of(call), framework=framework)


def scope(_look: Look, made: Node) -> Iterator[Row]:
    """`new TransactionScope(…)`."""
    yield behaviour.transaction(
        line_at(made), handler=function_of(made), framework="transaction-scope"
    )


def unit_of_work(look: Look, mark: Node) -> Iterator[Row]:
    """`[UnitOfWork]` of ABP."""
    if look.imported("Volo.Abp.Uow", "Abp.Domain.Uow"):
        outer = mark.parent.parent if mark.parent is not None else None
        name = outer.child_by_field_name("name") if outer is not None else None
        owner = function_of(name) if name is not None else function_of(mark)
        yield behaviour.transaction(line_at(mark), handler=owner, framework="abp")
