"""Time under the map: play goes from stop to stop and ends with its address; every part of it works by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.conftest import reader, settle

TODAY = re.compile(r"^Today \(data to ")


def day(page):
    return page.locator(".st-key-scrubber p").last


def test_play_moves_the_map_and_ends_with_its_address(browser, whole):
    """From October 2023 it plays to the end, with everything around it, and the address is written when it rests."""
    with reader(browser, whole) as page:
        page.goto(f"{whole}/?as_of=2024-07-12")
        settle(page)
        was = page.locator(".tile b").all_inner_texts()
        addresses = []
        page.on("framenavigated", lambda frame: addresses.append(frame.url))
        page.get_by_role("button", name="Play").click()
        expect(day(page)).to_have_text("As of 14 November 2024")
        expect(day(page)).to_have_text(TODAY, timeout=30_000)
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        settle(page)
        assert addresses == [f"{whole}/"], "one step of the history, not one for each stop"
        assert page.locator(".tile b").all_inner_texts() != was
        page.wait_for_timeout(1500)
        assert TODAY.match(day(page).inner_text()), "it rests"
        assert not page.console_errors
        page.go_back()
        expect(day(page)).to_have_text("As of 12 July 2024")


def test_pause_stops_it_and_writes_the_address(whole, page):
    page.goto(whole)
    settle(page)
    page.get_by_role("button", name="Play").click()
    expect(day(page)).to_have_text(re.compile("^As of "))  # any stop: each is shown for half a second
    # At once: Playwright waits with a click until a button rests, and this one is drawn anew twice a second.
    page.get_by_role("button", name="Pause").dispatch_event("click")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    settle(page)
    rests = day(page).inner_text()
    assert rests.startswith("As of ") and "as_of=202" in page.url
    page.wait_for_timeout(1500)
    assert day(page).inner_text() == rests


@pytest.mark.parametrize("path", ["/", "/initiatives?view=overlap"])
def test_the_slider_moves_by_arrow_keys_and_back_undoes_it(path, whole, page):
    page.goto(whole + path)
    settle(page)
    for expected in ("As of 28 February 2025", "As of 14 November 2024"):
        page.get_by_role("slider").focus()
        page.keyboard.press("ArrowLeft")
        expect(day(page)).to_have_text(expected)
        settle(page)
    assert page.url.endswith("as_of=2024-11-14")
    page.go_back()
    expect(day(page)).to_have_text("As of 28 February 2025")
    page.go_back()
    expect(day(page)).to_have_text(TODAY)


def test_a_link_opens_at_its_stop(whole, page):
    page.goto(f"{whole}/?as_of=2023-06-19")
    settle(page)
    expect(day(page)).to_have_text("As of 19 June 2023")
    assert page.get_by_role("slider").get_attribute("aria-valuetext") == "as of 19 June 2023"
    place = "gd => gd.getBoundingClientRect().x + gd._fullLayout.xaxis._offset + gd._fullLayout.xaxis.d2p('2023-06-19')"
    line, strip = page.locator(".day").bounding_box(), page.locator(".st-key-overview-steps-chart .js-plotly-plot")
    assert abs(line["x"] + line["width"] / 2 - strip.evaluate(place)) < 1, "a line over the strip, at its day"
    assert line["height"] == strip.evaluate("gd => gd._fullLayout.yaxis._length")


def test_there_is_no_play_where_less_motion_is_wanted(whole, page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(whole)
    settle(page)
    assert not page.get_by_role("button", name="Play").is_visible()
    page.get_by_role("button", name="Earlier").click()
    expect(day(page)).to_have_text("As of 28 February 2025")
