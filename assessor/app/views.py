"""Choices about the map: which cut, and how much each view of coupling weighs."""

import streamlit as st
from scipy.sparse import csr_array

from assessor.app.context import Context
from assessor.graph.fuse import fuse
from assessor.model.kept import Kept
from assessor.model.partition import Partition
from assessor.model.stored import SavedPartition
from assessor.partition.moving import APART, moved
from assessor.store import partitions

Weights = csr_array | None


def chosen_cut(context: Context, kept: Kept, own: Partition) -> Partition:
    """The cut of the run, or one that somebody saved; the address keeps it."""
    assert context.project is not None  # noqa: S101 - there is a run
    saved = partitions.partitions(context.store, context.who, project=context.project.id)
    if not saved:
        return own
    names = {"": context.say("app.cut.own")} | {
        each.id: context.say("app.cut.saved", name=each.name, version=each.version)
        for each in saved
    }
    asked = st.query_params.get("cut", "")
    start = asked if asked in names else ""
    chosen = st.selectbox(
        context.say("app.cut"),
        list(names),
        index=list(names).index(start),
        format_func=names.__getitem__,
        key=f"cut-{start}",
    )
    if chosen != start:
        st.query_params["cut"] = chosen
        st.rerun()
    picked = next((each for each in saved if each.id == start), None)
    return own if picked is None else as_cut(context, kept, own, saved=picked)


def as_cut(context: Context, kept: Kept, own: Partition, *, saved: SavedPartition) -> Partition:
    """A saved cut of the run's units; units that it does not know stay where the run has them.

    A cut that was made on this very run knows all units: those in no service are shared.
    """
    if kept.seen.coupling is None:
        return own
    known = set(kept.seen.coupling.units)
    held = {unit: name for name, units in saved.services.items() for unit in units}
    moves = {unit: name for unit, name in held.items() if unit in known}
    if context.run is not None and saved.base == context.run.id:
        moves |= dict.fromkeys(sorted(known - moves.keys()), APART)
    return moved(kept.seen.coupling, own, moves=moves)


def weighed(context: Context, kept: Kept) -> Weights:
    """The coupling fused with the weights that are chosen; None = as it was fused."""
    coupling = kept.seen.coupling
    if coupling is None:
        return None
    chosen: dict[str, float] = {}
    with st.expander(context.say("app.coupling.views")):
        st.caption(context.say("app.coupling.views.what"))
        for column, name in zip(
            st.columns(len(coupling.views)), sorted(coupling.views), strict=True
        ):
            usual = float(coupling.weights.get(name, 0.0))
            chosen[name] = column.slider(
                context.say(f"view.{name}"), 0.0, 2.0, usual, step=0.05, key=f"weight-{name}"
            )
    if all(chosen[name] == float(coupling.weights.get(name, 0.0)) for name in chosen):
        return None
    return fuse(coupling.views, weights=chosen)
