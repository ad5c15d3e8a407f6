"""A figure laid out in pixels: words, names, signs and boxes at places counted from its upper left corner.

The page stretches a wide one to its width and never its height. Names can be clicked in their middle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from two_shields.charts.palette import MARKS
from two_shields.charts.style import Drawing, faded

#: The pixels of a wide and of a narrow form, and of one for a card, which is shown a quarter larger.
WIDE, NARROW, CARD = 1160, 358, 560
_CARD_DEPTH = 424
#: What letters take of their size, a little more than in the page's typeface; all others take half.
_LETTERS = {**dict.fromkeys("ijl.,'’;:|", 0.28), **dict.fromkeys("ftr -()/", 0.37), **dict.fromkeys("mwMW", 0.85)}
#: The unseen point that a finger meets.
_TARGET = 26
#: Plotly's symbol of a state's camp before its name.
_CAMP_SYMBOL = {"german_led": "circle", "french_led": "square", "both": "diamond"}


def width_of(text: str, size: float) -> float:
    """About the pixels that words take."""
    return size * sum(_LETTERS.get(letter, 0.62 if letter.isupper() else 0.54) for letter in text)


@dataclass(frozen=True)
class Name:
    """Words that a click chooses: `mark` is what it chooses; blank, `colour` is the text's own."""

    text: str
    mark: str
    hover: str
    colour: str = ""


@dataclass(frozen=True)
class Sign:
    """A sign: `symbol` is Plotly's; a hollow one is `-open`; an inferred one has a broken outline."""

    symbol: str
    colour: str
    mark: str
    hover: str
    size: float = 11
    is_inferred: bool = False


class Sheet:
    """A figure under construction; `depth` is how far down it is filled."""

    def __init__(self, theme: str, width: int):
        self.drawing = Drawing(theme, height=0)
        self.theme, self.width, self.depth = theme, width, 0.0
        self._names: list[tuple[float, float, float, Name]] = []
        self._signs: list[tuple[float, float, Sign]] = []
        self._camps: list[tuple[float, float, str]] = []

    def write(
        self,
        x: float,
        y: float,
        text: str,
        colour: str = "",
        *,
        size: float = 12,
        anchor: str = "left",
        top: bool = False,
    ) -> None:
        """Words that say something and choose nothing, their middle (or with `top` their top) at that height."""
        self.drawing.add_annotation(
            x=x, y=-y, text=text, showarrow=False, xanchor=anchor, yanchor="top" if top else "middle", align=anchor,
            font={"size": size, "color": colour or self.drawing.text},
        )  # fmt: skip

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: str, outline: str = "", *, below: bool = False
    ) -> None:
        self.drawing.add_shape(
            type="rect", x0=left, x1=right, y0=-top, y1=-bottom, fillcolor=fill, layer="below" if below else "between",
            line={"width": 1.6 if outline else 0, "color": outline or fill},
        )  # fmt: skip

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: str, *, width: float = 1) -> None:
        self.drawing.add_shape(
            type="line", x0=x0, x1=x1, y0=-y0, y1=-y1, line={"color": colour, "width": width}, layer="below"
        )

    def name(self, x: float, y: float, name: Name, *, size: float = 12) -> None:
        """A name that begins there."""
        self._names.append((x, y, size, name))

    def names(
        self, left: float, y: float, right: float, names: Iterable[Name], *, size: float = 12, line: float = 17
    ) -> float:
        """Names one after the other, in lines between two edges; gives the height of the last line."""
        names, x = list(names), left
        for place, name in enumerate(names):
            end = "," if place < len(names) - 1 else ""
            width = width_of(f"{name.text}{end} ", size) + 2
            if x > left and x + width > right + width_of(" ", size):
                x, y = left, y + line
            self.name(x, y, replace(name, text=name.text + end), size=size)
            x += width
        return y

    def sign(self, x: float, y: float, sign: Sign) -> None:
        self._signs.append((x, y, sign))

    def camp(self, x: float, y: float, state: str) -> None:
        """The sign of a state's camp before its name; it chooses nothing."""
        self._camps.append((x, y, state))

    def figure(self) -> go.Figure:
        self._draw_camps()
        self._draw_names()
        self._draw_signs()
        if self.width == CARD:  # as high as a card is for its width, so that nothing is squeezed
            self.depth = max(self.depth, _CARD_DEPTH)
        self.drawing.height = round(self.depth)
        self.drawing.update_layout(height=self.drawing.height, margin={"l": 0, "r": 0, "t": 0, "b": 0})
        self.drawing.update_xaxes(visible=False, range=[0, self.width])
        self.drawing.update_yaxes(visible=False, range=[-self.depth, 0])
        return self.drawing.figure()

    def _draw_names(self) -> None:
        if not self._names:
            return
        self.drawing.add_scatter(
            x=[x for x, *_ in self._names], y=[-y for _, y, *_ in self._names], mode="text",
            text=[name.text for *_, name in self._names],
            textposition="middle right", textfont={"size": [size for _, _, size, _ in self._names], "color": [name.colour or self.drawing.text for *_, name in self._names]},
            hoverinfo="skip", cliponaxis=False,
        )  # fmt: skip
        middles = [x + width_of(name.text, size) / 2 for x, _, size, name in self._names]
        self.drawing.add_scatter(
            x=middles, y=[-y for _, y, *_ in self._names], mode="markers",
            marker={"size": _TARGET, "color": "rgba(0,0,0,0)", "line": {"width": 0}},
            customdata=[[name.mark] for *_, name in self._names],
            hovertext=[name.hover for *_, name in self._names], hoverinfo="text",
        )  # fmt: skip

    def _draw_camps(self) -> None:
        if not self._camps:
            return
        marks = MARKS[self.theme]
        self.drawing.add_scatter(
            x=[x for x, *_ in self._camps], y=[-y for _, y, _ in self._camps], mode="markers", hoverinfo="skip",
            marker={
                "symbol": [_CAMP_SYMBOL.get(state, "circle-open") for *_, state in self._camps],
                "size": [10 if state == "both" else 8.5 for *_, state in self._camps],
                "color": [marks.get(state, marks["neither"]) for *_, state in self._camps],
                "line": {"width": [0 if state in _CAMP_SYMBOL else 1.5 for *_, state in self._camps]},
                "opacity": 1,
            },
        )  # fmt: skip

    def _draw_signs(self) -> None:
        """Hollow signs are filled with the page's ground, so that no line runs through them."""
        for is_inferred in (False, True):
            shown = [place for place in self._signs if place[2].is_inferred is is_inferred]
            if not shown:
                continue
            hollow = ["open" in sign.symbol and "thin" not in sign.symbol for _, _, sign in shown]
            colours = [sign.colour for *_, sign in shown]
            self.drawing.add_scatter(
                x=[x for x, *_ in shown], y=[-y for _, y, _ in shown], mode="markers",
                marker={
                    "symbol": [
                        sign.symbol.replace("-open", "") if empty else sign.symbol
                        for (*_, sign), empty in zip(shown, hollow, strict=True)
                    ],
                    "size": [sign.size for *_, sign in shown],
                    "opacity": 1,
                    "color": [
                        self.drawing.ground if empty else faded(colour, 0.4) if is_inferred else colour
                        for colour, empty in zip(colours, hollow, strict=True)
                    ],
                    "line": {"width": 1.8, "color": colours, **({"dash": "dot"} if is_inferred else {})},
                },
                customdata=[[sign.mark] for *_, sign in shown], hovertext=[sign.hover for *_, sign in shown],
                hoverinfo="text",
            )  # fmt: skip
