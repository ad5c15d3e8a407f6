"""Systems: which go with which initiative; who makes, has, wants or was refused them?"""

from two_shields.figures.systems import FIGURES
from two_shields.frames import systems
from two_shields.ui import exhibit
from two_shields.ui.page import open_page
from two_shields.ui.systems import cards_of, reference
from two_shields.views import SystemsView

record, view = open_page(SystemsView)
frame = systems.frame(record, view)
if view.view == "reference":
    reference(frame, systems.cards(record, view), record, view)
else:
    exhibit.show(frame, FIGURES[view.view], record, view)
    cards_of(frame, view)
