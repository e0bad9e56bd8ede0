"""How much each view of coupling weighs in what is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from scipy.sparse import csr_array

from assessor.app.context import Context
from assessor.graph.fuse import fuse
from assessor.model.coupling import Coupling

_MOST, _STEP = 2.0, 0.05


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weights of the views, by name, and the coupling that they make."""

    weights: Mapping[str, float]
    fused: csr_array


def weighed(context: Context, coupling: Coupling) -> Weighed:
    """The coupling fused with the weights that are chosen; the address keeps them."""
    chosen: dict[str, float] = {}
    with st.expander(context.say("app.coupling.views"), icon=":material/tune:"):
        st.caption(context.say("app.coupling.views.what"))
        columns = st.columns(len(coupling.views))
        for column, name in zip(columns, sorted(coupling.views), strict=True):
            chosen[name] = column.slider(
                context.say(f"view.{name}"),
                0.0,
                _MOST,
                float(coupling.weights.get(name, 0.0)),
                step=_STEP,
                key=f"weight-{name}",
                bind="query-params",
            )
    if all(chosen[name] == float(coupling.weights.get(name, 0.0)) for name in chosen):
        return Weighed(coupling.weights, coupling.fused)
    return Weighed(chosen, fuse(coupling.views, weights=chosen))
