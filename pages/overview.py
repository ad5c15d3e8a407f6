"""Overview: what is the state of play, in one screen?"""

from two_shields.exhibits.aid import cumulative
from two_shields.exhibits.initiatives import frames as initiatives
from two_shields.exhibits.initiatives.figures import growth_figure, map_figure
from two_shields.exhibits.overview import frames as overview
from two_shields.state.views import OverviewView
from two_shields.ui import exhibit
from two_shields.ui.overview import findings, headlines, side_by_side
from two_shields.ui.page import open_page

record, view = open_page(OverviewView)

headlines(overview.headlines(record, view))

parts = (
    (initiatives, overview.map_view(view), map_figure),
    (initiatives, overview.growth_view(view), growth_figure),
    (cumulative.EXHIBIT, overview.aid_view(view), cumulative.figure),
)
for column, (frames, part, figure) in zip(side_by_side(len(parts)), parts, strict=True):
    with column:
        frame = frames.frame_of(record, part) if frames is cumulative.EXHIBIT else frames.frame(record, part)
        exhibit.show(frame, figure, record, part, brief=True, height=overview.CHART_HEIGHT)

findings(overview.findings(record, view))
