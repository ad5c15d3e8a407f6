"""Country: everything about one country, or two side by side."""

from two_shields.state.views import CountryView
from two_shields.ui import country
from two_shields.ui.page import filtered

filtered(CountryView, country.body, country.heading)
country.index_of_all()
