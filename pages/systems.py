"""Systems: which go with which initiative; who makes, has, wants or was refused them?"""

from two_shields.record.record import Record
from two_shields.state.views import SystemsView
from two_shields.ui import exhibit, systems
from two_shields.ui.page import filtered


def body(record: Record, view: SystemsView) -> None:
    if view.view == "reference":
        systems.reference(record, view)
    else:
        exhibit.show_all(record, view)
        systems.cards_of(record, view)


filtered(SystemsView, body)
