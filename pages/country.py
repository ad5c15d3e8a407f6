"""Country."""

from two_shields.ui.page import open_page
from two_shields.views import CountryView

record, view = open_page(CountryView)
