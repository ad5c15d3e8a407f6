"""The page Timeline, as a browser would ask for it."""

from functools import partial

from page_client import opened, texts

page = partial(opened, "timeline")


def test_the_bare_address_begins_in_2022_with_the_list_by_year_closed():
    at = page()
    assert not at.exception and not at.warning
    assert texts(at, "subheader")[0].startswith("Germany announces the Sky Shield with 14 partners in October 2022")
    labels = [part.label for part in at.expander]
    assert any(label.startswith("2026 · ") for label in labels) and any(label.startswith("2022 · ") for label in labels)
    assert not any(part.proto.expanded for part in at.expander)
    assert "Date not given · 7 events" in labels


def test_the_years_before_2022_can_be_asked_for():
    at = page(**{"from": "2010-09-01"})
    assert not at.exception and texts(at, "subheader")[0].startswith("From 1 September 2010: ")
    assert any(part.label.startswith("2010 to ") for part in at.expander)


def test_a_choice_without_events_draws_no_empty_box():
    at = page(country="ISL")
    assert not at.exception and "no event" in texts(at, "subheader")[0]
    assert not at.get("plotly_chart") and at.info
