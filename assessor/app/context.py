"""What a page is about: who looks, in which language, at which run of which project."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

import streamlit as st

from assessor.model.basis import Text
from assessor.model.stored import Project, Role, RunHead, Visitor
from assessor.report.wording import Wording, pick, say
from assessor.store.opening import Store
from assessor.store.people import may

KEPT = ("lang", "project", "run")  # what a link keeps of the address


@dataclass(frozen=True, slots=True)
class Context:
    """Project and run are None where there is nothing to look at yet.

    pages: name -> page to link to. runs: of the project, newest first.
    """

    store: Store
    who: Visitor
    wording: Wording
    pages: Mapping[str, Any]
    projects: tuple[Project, ...] = ()
    project: Project | None = None
    run: RunHead | None = None
    runs: tuple[RunHead, ...] = ()

    def say(self, key: str, **values: object) -> str:
        """The sentence of that key."""
        return say(self.wording, key, **values)

    def pick(self, words: Text) -> str:
        """The words in the visitor's language."""
        return pick(self.wording, words)

    def may(self, role: Role) -> bool:
        """Whether the visitor may do here what that role does."""
        return self.project is not None and may(self.who, self.project.id, role)


_CURRENT: ContextVar[Context] = ContextVar("context")


def enter(context: Context) -> None:
    """Makes it the context of the page that is drawn now."""
    _CURRENT.set(context)


def current() -> Context:
    """The context of the page that is drawn now."""
    return _CURRENT.get()


def now() -> str:
    """The time, ISO 8601 in UTC, as the store writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def address(**chosen: str) -> dict[str, str]:
    """The part of the address that a link to another page carries, with what is chosen there."""
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    return {name: value for name, value in {**kept, **chosen}.items() if value}


def link(context: Context, page: str, *, label: str, icon: str = "", **chosen: str) -> None:
    """A link to another page of the same project and run; `chosen` is what to show there."""
    st.page_link(
        context.pages[page],
        label=label,
        icon=f":material/{icon}:" if icon else None,
        query_params=address(**chosen),
    )


def go(context: Context, page: str, **chosen: str) -> NoReturn:
    """Opens another page of the same project and run."""
    st.switch_page(context.pages[page], query_params=address(**chosen))
