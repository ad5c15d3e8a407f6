"""What pages show when they open: the home page in one screen, the map, a wrong address, a new server."""

from __future__ import annotations

from browser.conftest import QUIET_FOR, serve, settle, watch
from two_shields.exhibits import registry
from two_shields.exhibits.overview import summary
from two_shields.state.views import InitiativesView, OverviewView


def test_the_home_page_shows_its_figures_and_charts_in_one_screen(base_url, page, record):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(base_url)
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


def test_the_map_is_drawn_from_this_server_alone(base_url, page):
    page.goto(f"{base_url}/initiatives")
    settle(page)
    chart = page.get_by_test_id("stPlotlyChart")
    assert chart.locator("path.js-fill").count() >= 4, "land of the states"
    assert chart.locator(".point").count() >= 20, "a mark per country"
    assert chart.locator("pattern").count() >= 2, "patterns"
    assert not page.foreign_requests


def test_what_an_address_says_wrongly_is_named_and_dropped(base_url, page):
    page.goto(f"{base_url}/initiatives?view=globe&evidence=articles")
    settle(page)
    assert "view=globe" in page.get_by_test_id("stAlert").inner_text()
    assert page.url == f"{base_url}/initiatives?evidence=articles"


def test_the_keyboard_reaches_the_switch_of_views(base_url, page):
    first, second = "Over time", "Ranking"
    page.goto(f"{base_url}/aid")
    settle(page)
    focused = "document.activeElement?.innerText?.trim() ?? ''"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == first:
            break
    assert page.evaluate(focused) == first
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(QUIET_FOR)
    if page.evaluate(focused) != second:
        page.keyboard.press("Tab")
    assert page.evaluate(focused) == second
    if "view=" not in page.url:
        page.keyboard.press("Enter")
    page.wait_for_url(f"{base_url}/aid?view=*")
    settle(page)
    assert not page.console_errors


def test_a_new_server_that_is_asked_for_a_view_first_shows_it(browser, record):
    """Without a session that has seen the home page before."""
    with serve() as address:
        context = browser.new_context(locale="en-GB")
        page = watch(context.new_page(), address)
        page.goto(f"{address}/initiatives?view=growth")
        settle(page)
        title = registry.frame_of(record, InitiativesView(view="growth")).title
        assert page.locator("h3").all_inner_texts() == [title]
        assert page.url == f"{address}/initiatives?view=growth"
        assert not page.console_errors
        context.close()
