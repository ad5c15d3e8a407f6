"""Stacked bars for a card: the rows of a chart that is too tall for one, counted."""

from __future__ import annotations

import plotly.graph_objects as go

from two_shields.charts.style import Drawing

HEIGHT = 440


#: A pattern per group and per topic, so that no two areas differ by colour alone.
PATTERNS = ("", "/", ".", "x", "-", "\\")


LETTERS = 15


def area(colour: str, pattern: str) -> dict:
    return {
        "color": colour,
        "line": {"width": 0},
        "pattern": {
            "shape": pattern,
            "fillmode": "overlay",
            "fgcolor": "white",
            "fgopacity": 0.35,
            "size": 7,
            "solidity": 0.25,
        },
    }


def stacked(drawing: Drawing, note: str, *, years: bool = False) -> go.Figure:
    drawing.update_layout(
        barmode="stack", bargap=0.28, showlegend=True, meta={"note": note},
        legend={"font": {"size": 13}, "traceorder": "normal", "y": -0.13 if years else -0.02}, margin={"r": 30, "t": 16},
    )  # fmt: skip
    return drawing.figure()
