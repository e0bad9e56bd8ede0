"""The graph of a cut with its ties in words: for the coupling page and for the services page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st
from scipy.sparse import csr_array

from assessor.app.context import Context
from assessor.app.graph import Edge, Events, Node, graph
from assessor.model.kept import Kept
from assessor.model.partition import Partition
from assessor.report.network import FOLDER, SERVICE, Asked, Network, Spot, Tie, network
from assessor.report.wording import number, short


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn, and what was done in it."""

    network: Network
    events: Events
    names: Mapping[str, str] = field(default_factory=dict)


def drawn(
    context: Context,
    kept: Kept,
    cut: Partition,
    *,
    asked: Asked,
    key: str,
    fused: csr_array | None = None,
    moved: frozenset[str] = frozenset(),
    movable: bool = False,
) -> Drawn:
    """The graph, and what was done in it. moved: units to mark."""
    coupling = kept.seen.coupling
    if coupling is None:
        raise ValueError("there is no code to draw")
    found = network(coupling, cut, asked=asked, fused=fused)
    names = {spot.id: called(context, spot) for spot in found.spots}
    opened = {spot.parent for spot in found.spots if spot.parent}
    events = graph(
        [
            _node(
                context,
                spot,
                label=names[spot.id],
                opened=spot.id in opened,
                moved=spot.id in moved,
                movable=movable,
            )
            for spot in found.spots
        ],
        [_edge(context, tie, names=names, asked=asked) for tie in found.ties],
        key=key,
        words={
            "label": context.say("app.graph.label"),
            "hint": context.say("app.graph.hint-move" if movable else "app.graph.hint"),
            "move": context.say("app.graph.move" if movable else "app.graph.hint"),
            "zoom_in": context.say("app.graph.zoom-in"),
            "zoom_out": context.say("app.graph.zoom-out"),
            "fit": context.say("app.graph.fit"),
        },
        selected=asked.selected,
        movable=movable,
    )
    if found.folded:
        st.caption(context.say("app.coupling.folded", count=f"{found.folded:,}"))
    return Drawn(found, events, names)


def called(context: Context, spot: Spot) -> str:
    """What a node is called: a service by its name, a folder by its last part, a unit shortly."""
    if spot.id.startswith(SERVICE):
        return spot.name or context.say("app.graph.shared")
    if _folder(spot):
        return spot.name.rpartition("/")[2]
    return short(spot.name)


def _folder(spot: Spot) -> bool:
    return spot.id.startswith(FOLDER) and spot.id != spot.name


def _node(
    context: Context, spot: Spot, *, label: str, opened: bool, moved: bool, movable: bool
) -> Node:
    service = spot.id.startswith(SERVICE)
    folder = _folder(spot)
    count = context.say("app.graph.units", count=spot.units)
    detail = count if service else f"{spot.name} · {count}" if folder else spot.name
    if folder or (service and not opened):
        label = f"{label} ({spot.units})"
    return Node(
        id=spot.id,
        label=label,
        kind="service" if service else "unit",
        parent=spot.parent,
        x=spot.x,
        y=spot.y,
        width=spot.width,
        height=spot.height,
        tone="moved" if moved else "shared" if spot.id == SERVICE else "plain",
        detail=detail,
        locked=folder and movable,
    )


def _edge(context: Context, tie: Tie, *, names: Mapping[str, str], asked: Asked) -> Edge:
    directed = asked.kind == "references"
    figure = f"{tie.weight:,.0f}" if directed else number(tie.weight)
    return Edge(
        tie.source,
        tie.target,
        tie.weight,
        label=figure,
        detail=context.say(
            f"app.graph.tie.{asked.kind}",
            source=names[tie.source],
            target=names[tie.target],
            figure=figure,
        ),
        directed=directed,
    )
