"""A figure laid out in pixels: words, names, signs and boxes at places counted from its upper left corner.

The page stretches it to its width and never its height; a narrow one with lists of names keeps its own. Names can be clicked in their middle.
"""

from collections.abc import Iterable
from dataclasses import replace

import plotly.graph_objects as go

from two_shields.charts import letters
from two_shields.charts.palette import CAMP_SYMBOL, MARKS
from two_shields.charts.style import Choice, Drawing, Name, Sign

#: The pixels of a wide and of a narrow form, and of one for a card, which is shown a quarter larger.
WIDE, NARROW, CARD = 1160, 358, 560
_CARD_DEPTH = 424
#: A wide form is shown as narrow as 1000 pixels, and its letters do not shrink.
_SLACK = 0.16


def width_of(text: str, size: float) -> float:
    """The pixels to keep for words."""
    return (1 + _SLACK) * letters.width(text, size)


class Sheet:
    """A figure under construction; `depth` is how far down it is filled."""

    def __init__(self, theme: str, width: int):
        self.drawing = Drawing(theme, height=0)
        self.theme, self.width, self.depth = theme, width, 0.0
        self._names: list[tuple[float, float, float, Name]] = []
        self._choices: list[tuple[float, float, Choice]] = []
        self._signs: list[tuple[float, float, Sign]] = []
        self._camps: list[tuple[float, float, str]] = []
        self._has_lists = False

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
        upright = "top" if top else "middle"
        self.drawing.write(x, -y, text, colour, size, xanchor=anchor, yanchor=upright, align=anchor)

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: str, outline: str = "", *, below: bool = False
    ) -> None:
        self.drawing.add_shape(
            type="rect", x0=left, x1=right, y0=-top, y1=-bottom, fillcolor=fill, layer="below" if below else "between",
            line={"width": 1.6 if outline else 0, "color": outline or fill},
        )  # fmt: skip

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: str, *, width: float = 1) -> None:
        self.drawing.line(x0, -y0, x1, -y1, colour, width, layer="below")

    def name(self, x: float, y: float, name: Name, *, size: float = 12) -> None:
        self._names.append((x, y, size, name))
        self.choice(x + letters.width(name.text, size) / 2, y, name)

    def choice(self, x: float, y: float, choice: Choice) -> None:
        """A place to click that is not seen."""
        self._choices.append((x, -y, choice))

    def names(self, left: float, y: float, right: float, names: Iterable[Name], *, line: float = 17) -> float:
        """Names one after the other, evenly, in lines between two edges; gives the height of the last line."""
        names, x, self._has_lists = list(names), left, True
        names = [*(replace(name, text=f"{name.text},") for name in names[:-1]), *names[-1:]]
        widths = [letters.width(name.text, 12) for name in names]
        gap = 1 + _SLACK * max(widths, default=0)
        for name, width in zip(names, widths, strict=True):
            if x > left and x + width > right:
                x, y = left, y + line
            self.name(x, y, name)
            x += width + gap
        return y

    def sign(self, x: float, y: float, sign: Sign) -> None:
        self._signs.append((x, -y, sign))

    def camp(self, x: float, y: float, state: str) -> None:
        """The sign of a state's camp before its name; it chooses nothing."""
        self._camps.append((x, y, state))

    def figure(self) -> go.Figure:
        self._draw_camps()
        self._draw_names()
        if self._choices:
            self.drawing.add_choices(self._choices)
        self.drawing.add_signs(self._signs)
        if self.width == CARD:  # as high as a card is for its width, so that nothing is squeezed
            self.depth = max(self.depth, _CARD_DEPTH)
        self.drawing.height = round(self.depth)
        self.drawing.in_pixels(self.width, -self.depth)
        if self._has_lists and self.width == NARROW:  # on a tablet its names would stand far apart
            self.drawing.update_xaxes(scaleanchor="y", constrain="domain", constraintoward="left")
            self.drawing.update_yaxes(constrain="domain", constraintoward="top")
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

    def _draw_camps(self) -> None:
        if not self._camps:
            return
        marks = MARKS[self.theme]
        self.drawing.add_scatter(
            x=[x for x, *_ in self._camps], y=[-y for _, y, _ in self._camps], mode="markers", hoverinfo="skip",
            marker={
                "symbol": [CAMP_SYMBOL.get(state, "circle-open") for *_, state in self._camps],
                "size": [10 if state == "both" else 8.5 for *_, state in self._camps],
                "color": [marks.get(state, marks["neither"]) for *_, state in self._camps],
                "line": {"width": [0 if state in CAMP_SYMBOL else 1.5 for *_, state in self._camps]},
                "opacity": 1,
            },
        )  # fmt: skip
