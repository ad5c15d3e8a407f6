"""Every address of Overview, Initiatives and Aid opens to the view that it names, whatever the screen."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from browser.conftest import QUIET_FOR, serve, settle, watch
from two_shields.exhibits import registry
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.overview import summary
from two_shields.state.views import PAGES, OverviewView

PHONE = {"width": 390, "height": 844}
ADDRESSES = [
    *(f"/initiatives?view={view}" for view in ("matrix", "growth", "overlap")),
    "/initiatives",
    "/initiatives?evidence=articles",
    "/initiatives?view=matrix&initiative=essi&initiative=fcas",
    "/initiatives?view=growth&initiative=essi&reading=strict",
    "/initiatives?view=overlap&reading=broad&as_of=2023-06-19",
    "/initiatives?country=EST&country=FRA",
    "/aid",
    "/aid?view=monthly&donor=FRA&donor=DEU",
    "/aid?view=reported&donor=EUU",
    "/aid?kind=military&from=2023-01-01&to=2023-12-31",
    "/aid?evidence=articles",
]


def frame_of(address: str, record) -> Frame:
    """What the address's view shows."""
    place = urlsplit(address)
    query: dict[str, list[str]] = {}
    for part in filter(None, place.query.split("&")):
        name, value = part.split("=")
        query.setdefault(name, []).append(value)
    path = place.path.strip("/")
    view, notices = PAGES[path].parse(query, record)
    assert not notices
    return registry.frame_of(record, view)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_opens_to_the_view_that_it_names(address, base_url, page, record):
    page.goto(base_url + address)
    settle(page)
    frame = frame_of(address, record)
    assert page.locator("h3").all_inner_texts() == [frame.title]
    assert page.get_by_role("figure", name=frame.alt).count() == 1
    assert page.get_by_test_id("stPlotlyChart").locator(".point").count() > 0
    assert page.url == base_url + address
    assert not page.get_by_test_id("stException").count()
    assert not page.console_errors
    assert not page.foreign_requests


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


@pytest.mark.parametrize("address", ["/", "/initiatives", "/initiatives?view=matrix", "/aid"])
def test_on_a_phone_nothing_scrolls_sideways(address, base_url, page):
    page.set_viewport_size(PHONE)
    page.goto(base_url + address)
    settle(page)
    widths = page.evaluate(
        """() => [...document.querySelectorAll('html, body, [data-testid="stMain"], [data-testid="stApp"]')]
            .map(one => one.scrollWidth)"""
    )
    assert max(widths) <= PHONE["width"]
    chart = page.get_by_test_id("stPlotlyChart").first.bounding_box()
    assert chart["x"] >= 0 and chart["x"] + chart["width"] <= PHONE["width"]


@pytest.mark.parametrize(
    ("path", "first", "second"), [("initiatives", "Map", "Matrix"), ("aid", "Over time", "Ranking")]
)
def test_the_keyboard_reaches_the_switch_of_views(path, first, second, base_url, page):
    page.goto(f"{base_url}/{path}")
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
    page.wait_for_url(f"{base_url}/{path}?view=*")
    settle(page)
    assert not page.console_errors


def test_a_new_server_that_is_asked_for_a_view_first_shows_it(browser, record):
    """Without a session that has seen the home page before."""
    with serve() as address:
        context = browser.new_context(locale="en-GB")
        page = watch(context.new_page(), address)
        page.goto(f"{address}/initiatives?view=growth")
        settle(page)
        assert page.locator("h3").all_inner_texts() == [frame_of("/initiatives?view=growth", record).title]
        assert page.url == f"{address}/initiatives?view=growth"
        assert not page.console_errors
        context.close()
