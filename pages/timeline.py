"""Timeline: what happened when?"""

from two_shields.exhibits.registry import frame_of
from two_shields.record.record import Record
from two_shields.state.views import TimelineView
from two_shields.ui import exhibit, timeline
from two_shields.ui.page import filtered


def body(record: Record, view: TimelineView) -> None:
    exhibit.show_all(record, view)
    timeline.before(record, view)
    timeline.by_years(frame_of(record, view), record, view)


filtered(TimelineView, body)
