"""The page Initiatives as a reader sees it: a link is a view, and a view is a link."""

from datetime import date
from functools import partial

import page_client
import pytest
from page_client import address, heading, unfolded

from two_shields.state.views import InitiativesView

opened = partial(page_client.opened, "initiatives")


def test_a_warning_goes_with_the_next_change():
    app = opened(view="globe")
    assert app.warning
    app.segmented_control(key="initiatives:view").set_value("overlap").run()
    assert not app.warning


def test_what_belongs_to_others_stays_in_the_address():
    app = opened(view="growth", utm_source="letter")
    assert not app.warning
    assert address(app) == {"view": ["growth"], "utm_source": ["letter"]}


def test_every_widget_is_in_the_address():
    app = opened(evidence="articles")
    app.segmented_control(key="initiatives:view").set_value("matrix").run()
    assert address(app) == {"view": ["matrix"], "evidence": ["articles"]}
    app.multiselect(key="initiatives:country").set_value(["FRA", "EST"]).run()
    app.multiselect(key="initiatives:initiative").set_value(["mistral-joint-purchase"]).run()
    app.segmented_control(key="initiatives:reading").set_value("broad").run()
    app.text_input(key="initiatives:as_of:typed").set_value(f"{date(2024, 1, 1)}").run()
    assert not app.exception
    assert address(app) == {
        "view": ["matrix"], "initiative": ["mistral-joint-purchase"], "reading": ["broad"], "as_of": ["2024-01-01"],
        "country": ["FRA", "EST"], "evidence": ["articles"],
    }  # fmt: skip
    assert len(unfolded(app, "initiatives-matrix").dataframe[0].value) == 2


def test_earlier_and_later_step_from_change_to_change():
    app = opened(view="growth", initiative="essi", as_of="2023-07-07")
    app.button(key="scrubber:earlier").click().run()
    assert address(app)["as_of"] < ["2023-07-07"]
    app.button(key="scrubber:later").click().run()
    assert address(app)["as_of"] == ["2023-07-07"]
    assert heading(app).startswith("As of 7 July 2023, ")


@pytest.mark.parametrize("view", InitiativesView.views())
def test_nothing_to_show_is_said_and_is_no_error(view):
    app = opened(view=view, reading="strict", as_of="2018-01-01", evidence="articles")
    assert not app.exception and heading(app)


def test_what_to_read_the_chart_with_is_at_hand():
    app = opened(view="matrix")
    assert "how to read this (" in " ".join(part.label for part in app.expander)
    notes = " ".join(markdown.value for markdown in unfolded(app, "initiatives-matrix", "notes").markdown)
    assert "August or October 2023" in notes


def test_a_day_applies_when_it_is_typed_and_what_is_no_day_changes_nothing():
    app = opened(view="growth")
    app.text_input(key="initiatives:as_of:typed").set_value("2023-06-19").run()
    assert address(app) == {"view": ["growth"], "as_of": ["2023-06-19"]}
    app.text_input(key="initiatives:as_of:typed").set_value("19 June").run()
    assert address(app) == {"view": ["growth"], "as_of": ["2023-06-19"]}
    assert "“19 June” was not understood" in app.warning[0].value
    app.text_input(key="initiatives:as_of:typed").set_value("").run()
    assert address(app) == {"view": ["growth"]}


def test_the_row_under_the_chart_opens_its_table_and_closes_it():
    app = opened(view="matrix", country="EST")
    assert not app.dataframe
    app.button(key="initiatives-matrix:table-switch").click().run()
    assert len(app.dataframe) == 1
    app.button(key="initiatives-matrix:table-switch").click().run()
    assert not app.dataframe
