"""The page Aid as a reader sees it: a link is a view, and a view is a link."""

import json
from datetime import date
from functools import partial

import page_client
from page_client import address, heading, unfolded

from two_shields.exhibits.registry import frame_of
from two_shields.state.views import AidView

opened = partial(page_client.opened, "aid")


def test_every_widget_is_in_the_address():
    app = opened()
    app.segmented_control(key="aid:view").set_value("monthly").run()
    app.multiselect(key="aid:donor").set_value(["FRA", "DEU"]).run()
    app.multiselect(key="aid:kind").set_value(["military"]).run()
    app.text_input(key="aid:from:typed").set_value(f"{date(2023, 1, 1)}").run()
    app.text_input(key="aid:to:typed").set_value(f"{date(2023, 12, 31)}").run()
    assert not app.exception
    assert address(app) == {
        "view": ["monthly"], "donor": ["FRA", "DEU"], "kind": ["military"], "from": ["2023-01-01"], "to": ["2023-12-31"],
    }  # fmt: skip
    table = unfolded(app, "aid-monthly").dataframe[0].value
    assert set(table["Donor"]) == {"France", "Germany"}
    assert set(table["Kind"]) == {"military"}


def test_a_switch_that_its_browser_has_forgotten_says_what_was_chosen():
    """One behind "More" says None when it has just been drawn for the first time and another widget changes (1.67)."""
    app = opened(by="camp", kind="military")
    app.segmented_control(key="aid:by").set_value(None)
    app.segmented_control(key="aid:per").set_value(None)
    app.text_input(key="aid:to:typed").set_value("2024-12-31").run()
    assert not app.exception
    assert address(app) == {"by": ["camp"], "kind": ["military"], "to": ["2024-12-31"]}
    assert app.segmented_control(key="aid:by").value == "camp"
    assert app.segmented_control(key="aid:per").value == "euro"


def test_a_switch_behind_more_is_told_its_option_in_every_run():
    """A browser that first draws it after a later run knows of no earlier one: none of its options would look chosen."""
    app = opened(view="ranking")
    app.button(key="aid:period:2025").click().run()
    switches = [app.segmented_control(key=f"aid:{name}").proto for name in ("per", "sort", "eu")]
    assert all(switch.set_value for switch in switches)


def test_a_measure_that_the_next_view_does_not_know_goes_with_its_view():
    app = opened(view="ranking", per="head")
    app.segmented_control(key="aid:view").set_value("cumulative").run()
    assert not app.exception and address(app) == {}
    assert heading(app).startswith("Europe allocated 1.9 times as much aid to Ukraine as the United States")


def test_a_year_is_one_click_away_and_so_is_the_whole_time():
    app = opened()
    app.button(key="aid:period:2025").click().run()
    assert address(app) == {"from": ["2025-01-01"], "to": ["2025-12-31"]}
    assert " in 2025, the United States €483 million" in heading(app)
    app.button(key="aid:period:Whole time").click().run()
    assert address(app) == {}


def test_totals_are_compared_for_one_donor_at_a_time():
    app = opened(view="reported", donor=["FRA", "DEU"])
    assert "from France run from" in heading(app)
    assert any("One donor at a time: France, and not Germany." in caption.value for caption in app.caption)
    nobody = opened(view="reported").multiselect(key="aid:donor")
    assert (nobody.label, nobody.proto.placeholder, nobody.value) == ("Donor", "France", [])


def test_the_evidence_switch_takes_the_series_away_and_says_so():
    app = opened(view="monthly")
    assert "was the month with the most aid" in heading(app)
    app.toggle(key="aid:articles").set_value(True).run()
    assert heading(app) == "The sources chosen give no amounts by month, only totals over longer periods"
    assert address(app) == {"view": ["monthly"], "evidence": ["articles"]}


def test_nothing_to_show_is_said_and_is_no_error():
    for view in AidView.views():
        app = opened(view=view, to="2019-01-01", evidence="articles")
        assert not app.exception
        assert heading(app).startswith("The sources chosen give no ")
        (info,) = app.info
        assert info.value.startswith("There is nothing to draw for this choice.")


def test_on_a_phone_a_ranking_begins_with_twenty_rows_and_shows_all_on_demand(record):
    app = opened(view="ranking")
    rows = frame_of(record, AidView(view="ranking")).rows
    app.session_state["window:narrow"] = True

    def drawn() -> int:
        (chart,) = app.get("plotly_chart")
        return len(json.loads(chart.proto.spec)["layout"]["yaxis"]["tickvals"])

    app.run()
    assert drawn() == 20 < rows["placed"].sum()
    app.button(key="aid-ranking:show-all").click().run()
    assert drawn() == rows["placed"].sum()
    assert not [button for button in app.button if button.key == "aid-ranking:show-all"]
