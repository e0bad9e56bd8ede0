"""Choices that the address keeps: opened by a link, changed by a widget or by an event."""

from collections.abc import Collection, Sequence
from typing import TypeVar

import streamlit as st

from assessor.app.context import Context

T = TypeVar("T", bound=str)
_SEEN = "seen-in-address"  # session: name -> values that its widget was last drawn with


def asked(name: str, options: Collection[str], *, key: str, usual: str | None = None) -> None:
    """Gives the widget of that key what the address says, before it is drawn.

    usual: what is chosen where the address says nothing, or what is no option (any more).
    """
    said = st.query_params.get(name)
    seen = st.session_state.setdefault(_SEEN, {})
    if key not in st.session_state or seen.get(key, "") != said:
        st.session_state[key] = said
    if st.session_state[key] not in options:
        st.session_state[key] = usual
    seen[key] = said


def several(name: str, options: Collection[str], *, key: str, usual: Sequence[str] = ()) -> None:
    """The same for a widget of several choices. usual: what is chosen where it says nothing."""
    said = st.query_params.get_all(name)
    seen = st.session_state.setdefault(_SEEN, {})
    if key not in st.session_state or seen.get(key) != said:
        wanted = said or (usual if key not in st.session_state else ())
        st.session_state[key] = [each for each in wanted if each in options]
    else:
        st.session_state[key] = [each for each in st.session_state[key] if each in options]
    seen[key] = said


def noted(name: str, value: str | Sequence[str] | None, *, key: str) -> None:
    """Keeps in the address what the widget says now."""
    put(name, value)
    several_ = isinstance(st.session_state.get(key), list)
    said = st.query_params.get_all(name) if several_ else st.query_params.get(name)
    st.session_state.setdefault(_SEEN, {})[key] = said


def one_of(
    context: Context, name: str, options: Sequence[T], *, page: str, disabled: bool = False
) -> T:
    """One of a few options side by side; the first is the usual one.

    What it is called is said by `app.<page>.<name>`, each option by that and the option.
    """
    key = f"{page}-{name}"
    asked(name, options, key=key, usual=options[0])
    chosen: T | None = st.segmented_control(
        context.say(f"app.{page}.{name}"),
        options,
        format_func=lambda each: context.say(f"app.{page}.{name}.{each}"),
        required=True,
        disabled=disabled,
        key=key,
    )
    noted(name, None if chosen == options[0] else chosen, key=key)
    return chosen or options[0]


def put(name: str, value: str | Sequence[str] | None) -> None:
    """Changes the address; the widget follows when it is drawn next."""
    if not value:
        st.query_params.pop(name, None)
    elif value != st.query_params.get(name) and value != st.query_params.get_all(name):
        st.query_params[name] = value


def changed(name: str, value: object) -> bool:
    """Whether an event says something else than when the page was drawn last."""
    seen = st.session_state.setdefault(_SEEN, {})
    before = seen.get(f"event {name}")
    seen[f"event {name}"] = value
    return bool(value != before)
