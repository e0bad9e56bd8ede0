"""Transactions in Java and Kotlin: declared by annotations, or begun by calls."""

import re
from collections.abc import Iterator, Mapping

from assessor.collect.languages.behaviour import Row, transaction
from assessor.collect.languages.jvm_tree import (
    METHODS,
    TYPES,
    Call,
    Client,
    Code,
    Mark,
    OfCall,
    OfMark,
    chain_below,
    handler_of,
    marks_of,
    text_of,
)

_NONE = re.compile(r"\b(?:NOT_SUPPORTED|NEVER)\b")
_BEANS = ("Stateless", "Stateful", "Singleton", "MessageDriven")


def declared(framework: str) -> OfMark:
    """A class or method that runs in a transaction, if its annotation does not forbid one."""

    def found(code: Code, mark: Mark) -> Iterator[Row]:
        del code
        if mark.declared.type not in TYPES | METHODS or _NONE.search(text_of(mark.node)):
            return
        read_only = any(text_of(node) == "true" for node in mark.given.get("readOnly", ()))
        yield transaction(
            mark.line,
            handler=handler_of(mark.declared),
            framework=framework,
            read_only=read_only,
        )

    return found


def _bean(code: Code, mark: Mark) -> Iterator[Row]:
    """A bean of EJB, whose methods run in transactions unless it says otherwise."""
    said = {name: text_of(node) for name, node in marks_of(mark.declared)}
    managed = "BEAN" not in said.get("TransactionManagement", "")
    if mark.declared.type in TYPES and managed and "TransactionAttribute" not in said:
        yield from declared("ejb")(code, mark)


def begun(framework: str) -> OfCall:
    """A call that begins a transaction, or runs what it is given in one."""

    def found(code: Code, call: Call) -> Iterator[Row]:
        del code
        handler = handler_of(call.node)
        if handler:
            yield transaction(call.line, handler=handler, framework=framework)

    return found


def _of_manager(code: Code, call: Call) -> Iterator[Row]:
    """`manager.getTransaction().begin()`."""
    if any(each.name == "getTransaction" for each in chain_below(call)):
        yield from begun("jpa")(code, call)


def _of_session(code: Code, call: Call) -> Iterator[Row]:
    if call.name == "beginTransaction" or any(
        each.name == "getTransaction" for each in chain_below(call)
    ):
        yield from begun("hibernate")(code, call)


def _by_hand(code: Code, call: Call) -> Iterator[Row]:
    """`connection.setAutoCommit(false)`."""
    if call.given and text_of(call.given[0]) == "false":
        yield from begun("jdbc")(code, call)


_TEMPLATE = dict.fromkeys(("execute", "executeWithoutResult"), begun("spring"))
CLIENTS: Mapping[str, Client] = {
    "org.springframework.transaction.support.TransactionTemplate": Client(_TEMPLATE),
    "org.springframework.transaction.support.TransactionOperations": Client(_TEMPLATE),
    "org.springframework.transaction.reactive.TransactionalOperator": Client(
        dict.fromkeys(("execute", "transactional", "executeAndAwait"), begun("spring"))
    ),
    **dict.fromkeys(
        (
            "org.springframework.transaction.PlatformTransactionManager",
            "org.springframework.jdbc.datasource.DataSourceTransactionManager",
        ),
        Client({"getTransaction": begun("spring")}),
    ),
    **{
        f"{root}.{name}": client
        for root in ("javax", "jakarta")
        for name, client in {
            "transaction.UserTransaction": Client({"begin": begun("jta")}),
            "transaction.TransactionManager": Client({"begin": begun("jta")}),
            "persistence.EntityManager": Client({"begin": _of_manager}, fluent=True),
            "persistence.EntityTransaction": Client({"begin": begun("jpa")}),
        }.items()
    },
    **dict.fromkeys(
        ("org.hibernate.Session", "org.hibernate.StatelessSession"),
        Client(dict.fromkeys(("beginTransaction", "begin"), _of_session), fluent=True),
    ),
    **dict.fromkeys(
        ("java.sql.Connection", "liquibase.database.jvm.JdbcConnection"),
        Client({"setAutoCommit": _by_hand}),
    ),
    "org.jooq.DSLContext": Client(
        dict.fromkeys(("transaction", "transactionResult"), begun("jooq"))
    ),
}
FUNCTIONS: Mapping[str, OfCall] = {
    "org.jetbrains.exposed.sql.transactions.transaction": begun("exposed"),
    "org.jetbrains.exposed.sql.transactions.experimental.newSuspendedTransaction": begun(
        "exposed"
    ),
}
MARKS: Mapping[str, OfMark] = {
    "org.springframework.transaction.annotation.Transactional": declared("spring"),
    "javax.transaction.Transactional": declared("jta"),
    "jakarta.transaction.Transactional": declared("jta"),
    "io.micronaut.transaction.annotation.Transactional": declared("micronaut"),
    "com.google.inject.persist.Transactional": declared("guice"),
    "io.seata.spring.annotation.GlobalTransactional": declared("seata"),
    "org.apache.seata.spring.annotation.GlobalTransactional": declared("seata"),
    "javax.ejb.TransactionAttribute": declared("ejb"),
    "jakarta.ejb.TransactionAttribute": declared("ejb"),
    **{f"{root}.ejb.{name}": _bean for root in ("javax", "jakarta") for name in _BEANS},
}
