"""Aid: how much, from whom, of which kind, and why do totals differ?"""

from two_shields.exhibits.aid import frames as aid
from two_shields.exhibits.aid.figures import FIGURES
from two_shields.record.record import Record
from two_shields.state.views import AidView
from two_shields.ui import exhibit
from two_shields.ui.page import filtered


def body(record: Record, view: AidView) -> None:
    exhibit.show(aid.frame(record, view), FIGURES[view.view], record, view)


filtered(AidView, body)
