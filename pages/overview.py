"""Overview: what is the state of play, in one screen?"""

from two_shields.figures import aid as aid_figures
from two_shields.figures import initiatives as initiative_figures
from two_shields.frames import aid, initiatives, overview
from two_shields.ui import exhibit
from two_shields.ui.overview import findings, headlines, side_by_side
from two_shields.ui.page import open_page
from two_shields.views import OverviewView

record, view = open_page(OverviewView)

headlines(overview.headlines(record, view))

left, right = side_by_side()
with left:
    frame = initiatives.frame(record, overview.map_view(view))
    exhibit.show(frame, initiative_figures.map_figure(frame, exhibit.theme(), height=430), record, view)
with right:
    findings(overview.findings(record, view))
    frame = initiatives.frame(record, overview.growth_view(view))
    exhibit.show(frame, initiative_figures.growth_figure(frame, exhibit.theme(), height=300), record, view)

frame = aid.frame(record, overview.aid_view(view))
exhibit.show(frame, aid_figures.cumulative_figure(frame, exhibit.theme(), height=360), record, view)
