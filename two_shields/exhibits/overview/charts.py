"""The three charts of the Overview: those of other pages, side by side and in short."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from two_shields.exhibits.aid import cumulative
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.initiatives import growth, map
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import AidView, InitiativesView, OverviewView

#: Pixels; with it the three charts stand beside each other on one screen.
HEIGHT = 350


def _brief(exhibit: Exhibit, in_full: Callable[[OverviewView], View], order: int) -> Exhibit:
    """Another page's exhibit as the Overview shows it."""

    def frame(kept: Record, view: OverviewView) -> Frame | None:
        return exhibit.frame(kept, in_full(view))

    panels = tuple(partial(panel, height=HEIGHT) for panel in exhibit.panels)
    name = f"overview-{exhibit.view}"
    return Exhibit(name, OverviewView, frame=frame, panels=panels, order=order, in_full=in_full)


EXHIBITS = (
    _brief(map.EXHIBIT, lambda view: InitiativesView(view="map", evidence=view.evidence), 0),
    _brief(growth.EXHIBIT, lambda view: InitiativesView(view="growth", evidence=view.evidence), 1),
    _brief(cumulative.EXHIBIT, lambda view: AidView(view="cumulative", evidence=view.evidence), 2),
)
