"""The map of the Overview: that of the initiatives, without a key, as the figures above it are one."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.europe_map import Form, draw_map
from two_shields.charts.style import DISPUTED, Drawing
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit
from two_shields.exhibits.initiatives import map as whole
from two_shields.exhibits.initiatives.places import scope
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView, OverviewView
from two_shields.text import phrases

WIDE, NARROW = Form(742, 420, -2600, 12, 6), whole.NARROW
_IN_FIGURES = ("german_led", "both", "french_led")


def in_full(view: OverviewView) -> InitiativesView:
    return InitiativesView(view="map", as_of=view.as_of, evidence=view.evidence)


def frame(record: Record, view: OverviewView) -> Frame:
    frame = whole.EXHIBIT.frame_of(record, in_full(view))
    title = phrases.capital(scope(record, in_full(view)) + sentence(frame.rows, view.evidence))
    alt = fit(f"Map of Europe. {title}.", frame.alt.removeprefix("Map of Europe. "))
    return replace(frame, name="overview-map", title=title, alt=alt)


def sentence(rows: pd.DataFrame, evidence: str) -> str:
    """`23 states are in the German-led Sky Shield, ten on the French-led track, six in both`: the page's finding."""
    count = rows["state"].value_counts()
    both = int(count.get("both", 0))
    german, french = (int(count.get(camp, 0)) + both for camp in ("german_led", "french_led"))
    states = phrases.spelled(german, "state is", "states are")
    if evidence == "articles":  # They count 17 in the Sky Shield, and do not name all.
        states = f"the articles name {phrases.spelled(german, 'state')}"
    return (
        f"{states} in the German-led Sky Shield, {phrases.number(french)} on the French-led track, "
        f"{phrases.number(both)} in both"
    )


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    form = NARROW if narrow else WIDE
    drawing = Drawing(theme, height=form.height)
    draw_map(drawing, whole.places_of(frame, narrow=narrow, short=True), form)
    # What the figures above do not explain; on a phone a list below names every fill.
    key = [] if narrow else [one for one in whole.key_of(frame.rows) if one[0] not in _IN_FIGURES]
    for number, (fill, words, _) in enumerate(key):
        drawing.write(0, 1, words, xshift=28, yshift=-20 * number, **whole.ON_PAPER)
        whole.swatch(drawing, fill, 2, 1, 20, 14, shift=-20 * number - 2)
    if frame.rows["moves"].any():
        drawing.write(0, 1, f"{DISPUTED} sources disagree", xshift=5, yshift=-20 * len(key), **whole.ON_PAPER)
    return drawing.figure()


EXHIBIT = Exhibit(
    "overview-map", OverviewView, frame=frame, panels=(figure,), wide=738, card=whole.card, order=0, in_full=in_full,
    alone=whole.EXHIBIT,
)  # fmt: skip
