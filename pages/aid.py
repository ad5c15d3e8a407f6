"""Aid: how much, from whom, of which kind, and why do totals differ?"""

from two_shields.figures.aid import FIGURES
from two_shields.frames import aid
from two_shields.record import Record
from two_shields.ui import exhibit
from two_shields.ui.page import filtered
from two_shields.views import AidView


def body(record: Record, view: AidView) -> None:
    exhibit.show(aid.frame(record, view), FIGURES[view.view], record, view)


filtered(AidView, body)
