"""What holds of the live pages alike: a link is a view, and a view is a link."""

from datetime import date

import pytest
from page_client import address, opened

from two_shields.exhibits.registry import lead
from two_shields.state.views import AidView, InitiativesView, SystemsView

VIEWS = (
    InitiativesView(), InitiativesView(view="matrix", country=("EST",)), InitiativesView(view="growth", evidence="articles"),
    InitiativesView(view="growth", reading="strict", initiative=("essi",)), InitiativesView(view="overlap", as_of=date(2023, 6, 19)),
    InitiativesView(view="map", evidence="articles"), InitiativesView(view="matrix", evidence="articles", country=("FRA", "DEU")),
    AidView(), AidView(view="monthly", donor=("FRA", "DEU")), AidView(view="reported", donor=("DEU",)), AidView(by="camp"),
    AidView(by="kind", per="gdp"), AidView(view="ranking", per="head", sort="share"), AidView(view="ranking", eu="shared"),
    AidView(view="ranking", by="bloc", evidence="articles"), AidView(view="monthly", evidence="articles"),
    AidView(kind=("military",), since=date(2023, 1, 1), until=date(2024, 12, 31)), AidView(evidence="articles"),
    SystemsView(), SystemsView(view="matrix"), SystemsView(view="flows", system=("mistral", "samp-t"), stage=("intended", "wanted")),
    SystemsView(view="matrix", system=("mistral",), evidence="articles"), SystemsView(view="reference", evidence="articles"),
)  # fmt: skip


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.link())
def test_a_link_opens_its_view_as_the_first_thing(view, record):
    app, shown = opened(view.path, **view.query()), lead(record, view)
    assert not app.exception and not app.warning
    assert [title.value for title in app.title] == [view.title]
    assert shown.title in [heading.value.replace("\\", "") for heading in app.subheader]
    assert len(app.get("plotly_chart")) == len(shown.exhibit.panels)
    assert any(shown.source_line in caption.value for caption in app.caption)
    assert address(app) == view.query()
    if shown.has_chart:
        assert not app.dataframe
        app.session_state[f"{shown.frame.name}:rows"] = True
        assert len(app.run().dataframe[0].value) == len(shown.frame.rows)


@pytest.mark.parametrize(
    ("page", "name", "value", "words"),
    [
        ("initiatives", "view", "globe", "use one of map, matrix, growth, overlap"),
        ("aid", "to", "31.12.2024", "a day is written YYYY-MM-DD"),
        ("timeline", "topic", "weather", "use "),
        ("country", "country", "ATLANTIS", "use a code such as"),
        ("evidence", "country", "FRA", "this page has no parameter of that name"),
        ("systems", "data", "2020-01-01", "no version of the data has that name, and the newest is shown"),
    ],
)
def test_what_is_not_understood_is_dropped_and_named_and_the_rest_is_shown(page, name, value, words):
    """`test_views.py` says what is understood, `test_fuzz_links.py` tries each parameter of each page."""
    app = opened(page, **{name: value, "evidence": "articles"})
    assert not app.exception
    (warning,) = (warning.value for warning in app.warning)
    assert warning.startswith(f"This link's `{name}={value}` was left out: {words}")
    assert address(app) == {"evidence": ["articles"]}
    assert [title.value for title in app.title] == [opened(page, evidence="articles").title[0].value]


def test_filters_are_cleared_in_one_press_and_the_way_of_looking_stays():
    app = opened("aid", by="camp", donor=["FRA", "DEU"], kind="military", **{"from": "2024-01-01"})
    app.button(key="aid:clear").click().run()
    assert address(app) == {"by": ["camp"]}
    assert "aid:clear" not in {button.key for button in app.button}
    assert "initiatives:clear" not in {button.key for button in opened("initiatives", as_of="2023-06-19").button}
