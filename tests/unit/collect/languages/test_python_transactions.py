"""Transactions that Python begins or declares, with the function that they span."""

import pytest
from python_told import told


def transactions(text):
    return told("code.transaction", {"app/a.py": text})


def test_transactions__django__decorated_and_with():
    text = """
    from django.db import transaction
    from django.db.transaction import atomic
    from django.utils.decorators import method_decorator

    @transaction.atomic
    def a(): ...

    class Orders:
        @atomic(using="x")
        def place(self): ...

        def close(self):
            with transaction.atomic(), other():
                pass

    @method_decorator(transaction.atomic, name="dispatch")
    class View: ...

    def later():
        transaction.on_commit(a)
    """
    assert transactions(text) == [
        (6, "a", "django", False, 1),
        (10, "Orders.place", "django", False, 1),
        (14, "Orders.close", "django", False, 1),
        (17, "View", "django", False, 1),
    ]


def test_transactions__around_every_request_of_django__said_by_the_setting():
    text = 'DATABASES = {"default": {"ATOMIC_REQUESTS": True}}\n# "ATOMIC_REQUESTS": True\n'
    assert transactions(text) == [(1, "ATOMIC_REQUESTS", "django", False, 1)]
    assert transactions('DATABASES = {"default": {"ATOMIC_REQUESTS": False}}') == []


@pytest.mark.parametrize(
    ("text", "framework"),
    [
        (
            (
                "from sqlalchemy import create_engine as c\nengine = c('x')\n"
                "def f():\n  with engine.begin() as c: ..."
            ),
            "sqlalchemy",
        ),
        (
            (
                "from sqlalchemy.ext.asyncio import AsyncSession\n"
                "async def f(s: AsyncSession):\n  async with s.begin(): ..."
            ),
            "sqlalchemy",
        ),
        (
            "import sqlalchemy as sa\ndef f(session):\n  with session.begin_nested(): ...",
            "sqlalchemy",
        ),
        ("import asyncpg\nasync def f(conn):\n  async with conn.transaction(): ...", "asyncpg"),
        (
            (
                "from peewee import SqliteDatabase\ndb = SqliteDatabase('x')\n"
                "def f():\n  with db.atomic(): ..."
            ),
            "peewee",
        ),
        ("from pony.orm import db_session\n@db_session\ndef f(): ...", "pony"),
        (
            (
                "from tortoise.transactions import in_transaction\n"
                "async def f():\n  async with in_transaction(): ..."
            ),
            "tortoise",
        ),
    ],
)
def test_transactions__library__function_around(text, framework):
    [found] = transactions(text)
    assert found[1:] == ("f", framework, False, 1)


def test_transactions__look_alikes__none():
    text = """
    import sqlalchemy
    from app.bank import atomic, transaction

    @atomic
    def f(clock):
        clock.begin()
        with transaction.atomic():
            pass
        transaction("x")
    """
    assert transactions(text) == []
