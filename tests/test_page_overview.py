"""The Overview as a reader sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from two_shields.exhibits.overview import findings as overview
from two_shields.state.views import OverviewView

APP = Path(__file__).resolve().parent.parent / "app.py"


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def texts(elements) -> list[str]:
    return [element.value for element in elements]


@pytest.fixture(scope="module")
def bare() -> AppTest:
    return opened()


@pytest.fixture(scope="module")
def articles() -> AppTest:
    return opened(evidence="articles")


def test_the_home_page_is_the_overview(bare):
    assert not bare.exception
    assert texts(bare.title) == ["Overview"]
    assert OverviewView.question in texts(bare.header)
    assert not bare.warning
    assert not dict(bare.query_params)


def test_its_figures_are_those_of_the_record(bare, record):
    figures = overview.headlines(record, OverviewView())
    assert [(metric.label, metric.value) for metric in bare.metric] == [(f.label, f.value) for f in figures]


def test_its_findings_stand_in_it(bare, record):
    shown = " ".join(texts(bare.markdown)).replace("\\", "")
    for finding in overview.findings(record, OverviewView()):
        assert finding.sentence in shown


def test_its_three_charts_have_their_findings(bare, articles):
    assert len(bare.get("plotly_chart")) == len(articles.get("plotly_chart")) == 3
    assert any("are in both camps" in title for title in texts(bare.subheader))
    assert any("sources count 17 members and name 5" in title for title in texts(articles.subheader))


def test_with_the_articles_alone_it_counts_what_they_count(articles):
    assert not articles.exception
    assert [metric.value for metric in articles.metric] == ["17", "5", "1", "€90 bn"]
    assert articles.query_params["evidence"] == "articles"


def test_the_evidence_switch_goes_into_the_address_and_out_of_it():
    app = opened()
    app.segmented_control(key="overview:evidence").set_value("articles").run()
    assert not app.exception
    assert app.query_params["evidence"] == "articles"
    assert app.metric[0].value == "17"
    app.segmented_control(key="overview:evidence").set_value("all").run()
    assert not dict(app.query_params), "the default view is the bare address"
    assert app.metric[0].value == "23"


def test_what_it_does_not_understand_it_drops_and_names():
    app = opened(evidence="rumours", donor="FRA", utm_source="letter")
    assert not app.exception
    warnings = texts(app.warning)
    assert any("`evidence=rumours`" in text and "all, articles" in text for text in warnings)
    assert any("`donor=FRA`" in text for text in warnings)
    assert dict(app.query_params) == {"utm_source": "letter"}
