"""Draws figures with plotly, which only this file knows; all are told in words as well."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import streamlit as st
from plotly.colors import sample_colorscale

from assessor.model.view import Bars, Figure, Graph, Matrix, Radar, Treemap
from assessor.render.charts.svg import figure
from assessor.render.clean import visible

_ROW, _HEAD = 28, 90
_SQUARE = 560
_MANY, _SMALL = 25, 9  # labels from which on they are written small, in points
_QUIET = {"displaylogo": False, "displayModeBar": False}
# Told apart by colour-blind readers (Okabe and Ito), and visible on light and on dark paper.
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
SCALE = ("#eaf3fb", "#a6cbe8", "#5aa1d6")
HEAT = ("#fee8c8", "#fdbb84", "#f0714f")
_PAPER = "#dfe6ee"  # behind tiles, with their names on it
_INK = {"color": "#10202e"}  # read on every shade of both
# A legend above the drawing, whatever its height.
_ABOVE = {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0.0}


def chart(made: go.Figure, *, alt: str, key: str) -> None:
    """A plotly figure with what it shows in words."""
    made.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 8}, hoverlabel={"align": "left"})
    st.plotly_chart(made, width="stretch", key=key, config=_QUIET, alt=visible(alt))


def drawn(found: Figure) -> go.Figure | None:
    """The drawing, None for a graph: the page of coupling has one to work with."""
    match found.drawing:
        case Bars() as bars:
            return _bars(bars)
        case Radar() as radar:
            return _radar(radar)
        case Matrix() as matrix:
            return heatmap(matrix)
        case Treemap() as tiles:
            return _treemap(tiles)
        case Graph():
            return None


def _bars(bars: Bars) -> go.Figure:
    names = _distinct([bar.label for bar in bars.bars])
    made = go.Figure(
        go.Bar(
            y=names,
            x=[bar.value for bar in bars.bars],
            orientation="h",
            name=_text(bars.value_name),
            marker_color=SERIES[0],
            textposition="inside",
            insidetextanchor="start",  # the end of the bar is where its mark may lie
            text=[figure(bar.value, decimals=bar.decimals) for bar in bars.bars],
        )
    )
    if bars.mark_name:
        made.add_scatter(
            y=names,
            x=[bar.mark for bar in bars.bars],
            mode="markers",
            name=_text(bars.mark_name),
            marker={"symbol": "diamond", "size": 11, "color": SERIES[1]},
        )
    made.update_xaxes(range=[0, bars.most], dtick=1)
    made.update_yaxes(autorange="reversed", automargin=True, type="category")
    return made.update_layout(height=_HEAD + _ROW * len(names), legend=_ABOVE)


def _radar(radar: Radar) -> go.Figure:
    axes = [_text(axis) for axis in radar.axes]
    made = go.Figure()
    for series, colour in zip(radar.series, SERIES, strict=False):
        made.add_scatterpolar(
            r=[*series.values, series.values[0]],
            theta=[*axes, axes[0]],
            name=_text(series.name),
            line_color=colour,
        )
    return made.update_layout(polar={"radialaxis": {"range": [0, radar.most]}}, height=_SQUARE)


def heatmap(matrix: Matrix) -> go.Figure:
    """A square of values: rows refer to columns."""
    names = _distinct(matrix.labels)
    made = go.Figure(
        go.Heatmap(
            z=[[value or None for value in row] for row in matrix.values],
            x=names,
            y=names,
            colorscale=list(SCALE),
            text=[["" if not v else f"{v:,.0f}" for v in row] for row in matrix.values],
            texttemplate="%{text}",
            textfont=_INK,
            hovertemplate="%{y} → %{x}: %{z:,.0f}<extra></extra>",
            showscale=False,
            xgap=1,
            ygap=1,
        )
    )
    size = _SMALL if len(names) > _MANY else None
    axis = {"automargin": True, "showgrid": False, "dtick": 1, "tickfont": {"size": size}}
    made.update_xaxes(title=_text(matrix.column_name), side="top", **axis)
    made.update_yaxes(title=_text(matrix.row_name), autorange="reversed", **axis)
    row = _ROW // 2 if len(names) > _MANY else _ROW
    return made.update_layout(height=_HEAD + max(_SQUARE // 2, row * len(names)))


def _treemap(tiles: Treemap) -> go.Figure:
    return treemaps({"": tiles})


def treemaps(groups: Mapping[str, Treemap]) -> go.Figure:
    """Tiles under the name of their group; those of the group "" stand for themselves."""
    heads = [name for name in groups if name]
    tiles = [(name, tile) for name, own in groups.items() for tile in own.tiles]
    made = go.Figure(
        go.Treemap(
            labels=[*map(_text, heads), *(_text(tile.label) for _, tile in tiles)],
            ids=[*(f"in {name}" for name in heads), *(f"{at}" for at in range(len(tiles)))],
            parents=[*("" for _ in heads), *(f"in {name}" if name else "" for name, _ in tiles)],
            values=[
                *(sum(tile.size for tile in groups[name].tiles) for name in heads),
                *(tile.size for _, tile in tiles),
            ],
            branchvalues="total",
            customdata=[*("" for _ in heads), *(_text(tile.detail) for _, tile in tiles)],
            hovertemplate="%{label}<br>%{customdata}<extra></extra>",
            texttemplate="%{label}<br>%{customdata}",
            textfont=_INK,
            tiling={"pad": 2},
            marker={
                "colors": [
                    *(_PAPER for _ in heads),
                    *sample_colorscale(list(HEAT), [min(1.0, tile.heat) for _, tile in tiles]),
                ],
            },
            root={"color": "rgba(0, 0, 0, 0)"},
        )
    )
    return made.update_layout(height=_SQUARE)


def lines(
    places: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], **axis: object
) -> go.Figure:
    """One line a series over the same places; markers differ, not colours alone."""
    signs = ("circle", "square", "diamond", "x", "triangle-up", "star")
    made = go.Figure()
    for at, (name, values) in enumerate(series):
        made.add_scatter(
            x=[_text(place) for place in places],
            y=list(values),
            name=_text(name),
            mode="lines+markers",
            line={
                "color": SERIES[at % len(SERIES)],
                "dash": ("solid", "dash")[at // len(SERIES) % 2],
            },
            marker={"symbol": signs[at % len(signs)], "size": 9},
        )
    made.update_xaxes(type="category")
    made.update_yaxes(**axis)
    return made.update_layout(height=_SQUARE // 2 + _HEAD, legend=_ABOVE)


def _distinct(labels: Sequence[str]) -> list[str]:
    """Labels of an axis, which would draw those that are alike as one."""
    made: list[str] = []
    for label in map(_text, labels):
        alike = sum(each.rstrip("\u200b") == label for each in made)
        made.append(label + "\u200b" * alike)
    return made


def _text(words: str) -> str:
    """Text for plotly, which reads some HTML."""
    return visible(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
