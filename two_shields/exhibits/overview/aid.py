"""Aid in one small chart: Europe, the United States and the EU's institutions."""

from dataclasses import replace
from functools import partial

from two_shields.exhibits.aid import cumulative
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.views import AidView, OverviewView
from two_shields.text import dates

HEIGHT = 220


def in_full(view: OverviewView) -> AidView:
    return AidView(until=view.as_of, evidence=view.evidence)


def frame(record: Record, view: OverviewView) -> Frame:
    """The economies; where the evidence has no series, the totals that it has."""
    whole = replace(cumulative.frame(record, in_full(view), only="left"), name="overview-aid")
    if "panel" not in whole.rows:
        return whole
    rows = whole.rows[whole.rows["series"] != "loan"]
    return replace(whole, rows=rows, title=f"Aid to Ukraine, added up to {dates.words(rows['month'].max())}")


EXHIBIT = Exhibit(
    "overview-aid", OverviewView, frame=frame, panels=tuple(partial(one, height=HEIGHT) for one in cumulative.EXHIBIT.panels),
    wide=390, order=2, in_full=in_full,
)  # fmt: skip
