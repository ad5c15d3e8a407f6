"""Systems."""

from two_shields.ui.page import open_page
from two_shields.views import SystemsView

record, view = open_page(SystemsView)
