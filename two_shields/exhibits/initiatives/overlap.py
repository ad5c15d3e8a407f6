"""The overlap of the two camps: two sets of countries."""

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.style import Drawing, Name
from two_shields.charts.two_sets import Region, draw_two_sets, height
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.initiatives.places import KEY, camps_frame, counts_sentence, hover, places
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView
from two_shields.text import phrases


def frame(record: Record, view: InitiativesView) -> Frame:
    everyone = places(record, view)
    rows = everyone[everyone["chosen"] & everyone["state"].isin(["both", "german_led", "french_led"])]
    picture = "Two overlapping sets of countries"
    return camps_frame(record, view, "initiatives-overlap", picture, everyone, rows, counts_sentence(rows))


#: The regions from left to right: their heading by the state of their countries.
HEADINGS = {"german_led": "Sky Shield only", "both": "In both", "french_led": "French-led only"}


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Two sets that overlap, each country by its name."""
    members = {state: frame.rows[frame.rows["state"] == state] for state in HEADINGS}
    regions = [
        Region(
            state,
            _heading(state, frame.rows),
            tuple(Name(row.country, row.mark, hover(row)) for row in rows.itertuples()),
        )
        for state, rows in members.items()
    ]
    drawing = Drawing(theme, height=height(regions, narrow))
    draw_two_sets(drawing, *regions, narrow=narrow)
    return drawing.figure()


def _heading(state: str, rows: pd.DataFrame) -> str:
    """Where one camp's initiatives alone are chosen, nobody is told to be in that camp only, nor that the other is empty."""
    chosen = dict(rows.loc[~rows["key_name"].isin([KEY[code][0] for code in HEADINGS]), ["state", "key_name"]].values)
    return phrases.capital(chosen[state]) if state in chosen else HEADINGS[state] + (" (not chosen)" if chosen else "")


EXHIBIT = Exhibit("initiatives-overlap", InitiativesView, view="overlap", frame=frame, panels=(figure,))
