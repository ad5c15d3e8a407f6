"""Timeline."""

from two_shields.ui.page import open_page
from two_shields.views import TimelineView

record, view = open_page(TimelineView)
