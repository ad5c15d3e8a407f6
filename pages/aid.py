"""Aid: how much, from whom, of which kind, and why do totals differ?"""

from two_shields.figures.aid import FIGURES
from two_shields.frames import aid
from two_shields.ui import exhibit
from two_shields.ui.page import open_page
from two_shields.views import AidView

record, view = open_page(AidView)
exhibit.show(aid.frame(record, view), FIGURES[view.view], record, view)
