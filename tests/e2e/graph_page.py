"""A page with nothing but the graph, and what Python was told; `test_graph.py` drives it.

`?units=N` draws N units in services of 40, `?evil` names that are markup.
"""

import streamlit as st

from assessor.app.graph import Edge, Node, graph

WORDS = {
    "label": "Services and units",
    "hint": "Point at something to see its figures.",
    "move": "Use the menus beside the graph to move a unit.",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "fit": "Fit",
}
EVIL = "<img src=x onerror=\"document.title='taken'\">"
UNITS = {
    "a/Order": ("orders", 0, 0),
    "a/Cart": ("orders", 0, 60),
    "b/Bill": ("billing", 420, 0),
    "b/Tax": ("billing", 420, 60),
    "c/Stock": ("stock", 200, 320),
}
TIES = [
    ("a/Order", "b/Bill", 7.0, "7"),
    ("b/Tax", "a/Order", 2.0, "2"),
    ("a/Cart", "a/Order", 3.0, "3"),
    ("c/Stock", "b/Tax", 5.0, "5"),
]


def few(kept):
    """Three services; those that are closed hide their units and end their ties themselves."""
    closed, homes = kept["closed"], kept["homes"]
    services = ["orders", "billing", "stock"]
    nodes = [
        Node(name, name.title(), "service", x=at * 250, y=at * 150, detail=f"{name}: 2 units")
        for at, name in enumerate(services)
    ]
    label = EVIL if "evil" in st.query_params else "{}"
    nodes += [
        Node(
            unit,
            label.format(unit[2:]),
            parent=homes[unit],
            x=x,
            y=y,
            detail=label.format(unit),
            tone="moved" if homes[unit] != home else "plain",
            locked=unit == "c/Stock",
        )
        for unit, (home, x, y) in UNITS.items()
        if homes[unit] not in closed
    ]
    end = {unit: home if home in closed else unit for unit, home in homes.items()}
    edges = [
        Edge(end[one], end[other], weight, label=told, detail=f"{one} to {other}: {told}")
        for one, other, weight, told in TIES
        if end[one] != end[other]
    ]
    return nodes, edges


def many(count):
    """Units in boxes of 40, each tied to the next two."""
    nodes = [
        Node(f"s{box}", f"Service {box}", "service", x=box % 6 * 900, y=box // 6 * 900)
        for box in range(-(-count // 40))
    ]
    for at in range(count):
        box, row = divmod(at, 40)
        x, y = box % 6 * 900 + row % 5 * 140, box // 6 * 900 + row // 5 * 60
        nodes.append(Node(f"u{at}", f"Unit{at}", parent=f"s{box}", x=x, y=y))
    edges = [
        Edge(f"u{at}", f"u{(at + step) % count}", step, label=str(step))
        for at in range(count)
        for step in (1, 41)
    ]
    return nodes, edges


def main():
    st.set_page_config(layout="wide")
    st.title("Graph")
    kept = st.session_state.setdefault(
        "kept",
        {
            "homes": {unit: home for unit, (home, _, _) in UNITS.items()},
            "closed": set(),
            "selected": "",
            "told": [],
        },
    )
    count = int(st.query_params.get("units", "0"))
    nodes, edges = many(count) if count else few(kept)
    if count:
        nodes = [kept.get(node.id, node) for node in nodes]
    events = graph(nodes, edges, key="map", words=WORDS, selected=kept["selected"], movable=True)
    if heard(events, kept, count):
        st.rerun()
    st.text("told: " + "; ".join(kept["told"]))
    st.button("again")


def heard(events, kept, count):
    """Whether something was done; it is kept."""
    if events.moved:
        kept["told"].append(f"moved {events.moved.unit} to {events.moved.service}")
        if count:
            kept[events.moved.unit] = Node(
                events.moved.unit, "Moved", parent=events.moved.service, tone="moved"
            )
        elif "refuse" not in st.query_params:
            kept["homes"][events.moved.unit] = events.moved.service
        return True
    if events.toggled:
        kept["told"].append(f"toggled {events.toggled}")
        kept["closed"] ^= {events.toggled}
        return True
    if events.picked is not None:
        kept["told"].append(f"picked {events.picked or 'nothing'}")
        kept["selected"] = events.picked
        return True
    return False


main()
