"""Work that a clock starts, and transactions, in scripts."""

from collections.abc import Mapping, Sequence

from tree_sitter import Node

from assessor.collect.languages.behaviour import Row, job, transaction
from assessor.collect.languages.endpoints_texts import text_of
from assessor.collect.languages.javascript_calls import Call, Maker, argument, option, text
from assessor.collect.languages.javascript_scene import given_to

_NAMES = frozenset({"identifier", "member_expression"})


def scheduled(call: Call) -> Sequence[Row]:
    """`cron.schedule('0 * * * *', work)`, `new CronJob(…)`, `scheduleJob(name?, rule, work)`."""
    given = given_to(call.node)
    first = argument(call, 0)
    if first is not None and first.type == "object" and call.verb != "scheduleJob":
        time = option(call, ("cronTime",), place=0)
        return [_job(call, time, option(call, ("onTick",), place=0))] if time is not None else []
    place = 1 if call.verb == "scheduleJob" and len(given) > 2 else 0  # noqa: PLR2004 - name, rule, work
    work = given[place + 1] if len(given) > place + 1 else None
    return [_job(call, argument(call, place), work)]


def every(call: Call) -> Sequence[Row]:
    """`agenda.every('5 minutes', 'name')`."""
    name = text(call, argument(call, 1)) or call.around
    schedule = text(call, argument(call, 0))
    return [job(call.line, schedule=schedule, handler=name, framework=call.framework)]


def marked(call: Call) -> Sequence[Row]:
    """`@Cron('0 * * * *')`, `@Interval(5000)`, `@Interval('name', 5000)` of NestJS."""
    given = given_to(call.node)
    place = 1 if call.verb == "@Interval" and len(given) > 1 else 0
    node = argument(call, place)
    return [job(call.line, schedule=_when(call, node), handler=call.around, framework="nest")]


def _job(call: Call, time: Node | None, work: Node | None) -> Row:
    named = work is not None and work.type in _NAMES
    handler = text_of(work) if work is not None and named else call.around
    return job(call.line, schedule=_when(call, time), handler=handler, framework=call.framework)


def _when(call: Call, node: Node | None) -> str | None:
    """The text, or the constant of the library as it is written."""
    known = text(call, node)
    if known is None and node is not None and text_of(node).startswith("CronExpression."):
        return text_of(node)
    return known


def begun(call: Call) -> Sequence[Row]:
    """A transaction that spans a part of the function around."""
    mode = option(call, ("readOnly",))
    read_only = mode is not None and text_of(mode) == "true"
    return [
        transaction(call.line, handler=call.around, framework=call.framework, read_only=read_only)
    ]


def _of(*names: str) -> Mapping[str, Maker]:
    return dict.fromkeys(names, begun)


_TYPEORM = _of("transaction", "startTransaction")
_SESSION = _of("withTransaction", "startTransaction")

JOBS: Mapping[str, tuple[str, Mapping[str, Maker]]] = {
    "@nestjs/schedule:": ("nest", {"@Cron": marked, "@Interval": marked}),
    "agenda:()": ("agenda", {"every": every}),
    "agenda:Agenda()": ("agenda", {"every": every}),
    "cron:": ("cron", {"CronJob": scheduled, "job": scheduled}),
    "cron:CronJob": ("cron", {"from": scheduled}),
    "node-cron:": ("node-cron", {"schedule": scheduled}),
    "node-schedule:": ("node-schedule", {"scheduleJob": scheduled}),
}
TRANSACTIONS: Mapping[str, tuple[str, Mapping[str, Maker]]] = {
    "@mikro-orm/core:": ("mikro-orm", {"@Transactional": begun}),
    "@mikro-orm/core:EntityManager()": ("mikro-orm", _of("transactional", "begin")),
    "@prisma/client:PrismaClient()": ("prisma", _of("$transaction")),
    "better-sqlite3:()": ("better-sqlite3", _of("transaction")),
    "drizzle-orm:drizzle()": ("drizzle", _of("transaction")),
    "knex:()": ("knex", _of("transaction")),
    "knex:Knex()": ("knex", _of("transaction")),
    "mongodb:MongoClient().startSession()": ("mongodb", _SESSION),
    "mongodb:ClientSession()": ("mongodb", _SESSION),
    "mongoose:startSession()": ("mongoose", _SESSION),
    "mongoose:ClientSession()": ("mongoose", _SESSION),
    "mongoose:connection": ("mongoose", _of("transaction")),
    "mongoose:connection.startSession()": ("mongoose", _SESSION),
    "mongoose:Connection()": ("mongoose", _of("transaction")),
    "mongoose:Connection().startSession()": ("mongoose", _SESSION),
    "mysql2:createPool().getConnection()": ("mysql2", _of("beginTransaction")),
    "sequelize:Sequelize()": ("sequelize", _of("transaction")),
    "sequelize-typescript:Sequelize()": ("sequelize", _of("transaction")),
    "typeorm:": ("typeorm", {"@Transaction": begun}),
    "typeorm:Connection()": ("typeorm", _TYPEORM),
    "typeorm:DataSource()": ("typeorm", _TYPEORM),
    "typeorm:DataSource().createQueryRunner()": ("typeorm", _TYPEORM),
    "typeorm:DataSource().manager": ("typeorm", _TYPEORM),
    "typeorm:EntityManager()": ("typeorm", _TYPEORM),
    "typeorm:QueryRunner()": ("typeorm", _TYPEORM),
    "typeorm:getConnection()": ("typeorm", _TYPEORM),
    "typeorm:getConnection().createQueryRunner()": ("typeorm", _TYPEORM),
    "typeorm:getConnection().manager": ("typeorm", _TYPEORM),
    "typeorm:getManager()": ("typeorm", _TYPEORM),
    "typeorm-transactional:": ("typeorm-transactional", {
        "@Transactional": begun, "runInTransaction": begun,
    }),
    "typeorm-transactional-cls-hooked:": ("typeorm-transactional", {"@Transactional": begun}),
}  # fmt: skip
