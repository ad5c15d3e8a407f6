"""The Overview as a reader sees it."""

import json
from datetime import date
from functools import partial

import page_client
import pytest
from page_client import texts
from streamlit.testing.v1 import AppTest

from two_shields.exhibits.overview import map, summary
from two_shields.state.views import PAGES, OverviewView

opened = partial(page_client.opened, "overview")


def labels(app: AppTest) -> set[str]:
    """The words of all links."""
    return {link.proto.label.replace("\\", "") for link in app.get("page_link")}


@pytest.fixture(scope="module")
def bare() -> AppTest:
    return opened()


@pytest.fixture(scope="module")
def articles() -> AppTest:
    return opened(evidence="articles")


def test_the_home_page_says_its_finding_and_what_it_is_about(bare, record):
    assert not bare.exception
    assert texts(bare, "title") == [summary.sentence(record, OverviewView())]
    assert any("what Ukraine is given. Every mark opens its sources." in text for text in texts(bare, "markdown"))
    assert not bare.warning
    assert not dict(bare.query_params)


def test_its_figures_are_those_of_the_record(bare, articles, record):
    for app, evidence in ((bare, "all"), (articles, "articles")):
        shown = " ".join(html.proto.body for html in app.get("html"))
        for tile in summary.tiles(record, OverviewView(evidence=evidence)):
            assert f"<b>{tile.value}</b> <i>{tile.label}</i>" in shown
            assert tile.about in labels(app)


def test_only_the_header_s_links_tell_a_page_s_question(bare):
    """Under a finding it would answer nothing, and each word of help is drawn anew at each change."""
    questions = {page.title: page.question for page in PAGES.values()}
    said = {link.proto.label: link.proto.help for link in bare.get("page_link")}
    assert said == {label: questions.get(label, "") for label in said} and len(said) > len(questions)


def test_it_has_map_strip_and_aid_and_one_menu_for_each(bare, articles):
    for app in (bare, articles):
        assert len(app.get("plotly_chart")) == 3
    headers = ["Aid to Ukraine, added up to April 2026", "Latest main events", "Where sources disagree"]
    assert texts(bare, "header") == headers


def test_its_map_is_sent_before_its_other_charts(record):
    """A browser shows no chart of a run before it has drawn them all."""
    app = AppTest.from_file(page_client.APP, default_timeout=60).run()
    (chart,) = app.get("plotly_chart")
    assert chart.proto.alt == map.EXHIBIT.frame_of(record, OverviewView()).alt
    asked = json.loads(next(one for one in app.get("bidi_component") if one.proto.id.endswith("drawn")).proto.json)
    assert asked == {"chart": "overview-map-chart"}
    assert len(app.run().get("plotly_chart")) == 3
    app = AppTest.from_file(page_client.APP, default_timeout=60)
    app.query_params["mark"] = "POL"
    assert [len(app.run().get("plotly_chart")) for _ in range(2)] == [3, 3], "evidence may be of any of them"


def test_its_lists_stand_in_it(bare, record):
    view = OverviewView()
    for item in (*summary.latest(record, view), *summary.disputes(record, view)):
        assert any(item.words in label and item.when in label for label in labels(bare))


def test_a_link_with_a_day_opens_at_its_stop():
    app = opened(as_of="2023-06-19")
    (slider,) = app.select_slider
    assert str(slider.value) == "2023-06-19"
    assert "**As of 19 June 2023**" in texts(app, "markdown")


def test_back_and_forward_go_from_stop_to_stop():
    app = opened()
    app.button(key="scrubber:earlier").click().run()
    assert app.query_params["as_of"] in ("2025-02-28", ["2025-02-28"])
    app.button(key="scrubber:later").click().run()
    assert not dict(app.query_params), "the last stop is today, which is the bare address"
    assert app.button(key="scrubber:later").disabled


def test_the_slider_moves_the_day():
    app = opened()
    app.select_slider[0].set_value(date(2022, 10, 13)).run()
    assert not app.exception
    assert app.query_params["as_of"] in ("2022-10-13", ["2022-10-13"])
    assert texts(app, "title")[0].startswith("As of 13 October 2022, 15 states are in the German-led Sky Shield")
