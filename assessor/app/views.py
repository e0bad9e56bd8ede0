"""How much each view of coupling weighs in what is drawn."""

import streamlit as st
from scipy.sparse import csr_array

from assessor.app.context import Context
from assessor.graph.fuse import fuse
from assessor.model.kept import Kept

Weights = csr_array | None


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
