"""Timeline: what happened when?"""

from two_shields.exhibits.timeline import frames as timeline
from two_shields.exhibits.timeline.figures import figure
from two_shields.record.record import Record
from two_shields.state.views import TimelineView
from two_shields.ui import exhibit
from two_shields.ui.page import filtered
from two_shields.ui.timeline import before, by_years


def body(record: Record, view: TimelineView) -> None:
    frame = timeline.frame(record, view)
    exhibit.show(frame, figure, record, view)
    before(record, view)
    by_years(frame, record, view)


filtered(TimelineView, body)
