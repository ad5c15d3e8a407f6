"""Aid in one small chart: Europe, the United States and the EU's institutions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from two_shields.exhibits.aid import cumulative
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.views import AidView, OverviewView

HEIGHT = 236


def in_full(view: OverviewView) -> AidView:
    """The same with the large donors beside it."""
    return AidView(evidence=view.evidence)


def frame(record: Record, view: OverviewView) -> Frame:
    """The economies; where the evidence has no series, the totals that it has."""
    whole = cumulative.frame(record, in_full(view))
    if "panel" not in whole.rows:
        return replace(whole, name="overview-aid")
    return replace(whole, name="overview-aid", rows=whole.rows[whole.rows["panel"] == "left"])


EXHIBIT = Exhibit(
    "overview-aid", OverviewView, frame=frame, panels=tuple(partial(one, height=HEIGHT) for one in cumulative.EXHIBIT.panels),
    order=2, in_full=in_full,
)  # fmt: skip
