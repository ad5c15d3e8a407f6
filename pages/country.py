"""Country: everything about one country."""

from two_shields.exhibits.country.portrait import portrait
from two_shields.state.views import CountryView
from two_shields.ui import country
from two_shields.ui.links import index
from two_shields.ui.page import open_page

record, view = open_page(CountryView)
one = portrait(record, view)

country.opening(one, view)
country.standing(one, record, view)
country.systems(one, record, view)
country.aid(one, record, view)
country.events(one, record, view)
country.mentions(one, record, view)
country.conflicts(one)

index(
    "All countries",
    ((record.country_names[iso3], CountryView(country=iso3)) for iso3 in record["countries"]["iso3"]),
)
