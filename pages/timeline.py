"""Timeline: what happened when?"""

from two_shields.figures.timeline import figure
from two_shields.frames import timeline
from two_shields.ui import exhibit
from two_shields.ui.page import open_page
from two_shields.ui.timeline import before, by_years
from two_shields.views import TimelineView

record, view = open_page(TimelineView)
frame = timeline.frame(record, view)
exhibit.show(frame, figure, record, view)
before(record, view)
by_years(frame, record, view)
