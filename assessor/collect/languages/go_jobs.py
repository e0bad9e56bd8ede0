"""Work that a clock starts in Go, and transactions that are begun."""

from collections.abc import Iterator, Mapping

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row
from assessor.collect.languages.go_folding import PREFIX, UNKNOWN
from assessor.collect.languages.go_meaning import FUNCTION, meaning, named
from assessor.collect.languages.go_owners import Call, Calls, text_of
from assessor.collect.languages.go_table import Source

Told = tuple[Source, Row]
_BEGINS: Mapping[str, frozenset[str]] = {
    "bbolt": frozenset({"Batch", "Begin", "Update", "View"}),
    "bun": frozenset({"Begin", "BeginTx", "RunInTx"}),
    "gorm": frozenset({"Begin", "BeginTx", "Transaction"}),
    "mongo": frozenset({"StartTransaction", "WithTransaction"}),
    "pgx": frozenset({"Begin", "BeginFunc", "BeginTx", "BeginTxFunc"}),
    "sql": frozenset({"Begin", "BeginTx"}),
    "sqlx": frozenset({"Begin", "BeginTx", "BeginTxx", "Beginx", "MustBegin"}),
    "xorm": frozenset({"Begin", "Transaction"}),
}
_FRAMEWORKS: Mapping[str, str] = {"sql": "database/sql"}
_HANDLES = frozenset({"DB", "Conn", "Pool", "Tx", "Session", "SessionContext", "Engine", "Query"})
_READS_ONLY = "ReadOnly: true"


def transactions(calls: Calls) -> Iterator[Told]:
    """The rows of all files."""
    for call in calls.every:
        short, _, type_ = call.owner.partition(".")
        if call.name not in _BEGINS.get(short, ()):
            continue
        if type_ in _HANDLES or (short == "pgx" and call.name.endswith("Func")):
            only = call.name == "View" or any(_READS_ONLY in one for one in call.given)
            yield call.source, behaviour.transaction(
                call.line, handler=call.function, read_only=only,
                framework=_FRAMEWORKS.get(short, short),
            )  # fmt: skip


def jobs(calls: Calls) -> Iterator[Told]:
    """The rows of all files."""
    for call in calls.every:
        row = _of_cron(calls, call) or _of_gocron(calls, call)
        if row is not None:
            yield call.source, row


def _of_cron(calls: Calls, call: Call) -> Row | None:
    """`c.AddFunc("@daily", f)`, asynq's `scheduler.Register("@every 1m", task)`."""
    wanted = {"cron.Cron": {"AddFunc", "AddJob", "Schedule"}, "asynq.Scheduler": {"Register"}}
    if call.name not in wanted.get(call.owner, ()) or len(call.given) < 2:  # noqa: PLR2004 - when, what
        return None
    spec = text_of(calls.project, call.source, call.given[0])
    return behaviour.job(
        call.line, schedule=_shown(spec), handler=_handler(calls, call, call.given[1]),
        framework=call.owner.partition(".")[0],
    )  # fmt: skip


def _of_gocron(calls: Calls, call: Call) -> Row | None:
    """`s.Every(5).Minutes().Do(f)`, `s.Cron("* * * * *").Do(f)`, `s.NewJob(when, what)`."""
    if not call.owner.startswith("gocron.") or call.name not in {"Do", "NewJob"} or not call.given:
        return None
    schedule = _interval(calls, call) if call.name == "Do" else None
    handler = _handler(calls, call, call.given[0]) if call.name == "Do" else f"{call.function}()"
    return behaviour.job(call.line, schedule=schedule, handler=handler, framework="gocron")


def _interval(calls: Calls, call: Call) -> str | None:
    known = calls.by_number[call.source]
    made = [known[number] for number in call.marked if number in known]
    for one in made:
        text = text_of(calls.project, call.source, one.given[0]) if one.given else "1"
        if one.name.startswith("Cron"):
            return _shown(text)
        if one.name == "Every" and text:
            rest = call.before.rpartition("|.Every|")[2].split("|.")[1:]
            unit = rest[0].partition("|")[0].lower() if rest else ""
            return _shown(f"every {text} {unit}".strip())
    return None


def _shown(text: str | None) -> str | None:
    text = text.replace(PREFIX, UNKNOWN) if text else text
    return text if text and text.replace(UNKNOWN, "").strip() else None


def _handler(calls: Calls, call: Call, argument: str) -> str:
    """The function that a job is: `f`, `T.m`; one without a name is called by the one around."""
    chain, _, written = argument.partition("\t")
    if argument[:1] == "'":
        return argument[1:]
    task = calls.by_number[call.source].get(_task(chain))
    if task is not None and task.given:
        return text_of(calls.project, call.source, task.given[0]) or "asynq.NewTask"
    if written in {"func", ""} or chain.endswith("|.FuncJob|()"):
        return f"{call.function}()"
    if chain.startswith("=f("):  # what the function around is given
        return call.function
    return _named(calls, call, chain) or written


def _named(calls: Calls, call: Call, chain: str) -> str:
    """The name of a function or method, or of the method `Run` of a value; "" for neither."""
    project, source = calls.project, call.source
    found = meaning(project, source, chain) if chain else None
    if found is None or found.home is None:
        return ""
    if found.kind != FUNCTION:
        made = named(project, found.home, found.type)
        return f"{made.name}.Run" if made is not None and "Run" in made.methods else ""
    before, bar, last = chain.rpartition("|.")
    owner = meaning(project, source, before) if bar else None
    type_ = named(project, owner.home, owner.type) if owner is not None and owner.home else None
    return f"{type_.name}.{last}" if type_ is not None and type_.name else last or chain


def _task(chain: str) -> int:
    """The number of the call that made a task, -1 for none."""
    number = chain.partition("|.NewTask|^")[2].partition("|")[0]
    return int(number) if number.isdigit() else -1
