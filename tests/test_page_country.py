"""The page Country, as a browser would ask for it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from two_shields.state.views import CountryView

APP = Path(__file__).resolve().parent.parent / "app.py"


def page(**query) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.switch_page("pages/country.py")
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


@pytest.mark.parametrize("evidence", ["all", "articles"])
@pytest.mark.parametrize(
    ("iso3", "name"),
    [
        ("FRA", "France"), ("EST", "Estonia"), ("UKR", "Ukraine"), ("BIH", "Bosnia and Herzegovina"), ("SGP", "Singapore"),
        ("POL", "Poland"), ("TUR", "Türkiye"), ("MLI", "Mali"),
    ],
)  # fmt: skip
def test_a_country_renders(iso3, name, evidence):
    at = page(country=iso3, evidence=evidence)
    assert not at.exception and not at.warning
    assert [heading.value for heading in at.header] == [CountryView.question, name]


def test_the_bare_address_is_france():
    at = page()
    assert not at.exception and at.header[1].value == "France"
    assert any("stands on the French-led track" in text.value for text in at.markdown)


def test_sections_without_facts_are_left_out():
    at = page(country="SGP")
    assert [heading.value.partition(" ")[0] for heading in at.subheader] == ["Singapore", "Singapore\\:"]
    assert not at.get("plotly_chart") and len(at.dataframe) == 1


def test_a_country_of_which_nothing_is_known_says_so_and_leads_to_the_map():
    at = page(country="BIH")
    assert "says nothing about it" in at.info[0].value
    assert not at.subheader and not at.dataframe and not at.get("plotly_chart")
    assert any("On the map" in str(link.proto) for link in at.get("page_link"))


def test_an_unknown_country_is_named_and_france_shown():
    at = page(country="ATLANTIS")
    assert not at.exception and at.header[1].value == "France"
    assert "`country=ATLANTIS`" in at.warning[0].value
