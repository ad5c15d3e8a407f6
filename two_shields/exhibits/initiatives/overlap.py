"""The overlap of the two camps: two sets of countries, each by its name in its region."""

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.palette import FILLS, SYMBOL, WORDS
from two_shields.charts.style import Drawing, Name
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.initiatives.places import KEY, camps_frame, counts_sentence, hover, places
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import InitiativesView
from two_shields.text import phrases


def frame(record: Record, view: InitiativesView) -> Frame:
    everyone = places(record, view)
    rows = everyone[everyone["chosen"] & everyone["state"].isin(["both", "german_led", "french_led"])]
    picture = "Two overlapping sets of countries"
    return camps_frame(record, view, "initiatives-overlap", picture, everyone, rows, counts_sentence(rows))


#: The regions from left to right: their heading by the state of their countries.
HEADINGS = {"german_led": "Sky Shield only", "both": "In both", "french_led": "French-led only"}
LINE, HEAD = 22.0, 58.0


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """The left set in blue, the right one in orange lines, and between them what both share."""
    members = {state: frame.rows[frame.rows["state"] == state] for state in HEADINGS}
    columns = {state: 1 if narrow or len(rows) <= 6 else 2 for state, rows in members.items()}
    most = max(-(-len(rows) // columns[state]) for state, rows in members.items()) or 1
    drawing = Drawing(theme, height=round(HEAD + LINE * most + 34))
    width, bottom, inner = 358.0 if narrow else 1160.0, -float(drawing.height), 8 if narrow else 14
    x0 = 0.0
    for (state, rows), share in zip(members.items(), (0.36, 0.31, 0.33) if narrow else (0.40, 0.28, 0.32), strict=True):
        x1 = x0 + share * width
        drawing.add_scatter(
            x=[x0 + 2, x1 - 2, x1 - 2, x0 + 2, x0 + 2], y=[-6, -6, bottom + 6, bottom + 6, -6], mode="lines",
            fill="toself", hoverinfo="skip", **FILLS[theme][state].land(size=5 if narrow else 7),
        )  # fmt: skip
        drawing.add_shape(
            type="rect", x0=x0 + inner, x1=x1 - inner, y0=-HEAD + 10, y1=bottom + 18, line={"width": 0},
            fillcolor=drawing.ground, layer="above",
        )  # fmt: skip
        heading = f"{SYMBOL[state]} {_heading(state, frame.rows)}{'<br>' if narrow else ': '}{len(rows)}"
        look = {"bgcolor": drawing.ground, "borderpad": 3}
        drawing.write((x0 + x1) / 2, -24, f"<b>{heading}</b>", WORDS[theme][state], 11 if narrow else 15, **look)
        _names(drawing, rows, columns[state], x0 + inner, x1 - inner, 11 if narrow else 13.5)
        x0 = x1
    drawing.in_pixels(width, bottom)
    return drawing.figure()


def _names(drawing: Drawing, rows: pd.DataFrame, columns: int, left: float, right: float, size: float) -> None:
    lines = -(-len(rows) // columns) or 1
    points = []
    for number, row in enumerate(tuples(rows)):
        column, line = divmod(number, lines)
        x, y = left + (right - left) * (column + 0.5) / columns, -HEAD - LINE * (line + 0.4)
        points.append((x, y, Name(row.country, row.mark, hover(row))))
        drawing.write(x, y, row.country, size=size)
    drawing.add_choices(points)


def _heading(state: str, rows: pd.DataFrame) -> str:
    """Where one camp's initiatives alone are chosen, nobody is told to be in that camp only, nor that the other is empty."""
    chosen = dict(rows.loc[~rows["key_name"].isin([KEY[code][0] for code in HEADINGS]), ["state", "key_name"]].values)
    return phrases.capital(chosen[state]) if state in chosen else HEADINGS[state] + (" (not chosen)" if chosen else "")


EXHIBIT = Exhibit("initiatives-overlap", InitiativesView, view="overlap", frame=frame, panels=(figure,))
