"""Draws what `report` says: sentences, tables and figures, as text and never as markup."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from assessor.app import charts
from assessor.errors import AssessorError
from assessor.model.view import Block, Cell, Fields, Figure, Section, Sentence, Table, Tone
from assessor.render.clean import visible
from assessor.render.to_md import escaped

_WIDEST = 42  # letters of a path in a table
_REFUSED = "refused"  # session: what the store refused, to be told on the page drawn anew
# A tone has a sign beside its colour, for those who cannot tell colours apart.
SIGNS: dict[Tone, str] = {"good": "✓", "fair": "◐", "poor": "✗", "unknown": "?"}
_COLOURS: dict[Tone, str] = {"good": "green", "fair": "orange", "poor": "red", "unknown": "violet"}


def section(found: Section, *, key: str = "") -> None:
    """The section under its title, with all below it."""
    if found.title:
        st.subheader(escaped(found.title), anchor=found.id)
    blocks(found.blocks, key=key or found.id)
    for each in found.sections:
        section(each, key=f"{key}-{each.id}")


def blocks(found: Iterable[Block], *, key: str) -> None:
    """One below the other; a form for the pen is left out. key: unique on the page."""
    for at, block in enumerate(found):
        match block:
            case Sentence():
                sentence(block)
            case Table():
                table(block, key=f"{key}-{at}")
            case Figure():
                figure(block, key=f"{key}-{at}")
            case Fields(rows=rows):
                told = tuple((Cell(name, "strong"), value) for name, value in rows)
                table(Table(("", ""), told), key=f"{key}-{at}")


def figure(found: Figure, *, key: str) -> None:
    """The drawing under its title, said in words too, with its figures to unfold."""
    made = charts.drawn(found)
    if made is not None:
        st.markdown(f"**{escaped(found.title)}**")
        charts.chart(made, alt=found.alt, key=key)
    if found.table is not None:
        with st.expander(escaped(found.title)):
            table(found.table, key=f"{key}-table")


def sentence(block: Sentence) -> None:
    """The sentence with the sign of its tone."""
    text = toned(block.text, block.tone)
    if block.tone == "quiet":
        st.caption(text)
    else:
        st.markdown(text)


def toned(text: str, tone: Tone) -> str:
    """Markdown that shows the text in its tone: by sign and colour, or by weight."""
    literal = escaped(text)
    if tone in SIGNS:
        return f":{_COLOURS[tone]}[{SIGNS[tone]}] {literal}"
    return f"**{literal}**" if tone == "strong" and literal.strip() else literal


def frame(found: Table) -> pd.DataFrame:
    """The table's cells as text, with the signs of their tones."""
    heads = _unique(found.columns)
    return pd.DataFrame([[_text(cell) for cell in row] for row in found.rows], columns=heads)


def table(found: Table, *, key: str) -> None:
    """The table, which a visitor can sort, search and download."""
    st.dataframe(
        frame(found), hide_index=True, width="stretch", column_config=columns(found), key=key
    )
    if found.note:
        st.caption(escaped(found.note))


def chosen_row(found: Table, *, key: str) -> int | None:
    """The table with rows to choose; the position of the chosen one.

    Other rows are another table: Streamlit would keep the position over them.
    """
    rows_ = hashlib.sha256(repr(found.rows).encode("utf-8", "surrogatepass")).hexdigest()
    event = st.dataframe(
        frame(found),
        hide_index=True,
        width="stretch",
        column_config=columns(found),
        key=f"{key}-{rows_[:16]}",
        on_select="rerun",
        selection_mode="single-row",
    )
    if found.note:
        st.caption(escaped(found.note))
    rows = event["selection"]["rows"]
    return int(rows[0]) if rows else None


def tried(step: Callable[[], object]) -> None:
    """Does it before the page is drawn anew; what the store refuses is told by `refusal`."""
    try:
        step()
    except AssessorError as error:
        st.session_state[_REFUSED] = str(error)


def refusal() -> None:
    """What the store refused just now."""
    said = st.session_state.pop(_REFUSED, None)
    if said:
        st.error(escaped(said), icon=":material/error:")


def columns(found: Table) -> dict[str, Any]:
    """How the columns are drawn: running text wide, figures to the right."""
    heads = _unique(found.columns)
    wide: Literal["large", "medium"] = "large" if len(found.wide) == 1 else "medium"
    return {
        head: st.column_config.TextColumn(
            head,
            width=wide if at in found.wide else None,
            alignment="right" if at in found.numeric else "left",
        )
        for at, head in enumerate(heads)
    }


def _text(cell: Cell) -> str:
    text, sign = _tail(visible(cell.text)), SIGNS.get(cell.tone, "")
    return text if text == sign else f"{sign} {text}".strip()


def _tail(text: str) -> str:
    """A long path by its end, which tells more than its beginning; other text as it is."""
    if len(text) <= _WIDEST or "/" not in text or " " in text or "://" in text:
        return text
    end = text[-_WIDEST:]
    return "…" + (end[end.index("/") :] if "/" in end else end)


def _unique(heads: Sequence[str]) -> list[str]:
    """Heads that differ: services may be called alike, columns of a table may not."""
    made: list[str] = []
    for head in heads:
        plain = visible(head)
        number = sum(each.rstrip("\u200b") == plain for each in made)
        made.append(plain + "\u200b" * number)
    return made
