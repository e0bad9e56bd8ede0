"""SQLAlchemy's classes and tables, and what sessions and statements do to them."""

import pytest
from python_data import accesses, rows

BASE = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass\n"
IMPORTS = (
    "from sqlalchemy import Column, ForeignKey, Integer, Table, select, insert, update, delete\n"
    "from sqlalchemy.orm import mapped_column, relationship, declarative_base\n"
)
MODELS = {
    "shop/__init__.py": "",
    "shop/models.py": BASE
    + IMPORTS
    + """
class User(Base):
    __tablename__ = "Users"
    id = mapped_column(Integer)
    orders = relationship("Order")

class Order(Base):
    __tablename__ = "orders"
    user_id = mapped_column(ForeignKey("users.id"))
    user = relationship("User")

links = Table("links", Base.metadata, Column("order_id", ForeignKey("orders.id")))
""",
}


def done(source):
    head = IMPORTS + "from shop.models import User, Order, links\n"
    return accesses({**MODELS, "shop/a.py": head + source}, "shop/a.py")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (BASE + "class A(Base):\n  __tablename__ = 'a'", [("A", "a")]),
        (BASE + "class A(Base):\n  __tablename__ = 'S.A'", [("A", "s.a")]),
        (BASE + "class A(Base): pass", []),
        (BASE + "class A(Base):\n  __abstract__ = True\n  __tablename__ = 'a'", []),
        (BASE + "class M(Base):\n  __abstract__ = True\nclass A(M):\n  __tablename__ = 'a'",
         [("A", "a")]),
        (IMPORTS + "Base = declarative_base()\nclass A(Base):\n  __tablename__ = 'a'",
         [("A", "a")]),
        (IMPORTS + "t = Table('T', m, Column('id'))", [("t", "t")]),
        (("from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n"
         "class BigOrder(db.Model): pass"), [("BigOrder", "big_order")]),
        ("from lib import Table\nt = Table('T', m)", []),
        ("class A:\n  __tablename__ = 'a'", []),
    ],
)  # fmt: skip
def test_entities__sqlalchemy__table(source, expected):
    assert rows({"a.py": source}, "data.entity", "entity", "table") == expected


def test_relations__columns_and_links__cardinality_and_side():
    found = rows(
        MODELS, "data.relation", "source", "field", "target", "cardinality", "foreign_key"
    )
    assert found == [
        ("Order", "user", "User", "many-to-one", False),
        ("Order", "user_id", "User", "many-to-one", True),
        ("User", "orders", "Order", "one-to-many", False),
        ("links", "order_id", "Order", "many-to-one", True),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("session.query(User).all()", {("users", "read")}),
        ("session.query(User, Order)", {("users", "read"), ("orders", "read")}),
        ("session.query(User.id).first()", {("users", "read")}),
        ("session.query(User).filter(x).delete()", {("users", "delete")}),
        ("session.query(User).update({})", {("users", "update")}),
        ("self.session.query(User).all()", {("users", "read")}),
        ("db.session.add(User(name='x'))", {("users", "create")}),
        ("def f():\n  one = User()\n  session.add(one)", {("users", "create")}),
        ("session.add_all([User(), Order()])", {("users", "create"), ("orders", "create")}),
        ("def f():\n  one = session.query(User).first()\n  session.delete(one)",
         {("users", "read"), ("users", "delete")}),
        ("def f():\n  one = session.get(User, 1)\n  session.delete(one)",
         {("users", "read"), ("users", "delete")}),
        ("session.merge(User())", {("users", "create"), ("users", "update")}),
        ("session.execute(select(User))", {("users", "read")}),
        ("session.scalars(select(User).where(User.id == 1)).all()", {("users", "read")}),
        ("session.execute(insert(Order).values(x=1))", {("orders", "create")}),
        ("stmt = update(Order).where(x)", {("orders", "update")}),
        ("stmt = delete(Order)", {("orders", "delete")}),
        ("stmt = select(links)", {("links", "read")}),
        ("stmt = select(links.c.order_id)", {("links", "read")}),
        ("User.query.filter_by(x=1).all()", {("users", "read")}),
    ],
)  # fmt: skip
def test_accesses__sqlalchemy__table_and_operation(source, expected):
    assert done(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "# session.query(User)",
        "'session.query(User)'",
        "session.query(name)",
        "basket.add(User())",
        "def f(select):\n  pass",
        "User()",
        "print(User)",
        "registry.query(User)",
    ],
)
def test_accesses__look_alike__none(source):
    assert done(source) == set()


def test_accesses__select_of_another_library__none():
    files = {
        **MODELS,
        "shop/a.py": "from lib import select\nfrom shop.models import User\nx = select(User)",
    }
    assert accesses(files, "shop/a.py") == set()


SQLMODEL = """
from sqlmodel import Field, Relationship, Session, SQLModel, delete, func, select

class Base(SQLModel):
    name: str

class Hero(Base, table=True):
    id: int = Field(primary_key=True)
    team_id: int | None = Field(default=None, foreign_key="team.id")
    team: "Team | None" = Relationship(back_populates="heroes")

class Team(SQLModel, table=True):
    heroes: list[Hero] = Relationship(back_populates="team")

class HeroPublic(Base):
    id: int
"""


def test_entities__sqlmodel__only_classes_with_a_table():
    found = rows({"a.py": SQLMODEL}, "data.entity", "entity", "table")
    assert found == [("Hero", "hero"), ("Team", "team")]


def test_relations__sqlmodel__by_key_and_annotation():
    found = rows(
        {"a.py": SQLMODEL}, "data.relation", "source", "field", "target", "cardinality",
        "foreign_key",
    )  # fmt: skip
    assert found == [
        ("Hero", "team", "Team", "many-to-one", False),
        ("Hero", "team_id", "Team", "many-to-one", True),
        ("Team", "heroes", "Hero", "one-to-many", False),
    ]


def test_accesses__sqlmodel__session_and_statements():
    source = """
from a import Hero, HeroPublic, Team

def f(session: Session, hero: Hero, given: HeroPublic, name: str):
    session.add(hero)
    session.add(given)
    made = Team.model_validate(given)
    session.add(made)
    session.exec(select(func.count()).select_from(Hero)).one()
    session.exec(delete(Team).where(Team.name == name))
"""
    head = "from sqlmodel import Session, delete, func, select\n"
    found = accesses({"a.py": SQLMODEL, "b.py": head + source}, "b.py")
    assert found == {
        ("hero", "create"),
        ("hero", "read"),
        ("team", "create"),
        ("team", "delete"),
    }


MAPPED = """
from __future__ import annotations
from flask_sqlalchemy import SQLAlchemy
import sqlalchemy as sa
import sqlalchemy.orm as so
db = SQLAlchemy()

class User(db.Model):
    __tablename__: str = "users"
    posts: so.WriteOnlyMapped["Post"] = so.relationship(back_populates="author")
    card: so.Mapped[Card] = so.relationship()

    @classmethod
    def every(cls):
        return cls.query.all()

    def forget(self):
        db.session.execute(self.posts.delete())
        self.posts.add(1)

class Post(db.Model):
    user_id: so.Mapped[int] = so.mapped_column(sa.ForeignKey(User.id), index=True)
    author: so.Mapped["User | None"] = so.relationship(back_populates="posts")

class Card(db.Model):
    user_id = so.mapped_column(sa.ForeignKey("users.id"))
"""


def test_relations__mapped_annotations__say_where_they_lead():
    found = rows(
        {"a.py": MAPPED}, "data.relation", "source", "field", "target", "cardinality",
        "foreign_key",
    )  # fmt: skip
    assert found == [
        ("Card", "user_id", "User", "many-to-one", True),
        ("Post", "author", "User", "many-to-one", False),
        ("Post", "user_id", "User", "many-to-one", True),
        ("User", "card", "Card", "one-to-one", False),
        ("User", "posts", "Post", "one-to-many", False),
    ]


def test_accesses__flask_sqlalchemy__statements_of_db_and_of_relations():
    assert accesses({"a.py": MAPPED}, "a.py") == {("post", "delete"), ("users", "read")}
    source = (
        "from a import db, Post\ndb.select(Post)\ndb.get_or_404(Post, 1)\nother.select(Post)\n"
    )
    assert accesses({"a.py": MAPPED, "b.py": source}, "b.py") == {("post", "read")}


def test_accesses__table_that_only_other_classes_have__none():
    source = "class Session: ...\nclass X: ...\ndef f(session, x: X):\n  session.add(x)\n"
    assert accesses({"a.py": MAPPED, "b.py": source}, "b.py") == set()
