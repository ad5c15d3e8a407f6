"""Time itself: how many states were in each camp, as a strip under the map; the page draws a line at the day shown."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go

from two_shields.charts.steps import LEFT, draw_steps
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
    return replace(whole, name="overview-steps", rows=rows)


def line_at(frame: Frame, view: OverviewView) -> str:
    """Where the day shown stands on the strip, as a CSS length from its left.

    Drawn by the chart, it would have the browser draw all of it anew at each step of time.
    """
    last = _last(frame)
    day = min(max(view.as_of or last, growth.DRAWN_FROM), last)
    share = (day - growth.DRAWN_FROM) / (last - growth.DRAWN_FROM)
    return f"calc({LEFT}px + {share:.4f} * (100% - {LEFT + ROOM}px))"


def _last(frame: Frame) -> date:
    return frame.until or date.max


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """The strip; the slider under it has the same ends."""
    drawing = Drawing(theme, height=HEIGHT)
    draw_steps(drawing, growth.lines_of(frame.rows), (growth.DRAWN_FROM, _last(frame)), right=ROOM, letters=11.5)
    return drawing.figure()


EXHIBIT = Exhibit("overview-steps", OverviewView, frame=frame, panels=(figure,), wide=738, order=1, in_full=in_full)
