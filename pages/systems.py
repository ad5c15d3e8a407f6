"""Systems: which go with which initiative; who makes, has, wants or was refused them?"""

from two_shields.figures.systems import FIGURES
from two_shields.frames import systems
from two_shields.record import Record
from two_shields.ui import exhibit
from two_shields.ui.page import filtered
from two_shields.ui.systems import cards_of, reference
from two_shields.views import SystemsView


def body(record: Record, view: SystemsView) -> None:
    frame = systems.frame(record, view)
    if view.view == "reference":
        reference(frame, systems.cards(record, view), record, view)
    else:
        exhibit.show(frame, FIGURES[view.view], record, view)
        cards_of(frame, view)


filtered(SystemsView, body)
