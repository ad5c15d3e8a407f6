"""Aid: how much, from whom, of which kind, and why do totals differ?"""

from two_shields.state.views import AidView
from two_shields.ui import exhibit
from two_shields.ui.page import filtered

filtered(AidView, exhibit.show_all)
