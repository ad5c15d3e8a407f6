"""The look that all figures share: one palette for both themes, one layout."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import plotly.graph_objects as go

#: Okabe and Ito's colours, told apart by colour-blind eyes, at a lightness that reads on white and on near-black
#: (at least 3:1 on both).
BLUE, ORANGE, PURPLE, GREEN, VERMILION, SKY, GREY = (
    "#2f7fc1", "#c97a00", "#a1529f", "#12906b", "#d1562f", "#3a93c2", "#7d8590",
)  # fmt: skip

#: Donors beside each other: a colour and a symbol each, so that no pair differs by colour alone.
SERIES: tuple[tuple[str, str], ...] = (
    (BLUE, "circle"),
    (ORANGE, "square"),
    (GREEN, "diamond"),
    (PURPLE, "triangle-up"),
    (VERMILION, "cross"),
    (SKY, "star"),
    (GREY, "x"),
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

#: How words stand that begin at a place, and go on below it.
FROM_HERE: Mapping[str, Any] = {"xanchor": "left", "yanchor": "top", "align": "left", "borderpad": 0}


class Choice(Protocol):
    """Whatever a click chooses: the row's mark, and what is said of it on hover."""

    @property
    def mark(self) -> str: ...
    @property
    def hover(self) -> str: ...


@dataclass(frozen=True)
class Sign:
    """A sign: `symbol` is Plotly's; a hollow one is `-open`; an inferred one has a broken outline."""

    symbol: str
    colour: str
    mark: str
    hover: str
    size: float = 11
    is_inferred: bool = False


@dataclass(frozen=True)
class Name:
    """Words that a click chooses: `mark` is what it chooses; blank, `colour` is the text's own."""

    text: str
    mark: str
    hover: str
    colour: str = ""


@dataclass(frozen=True)
class Group:
    """Rows of a chart under a heading, in the words of their camp."""

    heading: str
    camp: str
    rows: tuple[Any, ...]


class Drawing:
    """A figure under construction, in the site's style; its methods are named as Plotly's own.

    Plotly checks and copies a figure as a whole whenever something is added (7.1: forty annotations took 110 ms
    one by one, and 3 ms at once). So the parts are collected here as plain values, and put together once in `figure`,
    unchecked: that would take as long as the rest of a drawing, and `tests/test_invariants.py` checks every exhibit.
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
        self._add("scatter", trace)

    def add_bar(self, **trace: Any) -> None:
        self._add("bar", trace)

    def _add(self, kind: str, trace: dict[str, Any]) -> None:
        """Arrays as lists: to Plotly (4) one that is sent as bytes is another one each time, and draws the chart twice."""
        lists = {name: values.tolist() if hasattr(values, "tolist") else values for name, values in trace.items()}
        self.traces.append({"type": kind} | lists)

    def add_annotation(self, **annotation: Any) -> None:
        self.annotations.append(annotation)

    def add_shape(self, **shape: Any) -> None:
        self.shapes.append(shape)

    def write(self, x: Any, y: float, text: str, colour: str = "", size: float = 12, **more: Any) -> None:
        """Words that choose nothing, with their middle there unless `more` says otherwise."""
        font = {"size": size, "color": colour or self.text}
        self.add_annotation(x=x, y=y, text=text, showarrow=False, font=font, **more)

    def line(
        self, x0: Any, y0: float, x1: Any, y1: float, colour: str, width: float = 1, *, dash: str = "", **more: Any
    ) -> None:
        stroke = {"color": colour, "width": width, **({"dash": dash} if dash else {})}
        self.add_shape(type="line", x0=x0, x1=x1, y0=y0, y1=y1, line=stroke, **more)

    def add_choices(
        self, points: Sequence[tuple[Any, float, Choice] | tuple[Any, float, Choice, float]], size: float = 26
    ) -> None:
        """Unseen points that a finger meets, each for what it chooses, and of its own size where it says one."""
        choices = [choice for _, _, choice, *_ in points]
        self.add_scatter(
            x=[x for x, *_ in points], y=[y for _, y, *_ in points], mode="markers",
            marker=unseen([own for _, _, _, *sizes in points for own in sizes] or size),
            customdata=[[choice.mark] for choice in choices], hovertext=[choice.hover for choice in choices], hoverinfo="text",
        )  # fmt: skip

    def add_signs(self, places: Sequence[tuple[Any, float, Sign]]) -> None:
        """Signs; a hollow one is filled with the page's ground, so that no line runs through it. Inferred: dotted."""
        for is_inferred in (False, True):
            shown = [place for place in places if place[2].is_inferred is is_inferred]
            if not shown:
                continue
            signs = [sign for *_, sign in shown]
            hollow = ["open" in sign.symbol and "thin" not in sign.symbol for sign in signs]
            self.add_scatter(
                x=[x for x, *_ in shown], y=[y for _, y, _ in shown], mode="markers",
                marker={
                    "symbol": [
                        sign.symbol.replace("-open", "") if is_hollow else sign.symbol
                        for sign, is_hollow in zip(signs, hollow, strict=True)
                    ],
                    "size": [sign.size for sign in signs],
                    "opacity": 1,
                    "color": [
                        self.ground if is_hollow else faded(sign.colour, 0.4) if is_inferred else sign.colour
                        for sign, is_hollow in zip(signs, hollow, strict=True)
                    ],
                    "line": {"width": 1.8, "color": [sign.colour for sign in signs], **({"dash": "dot"} if is_inferred else {})},
                },
                customdata=[[sign.mark] for sign in signs], hovertext=[sign.hover for sign in signs], hoverinfo="text",
            )  # fmt: skip

    def in_pixels(self, width: float, bottom: float, top: float = 0) -> None:
        """No axes and no margins: places are pixels, from 0 to the width and from `bottom` up to `top`."""
        self.height = round(top - bottom)
        self.update_layout(height=self.height, margin={"l": 0, "r": 0, "t": 0, "b": 0})
        self.update_xaxes(visible=False, range=[0, width])
        self.update_yaxes(visible=False, range=[bottom, top])

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
        sizes = [trace["marker"]["size"] for trace in traces if "maxdisplayed" in trace.get("marker", {})]
        if sizes:
            # An unseen point that is not drawn counts as 6 wide; this is how far from a drawn one a finger may be.
            largest = max(max(size) if isinstance(size, list) else size for size in sizes)
            self.update_layout(hoverdistance=17 + round(largest / 2))
        lists = {"annotations": self.annotations, "shapes": self.shapes}
        layout = {**self.layout, **{name: parts for name, parts in lists.items() if parts}, "template": PLAIN}
        return go.Figure(traces, layout, _validate=False)


def unseen(size: Any) -> dict[str, Any]:
    """The look of points that are there to be chosen and not seen.

    Plotly (4) finds a point without drawing it, and a third of a chart's time was drawing these: so it draws one alone.
    """
    return {"size": size, "color": "rgba(0,0,0,0)", "line": {"width": 0}, "maxdisplayed": 1}


@lru_cache(maxsize=4096)
def in_box(text: str) -> str:
    """The text in lines as long as those of a box on hover."""
    return "<br>".join(textwrap.wrap(text, 60))


def faded(colour: str, strength: float) -> str:
    """The colour at a strength from 0 to 1, as it shows on any background."""
    red, green, blue = (int(colour[position : position + 2], 16) for position in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength:g})"


def lettering(colour: str, theme: str) -> str:
    """The colour for words: nearer to the text's, so that small ones read too (at least 4.5:1)."""
    parts = ((int(colour[place : place + 2], 16), int(TEXT[theme][place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(0.6 * own + 0.4 * text):02x}" for own, text in parts)
