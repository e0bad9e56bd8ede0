"""What is tied to what in exact figures: beside the graph of coupling, and below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from assessor.app import blocks
from assessor.app.context import Context
from assessor.model.assessment import ServiceTie
from assessor.model.kept import Kept
from assessor.model.partition import Partition
from assessor.render.clean import visible
from assessor.render.to_md import escaped
from assessor.report.maturity import numbered
from assessor.report.network import Direction, services
from assessor.report.ties import (
    Link,
    bonds,
    bonds_table,
    excerpt,
    kinds_table,
    links,
    links_table,
    pairs_table,
    views_table,
)
from assessor.report.wording import place


@dataclass(frozen=True, slots=True)
class Focus:
    """What is looked at: a node by its id and in words, and its units; "" = nothing."""

    node: str = ""
    name: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """References to show, under a title. key: of what was chosen, for widgets."""

    title: str
    key: str
    links: tuple[Link, ...] = ()


def pairs(
    context: Context, kept: Kept, cut: Partition, *, every: Sequence[ServiceTie]
) -> Chosen | None:
    """All pairs of services; the references of the chosen one, None where none is chosen."""
    st.caption(context.say("app.coupling.select"))
    if not every:
        st.caption(context.say("app.coupling.one-service"))
        return None
    at = blocks.chosen_row(pairs_table(every, context.wording), key="pairs")
    if at is None:
        return None
    tie, members = every[at], services(cut)
    found = links(kept.seen, own=members[tie.source], there=members[tie.target], direction="out")
    title = context.say("app.coupling.from-to", source=tie.source, target=tie.target)
    return Chosen(title, f"{tie.source}-{tie.target}", found)


def focused(
    context: Context,
    kept: Kept,
    cut: Partition,
    *,
    focus: Focus,
    weights: Mapping[str, float],
    direction: Direction,
) -> Chosen | None:
    """The services that a node is tied to; its references, those with the chosen one if any."""
    coupling = kept.seen.coupling
    if coupling is None:
        return None
    found = bonds(coupling, cut, own=focus.units, weights=weights)
    every = links(kept.seen, own=focus.units)
    if not found:
        st.caption(context.say("app.coupling.untied"))
        return None
    st.markdown(f"**{escaped(context.say('app.coupling.bonds', name=focus.name))}**")
    table = bonds_table(found, every, cut=cut, wording=context.wording)
    at = blocks.chosen_row(table, key=f"bonds-{focus.node}")
    st.markdown(f"**{context.say('app.coupling.by-view')}**")
    blocks.table(views_table(found, context.wording), key=f"views-{focus.node}")
    if at is None:
        title = context.say(f"app.coupling.of.{direction}", name=focus.name)
        return Chosen(title, focus.node, links(kept.seen, own=focus.units, direction=direction))
    name = found[at].service
    title = context.say(
        f"app.coupling.with.{direction}",
        name=focus.name,
        other=name or context.say("app.graph.shared"),
    )
    there = services(cut)[name]
    return Chosen(
        title,
        f"{focus.node}-{name}",
        links(kept.seen, own=focus.units, direction=direction, there=there),
    )


def lines(context: Context, kept: Kept, chosen: Chosen) -> None:
    """The references with their first lines; of one of them every kind, and the code."""
    st.markdown(f"**{escaped(chosen.title)}**")
    if not chosen.links:
        st.caption(context.say("app.coupling.no-links"))
        return
    at = blocks.chosen_row(links_table(chosen.links, context.wording), key=f"links-{chosen.key}")
    if at is None or at >= len(chosen.links):
        st.caption(context.say("app.coupling.choose-link"))
        return
    link = chosen.links[at]
    st.markdown(escaped(f"{link.source} → {link.target}"))
    left, right = st.columns([2, 3], gap="medium")
    with left:
        blocks.table(kinds_table(link, context.wording), key=f"kinds-{link.source}-{link.target}")
    with right:
        _code(context, kept, link)


def _code(context: Context, kept: Kept, link: Link) -> None:
    found = excerpt(link, kept.excerpts)
    where = escaped(place(link.source, line=link.line))
    if found is None:
        st.caption(context.say("app.coupling.no-code", place=where))
    else:
        code = "\n".join(visible(line) for line in numbered(found).split("\n"))
        st.code(code, language=None, wrap_lines=True)
