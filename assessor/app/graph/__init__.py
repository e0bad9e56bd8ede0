"""The graph of services and units: drawn in the browser, laid out here, moved by hand or key."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import streamlit as st

from assessor.render.clean import visible

MOST_NODES, MOST_EDGES = 1_500, 4_000
_HEIGHT = 620  # pixels
"""So many are drawn at the most; beyond about a thousand nodes nobody can read them."""

# Words that the component says itself, by key.
WORDS = ("label", "hint", "move", "zoom_in", "zoom_out", "fit")

_HTML = """
<div class="frame">
  <div class="tools">
    <button type="button" data-part="in">+</button>
    <button type="button" data-part="out">−</button>
    <button type="button" data-part="fit">⤢</button>
  </div>
  <div data-part="map" class="map" role="application" tabindex="0"></div>
  <p data-part="told" class="told"></p>
  <p data-part="live" class="live" aria-live="polite"></p>
</div>
"""
_CSS = """
.frame { position: relative; font-family: var(--st-font); color: var(--st-text-color); }
.map {
  position: relative; border: 1px solid var(--st-border-color); border-radius: 6px;
  background: var(--st-background-color);
}
.map:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 1px; }
.tools { position: absolute; right: 10px; top: 10px; z-index: 5; display: flex; gap: 4px; }
.tools button {
  width: 32px; height: 32px; font-size: 16px; cursor: pointer; border-radius: 4px;
  color: var(--st-text-color); background: var(--st-secondary-background-color);
  border: 1px solid var(--st-border-color);
}
.tools button:focus-visible { outline: 3px solid var(--st-primary-color); }
.told { min-height: 1.5em; margin: 4px 2px; font-size: 14px; }
.live {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A service, or a unit in it. x, y: its centre; a service with units inside needs none.

    parent: id of the service it is drawn in, "" = none. tone: `moved` and `shared` are marked.
    detail: its figures in words, shown when it is pointed at. locked: it cannot be dragged.
    """

    id: str
    label: str
    kind: Literal["service", "unit"] = "unit"
    parent: str = ""
    x: float = 0.0
    y: float = 0.0
    width: float = 118.0
    height: float = 30.0
    tone: Literal["plain", "moved", "shared"] = "plain"
    detail: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two nodes. weight: how wide it is drawn, relative to the widest.

    label: its figure, shown while one of its ends is selected. directed: with an arrow.
    """

    source: str
    target: str
    weight: float
    label: str = ""
    detail: str = ""
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """A unit that was dragged into the box of a service."""

    unit: str
    service: str


@dataclass(frozen=True, slots=True)
class Events:
    """What the visitor did, told once: in the run that follows the event.

    picked: id of the node that was selected, "" = none of them any more, None = nothing was done.
    toggled: the service to open or close.
    """

    picked: str | None = None
    toggled: str = ""
    moved: Move | None = None


def graph(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    key: str,
    words: Mapping[str, str],
    selected: str = "",
    movable: bool = False,
) -> Events:
    """Draws the graph and says what was done in it. words: a sentence for each of `WORDS`.

    movable: units can be dragged to another service. Raises ValueError for more than can be read.
    """
    if len(nodes) > MOST_NODES or len(edges) > MOST_EDGES:
        raise ValueError(f"{len(nodes)} nodes and {len(edges)} edges are more than can be drawn")
    found = _component()(
        key=key,
        data={
            "nodes": [_node(each) for each in nodes],
            "edges": [_edge(each) for each in edges],
            "words": {name: words[name] for name in WORDS},
            "selected": selected,
            "movable": movable,
            "height": _HEIGHT,
        },
        on_picked_change=_noted,
        on_toggled_change=_noted,
        on_moved_change=_noted,
    )
    known = {node.id for node in nodes}
    picked, moved = found.get("picked"), found.get("moved")
    return Events(
        picked=_known(picked.get("node"), known) if isinstance(picked, Mapping) else None,
        toggled=_known(found.get("toggled"), known),
        moved=_move(moved, known) if isinstance(moved, Mapping) else None,
    )


def _component() -> Any:  # noqa: ANN401 - Streamlit's own renderer
    return st.components.v2.component("assessor.graph", html=_HTML, css=_CSS, js="graph.js")


def _noted() -> None:
    """An event draws the page anew, which is all that has to happen."""


def _node(node: Node) -> dict[str, object]:
    told = asdict(node)
    return {**told, "label": visible(node.label), "detail": visible(node.detail)}


def _edge(edge: Edge) -> dict[str, object]:
    told = asdict(edge)
    told["arrow"] = "triangle" if told.pop("directed") else "none"
    return {**told, "label": visible(edge.label), "detail": visible(edge.detail)}


def _known(value: object, known: set[str]) -> str:
    """What the browser says, if it is a node that was drawn."""
    return value if isinstance(value, str) and value in known else ""


def _move(said: Mapping[str, object], known: set[str]) -> Move | None:
    unit, service = _known(said.get("unit"), known), _known(said.get("service"), known)
    return Move(unit, service) if unit and service else None
