"""Systems: which go with which initiative; who makes, has, wants or was refused them?"""

from two_shields.exhibits.systems import frames as systems
from two_shields.exhibits.systems.figures import FIGURES
from two_shields.record.record import Record
from two_shields.state.views import SystemsView
from two_shields.ui import exhibit
from two_shields.ui.page import filtered
from two_shields.ui.systems import cards_of, reference


def body(record: Record, view: SystemsView) -> None:
    frame = systems.frame(record, view)
    if view.view == "reference":
        reference(frame, systems.cards(record, view), record, view)
    else:
        exhibit.show(frame, FIGURES[view.view], record, view)
        cards_of(frame, view)


filtered(SystemsView, body)
