"""What pages show when they open: the home page in one screen, the map."""

from __future__ import annotations

from browser.conftest import settle
from two_shields.exhibits.overview import summary
from two_shields.state.views import OverviewView


def test_the_home_page_shows_its_figures_and_charts_in_one_screen(whole, page, record):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(whole)
    settle(page)
    assert page.locator("h1").inner_text() == summary.sentence(record, OverviewView())
    assert page.locator(".tile b").all_inner_texts() == ["17", "6", "4", "€215 bn"]
    assert page.get_by_test_id("stPlotlyChart").count() == 3
    tiles = page.locator("[class*='st-key-tile-']").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(set(tiles)) == 1, "tiles of one height"
    slider, strip = (
        page.get_by_role("slider").bounding_box(),
        page.locator(".st-key-overview-steps-chart").bounding_box(),
    )
    assert slider["y"] + slider["height"] <= 800, "time itself is in sight"
    assert 0 <= slider["y"] - strip["y"] - strip["height"] <= 24, "the strip stands directly above the slider"
    # At the last stop the slider stands at the strip's last day: 92 pixels from its right edge.
    assert abs(slider["x"] - (strip["x"] + strip["width"] - 92)) <= 6
    for name in ("map", "steps", "aid"):
        menu = page.locator(f".st-key-overview-{name}-more").bounding_box()
        assert menu["height"] <= 32
    assert not page.console_errors
    assert not page.foreign_requests


def test_the_map_is_drawn_from_this_server_alone_in_the_form_that_fits_the_window(whole, page):
    height = "document.querySelector('.js-plotly-plot')._fullLayout.height"
    page.goto(f"{whole}/initiatives")
    settle(page)
    chart = page.get_by_test_id("stPlotlyChart")
    assert chart.locator("path.js-fill").count() >= 4, "land of the states"
    marks = "gd => new Set(gd.data.flatMap(trace => (trace.customdata ?? []).map(([mark]) => mark))).size"
    assert chart.locator(".js-plotly-plot").evaluate(marks) >= 20, "a mark per country"
    assert chart.locator("pattern").count() >= 2, "patterns"
    wide = page.evaluate(height)
    lands = {}
    for width, form in ((768, "!=="), (1280, "==="), (390, "!==")):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"() => {height} {form} {wide}")
        settle(page)
        lands[width] = page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.xaxis.range")
    assert lands[768] == lands[390], "a map that is turned back shows no more land, and so no smaller letters"
    assert not page.foreign_requests
