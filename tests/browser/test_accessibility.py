"""What opens on a page can be read by everyone, and so can the summaries without scripts; who wants no motion has none.

The pages themselves are looked at in `test_every_view.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Page

from browser.axe import OPEN_LIST, Known, faults
from browser.conftest import ROOT, follow, lit, reader, settle
from two_shields.exhibits.registry import lead
from two_shields.state.views import PAGES
from two_shields.web import head

THEMES = ("light", "dark")


@pytest.fixture
def still(browser, whole) -> Iterator[Page]:
    """A page for a reader who asked for less motion: no colour is caught halfway."""
    with reader(browser, whole, reduced_motion="reduce") as opened:
        yield opened


def test_axe_finds_nothing_in_what_opens(whole, still):
    """The table; a notice; the evidence of a mark; then what is laid over the page."""
    still.goto(f"{whole}/initiatives?view=matrix&country=EST&initiative=essi&as_of=yesterday")
    settle(still)
    assert still.get_by_role("alert").count()
    still.get_by_role("button", name="Table", exact=True).click()
    settle(still)  # the table comes when it is unfolded, and what comes with it closes a list that is open
    pick = still.get_by_label("Evidence of a mark")
    pick.click()
    still.get_by_role("listbox").wait_for()
    for theme in THEMES:
        lit(still, theme)
        assert not faults(still, OPEN_LIST), theme
    still.keyboard.press("ArrowDown")
    still.keyboard.press("Enter")
    still.get_by_text("Evidence: Estonia").wait_for()
    for theme in THEMES:
        lit(still, theme)
        assert not faults(still), theme
    still.keyboard.press("Escape")
    still.get_by_role("dialog").wait_for(state="detached")
    still.get_by_role("button", name="Share").click()
    still.get_by_role("tab", name="Files").click()
    for theme in THEMES:
        lit(still, theme)
        assert not faults(still), theme


def test_axe_finds_nothing_in_filters_and_downloads(whole, still):
    still.goto(f"{whole}/aid?from=2022-05-01")
    settle(still)
    still.locator("[class*='-filters'] button").click()
    for theme in THEMES:
        lit(still, theme)
        assert not faults(still), theme
    follow(still, "/evidence")
    for part in ("Conflicts", "Downloads"):
        still.get_by_role("radio", name=part).click()
        lit(still, "dark")
        assert not faults(still), part


def test_an_exception_is_told_with_its_thread_and_has_to_occur(still):
    told = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
    assert f"]({OPEN_LIST.thread})" in told
    still.set_content(
        '<html lang="en"><title>One</title><main><h1>One</h1></main><div role="listbox" aria-label="List">'
        '<div role="option">This one</div></div>'
    )
    assert faults(still, OPEN_LIST) == []
    (fault,) = faults(still)
    assert fault.startswith("region: ")
    gone = Known("region", "[role=menu]", OPEN_LIST.thread)
    assert faults(still, OPEN_LIST, gone) == ["no longer there: region in [role=menu]"]


def test_the_summaries_without_scripts_are_as_readable(record, still):
    """Taken from the page as it is served, without the scripts, which would put the live page in their place."""
    served = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    # A summary scrolls within the window, and axe measures no contrast of what is scrolled out of sight.
    still.set_viewport_size({"width": 1280, "height": 3000})
    for page in PAGES.values():
        text = head.render_page(served, record, page(), lead(record, page()), "http://127.0.0.1")
        text = re.sub(r"<script.*?</script>|<link[^>]*>", "", text, flags=re.DOTALL)
        still.set_content(text.replace("noscript>", "div>"))  # what stands there is read without scripts alone
        assert still.get_by_text("The charts need JavaScript").is_visible()
        for theme in THEMES:
            still.emulate_media(color_scheme=theme)
            assert still.evaluate("(it => it.scrollHeight <= it.clientHeight)(document.querySelector('#summary'))")
            headings = still.locator("#summary :is(h1, h2, h3, h4, h5, h6)")
            levels = headings.evaluate_all("those => those.map(one => Number(one.tagName[1]))")
            assert levels.count(1) == 1 and levels[0] <= 2
            assert all(after <= before + 1 for before, after in pairwise(levels)), levels
            assert not faults(still), (page.path, theme)


#: The longest movement that is under way, in milliseconds; that of an expander's height comes to nothing (see the style).
LONGEST = """Math.max(0, ...document.getAnimations().filter(one => one.effect.target.tagName !== 'DETAILS')
    .map(one => one.effect.getComputedTiming().duration))"""


def moved(page: Page, whole: str) -> float:
    """The longest movement while filters open and a page's link is followed."""
    page.goto(f"{whole}/initiatives?view=growth")
    settle(page)
    longest = []
    for act in (page.locator("[class*='-filters'] button"), page.get_by_role("link", name="Timeline").first):
        act.hover()
        act.click()
        longest += [page.evaluate(LONGEST) for _ in range(15)]
    settle(page)
    return max(longest)


def test_nothing_moves_for_those_who_asked_for_less_motion(whole, still, page):
    assert moved(still, whole) <= 1
    assert moved(page, whole) > 50, "this measure sees what moves"


def test_an_expander_opens_at_once_for_those_who_asked_for_less_motion(whole, still):
    still.goto(f"{whole}/initiatives?view=matrix")
    settle(still)
    box = still.locator(".st-key-initiatives-matrix-notes details")
    still.get_by_text("Where sources disagree").click()
    still.wait_for_function("() => document.querySelector('.st-key-initiatives-matrix-notes details').open")
    heights = {box.evaluate("it => it.offsetHeight === it.scrollHeight + 2 * it.clientTop") for _ in range(10)}
    assert heights == {True}
