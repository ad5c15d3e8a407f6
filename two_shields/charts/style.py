"""The look that all figures share: one palette for both themes, one layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import plotly.graph_objects as go

#: Okabe and Ito's colours, told apart by colour-blind eyes, at a lightness that reads on white and on near-black
#: (at least 3:1 on both).
BLUE, ORANGE, PURPLE, GREEN, VERMILION, SKY, GREY = (
    "#2f7fc1", "#c97a00", "#a1529f", "#12906b", "#d1562f", "#3a93c2", "#7d8590",
)  # fmt: skip

#: A camp's colour, and the symbol that tells it without colour.
STATE_COLOUR: Mapping[str, str] = {
    "both": PURPLE,
    "german_led": BLUE,
    "french_led": ORANGE,
    "neither": GREY,
    "unknown": "#878d96",
}
STATE_SYMBOL: Mapping[str, str] = {
    "both": "diamond",
    "german_led": "circle",
    "french_led": "square",
    "neither": "x-thin-open",
    "unknown": "circle-open",
}
#: Lines by series: a colour, a dash and a symbol each, so that no pair differs by colour alone.
SERIES: tuple[tuple[str, str, str], ...] = (
    (BLUE, "solid", "circle"),
    (ORANGE, "dash", "square"),
    (GREEN, "dot", "diamond"),
    (PURPLE, "dashdot", "triangle-up"),
    (VERMILION, "longdash", "cross"),
    (SKY, "longdashdot", "star"),
    (GREY, "solid", "x"),
)

#: What every chart is shown with: no tool bar, no zoom by accident while a page scrolls under a thumb.
CONFIG: Mapping[str, object] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
#: The sign beside a value on which sources disagree.
DISPUTED = "≠"


#: Text by theme; the page's own text colours.
TEXT: Mapping[str, str] = {"light": "#1c2733", "dark": "#e6ebf1"}
#: The page's own backgrounds, for pictures that stand by themselves.
BACKGROUND: Mapping[str, str] = {"light": "#ffffff", "dark": "#10151c"}
GRID = "rgba(127,127,127,0.18)"


#: Plotly's own template would go along with every figure, three kilobytes of colours that none of ours uses, and would
#: be another one where Streamlit has been imported, which brings its own.
PLAIN = go.layout.Template(layout={"hovermode": "closest"})


class Drawing:
    """A figure under construction, in the site's style; its methods are named as Plotly's own.

    Plotly checks and copies a figure as a whole whenever something is added (7.1: forty annotations took 110 ms
    one by one, and 3 ms at once). So the parts are collected here as plain values, and checked once in `figure`.
    """

    def __init__(self, theme: str, *, height: int):
        """An empty drawing for the theme `light` or `dark`; the height is in pixels."""
        self.theme, self.text, self.ground, self.height = theme, TEXT[theme], BACKGROUND[theme], height
        self.traces: list[dict[str, Any]] = []
        self.annotations: list[dict[str, Any]] = []
        self.shapes: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "font": {"color": self.text, "size": 12},
            "showlegend": False,
            "legend": {"orientation": "h", "x": 0, "y": -0.02, "yanchor": "top", "itemclick": False, "itemdoubleclick": False},
            "dragmode": False,
            "clickmode": "event+select",
            "hoverlabel": {"align": "left"},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
        }  # fmt: skip
        self.update_xaxes(fixedrange=True, automargin=True, showgrid=False, tickfont={"color": self.text})
        self.update_yaxes(fixedrange=True, automargin=True, gridcolor=GRID, tickfont={"color": self.text})

    def add_scatter(self, **trace: Any) -> None:
        self.traces.append({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        self.traces.append({"type": "bar", **trace})

    def add_annotation(self, **annotation: Any) -> None:
        self.annotations.append(annotation)

    def add_shape(self, **shape: Any) -> None:
        self.shapes.append(shape)

    def update_layout(self, **changes: Any) -> None:
        """Change the layout; of a value that has parts, only the parts named."""
        for name, value in changes.items():
            self.layout[name] = {**self.layout.get(name, {}), **value} if isinstance(value, dict) else value

    def update_xaxes(self, **changes: Any) -> None:
        self._update_axes("xaxis", changes)

    def update_yaxes(self, **changes: Any) -> None:
        self._update_axes("yaxis", changes)

    def _update_axes(self, axis: str, changes: dict[str, Any]) -> None:
        """Change the axes of that direction: one, or where the drawing has two panels both."""
        for name in [name for name in self.layout if name.startswith(axis)] or [axis]:
            self.update_layout(**{name: changes})

    def figure(self) -> go.Figure:
        """The whole figure. A click selects a mark; the others keep their look."""
        same = {"marker": {"opacity": 1}, "textfont": {"color": self.text}}
        traces = [
            # A line alone has no marks to select.
            {**trace, "unselected": same} if trace["type"] == "scatter" and trace.get("mode") != "lines" else trace
            for trace in self.traces
        ]
        layout = {**self.layout, "annotations": self.annotations, "shapes": self.shapes, "template": PLAIN}
        return go.Figure(traces, layout)


def faded(colour: str, strength: float) -> str:
    """The colour at a strength from 0 to 1, as it shows on any background."""
    red, green, blue = (int(colour[position : position + 2], 16) for position in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength:g})"


def lettering(colour: str, theme: str) -> str:
    """The colour for words: nearer to the text's, so that small ones read too (at least 4.5:1)."""
    parts = ((int(colour[place : place + 2], 16), int(TEXT[theme][place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(0.6 * own + 0.4 * text):02x}" for own, text in parts)


def marked(texts: Iterable[str], disputed: Iterable[bool]) -> list[str]:
    """Labels, with the sign of dispute where sources disagree."""
    return [
        f"{text} {DISPUTED}" if is_disputed else f"{text}" for text, is_disputed in zip(texts, disputed, strict=True)
    ]
