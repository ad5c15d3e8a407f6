"""The page Country, as a browser would ask for it."""

from functools import partial

from page_client import opened, texts

page = partial(opened, "country")


def test_a_country_renders():
    for name, iso3, evidence in (
        ("France", "FRA", "articles"), ("Estonia", "EST", "all"), ("Ukraine", "UKR", "all"), ("Ukraine", "UKR", "articles"),
        ("Türkiye", "TUR", "articles"),
    ):  # fmt: skip
        at = page(country=iso3, evidence=evidence)
        assert not at.exception and not [warning.value for warning in at.warning if "link" in warning.value]
        assert at.title[0].value == name


def test_the_bare_address_is_france_and_begins_with_where_it_stands():
    at = page()
    assert not at.exception and at.title[0].value == "France"
    assert any(text.startswith("France is on the French-led track: it leads EADS") for text in texts(at, "markdown"))
    assert [heading.value for heading in at.header][:4] == [
        "Where it is", "Its air defence, by layer", "Its aid to Ukraine", "How it got there",
    ]  # fmt: skip


def test_the_choosers_stand_in_sight_and_lead_to_another_country():
    at = page()
    at.selectbox(key="country:country").select("EST").run()
    assert at.title[0].value == "Estonia" and at.query_params["country"] == "EST"
    at.selectbox(key="country:with").select("LVA").run()
    assert at.title[0].value == "Estonia and Latvia" and at.query_params["with"] == "LVA"
    assert [heading.value for heading in at.header] == ["Estonia", "Latvia"]


def test_two_countries_stand_beside_each_other_in_the_same_parts():
    at = page(country="EST", **{"with": "DEU"})
    assert not at.exception and not at.warning
    headings = [heading.value for heading in at.subheader]
    assert [one for one in headings if one.endswith(("how it got there", "its aid to Ukraine"))] == [
        "Estonia: its aid to Ukraine", "Germany: its aid to Ukraine", "Estonia: how it got there", "Germany: how it got there",
    ]  # fmt: skip
    assert any(
        text.startswith("Germany is in the Sky Shield: it leads the Sky Shield") for text in texts(at, "markdown")
    )


def test_a_disputed_standing_says_why_on_the_first_screen():
    assert "Poland's government declined in 2022" in "".join(texts(page(country="POL"), "warning"))


def test_a_badge_opens_the_evidence_of_its_step():
    at = page(country="EST")
    at.button(key="badge:1").click().run()
    assert at.query_params["mark"] == "country-standing:essi|EST|signed_memorandum|2023-10-11"
    assert not at.exception and not at.warning


def test_a_country_of_which_nothing_is_known_says_so_and_leads_to_the_map():
    at = page(country="BIH")
    assert "says nothing about Bosnia and Herzegovina" in at.info[0].value
    assert not at.header and not at.dataframe and not at.get("plotly_chart")
    assert any("On the map" in str(link.proto) for link in at.get("page_link"))
