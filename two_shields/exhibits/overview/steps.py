"""Time itself: how many states were in each camp, as a strip under the map with a line at the day shown."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go

from two_shields.charts.steps import draw_steps
from two_shields.charts.style import Drawing
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.initiatives import growth
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView, OverviewView

HEIGHT, ROOM = 94, 92


def in_full(view: OverviewView) -> InitiativesView:
    return InitiativesView(view="growth", as_of=view.as_of, evidence=view.evidence)


def frame(record: Record, view: OverviewView) -> Frame | None:
    """All steps that the record knows, whatever the day shown; without any there is no strip."""
    whole = growth.EXHIBIT.frame_of(record, InitiativesView(view="growth", evidence=view.evidence))
    rows = whole.rows[whole.rows["series"] == "named"]
    if rows.empty:
        return None
    return replace(whole, name="overview-steps", rows=rows.assign(shown=view.as_of or whole.until))


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """The strip; the slider under it has the same ends."""
    drawing = Drawing(theme, height=HEIGHT)
    shown = frame.rows["shown"].iloc[0]
    last = frame.until or date.max
    draw_steps(
        drawing, growth.lines_of(frame.rows), (growth.DRAWN_FROM, last), right=ROOM, letters=11.5,
        shown=min(max(shown, growth.DRAWN_FROM), last),
    )  # fmt: skip
    return drawing.figure()


EXHIBIT = Exhibit("overview-steps", OverviewView, frame=frame, panels=(figure,), wide=738, order=1, in_full=in_full)
