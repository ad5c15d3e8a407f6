"""A golden link of each page in a browser: the live page shows, as a heading, the title that its HTML carries.

All of them are opened without a browser in `test_web_links.py`; a page that reads its address reads every link alike.
"""

import re
from urllib.parse import urlsplit

import pytest
from test_web_links import LINKS

from browser.conftest import SETTLES_WITHIN, watch
from two_shields.exhibits.registry import lead
from two_shields.export import since
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView

#: The last link of each page: the one with a claim alone says its finding in a box.
OF_EACH_PAGE = {urlsplit(link).path: (link, title) for link, title in LINKS if "claim=" not in link}


@pytest.fixture(scope="module")
def live(browser, whole):
    """One page for all links, as a reader who opens one after the other has it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(SETTLES_WITHIN * 1000)
    page = watch(context.new_page(), whole)
    page.address = whole
    yield page
    context.close()


@pytest.mark.parametrize(("link", "title"), OF_EACH_PAGE.values(), ids=OF_EACH_PAGE)
def test_the_live_page_of_a_link_shows_its_title(live, link, title):
    live.goto(live.address + link, wait_until="commit")
    pattern = "^" + ".*".join(map(re.escape, title.split("*"))) + "$"
    live.get_by_test_id("stMain").locator("h1, h3, .st-key-stands p").filter(
        has_text=re.compile(pattern)
    ).first.wait_for()
    assert live.url == live.address + link
    assert live.get_by_test_id("stAlert").filter(has_text="left out").count() == 0
    assert not live.console_errors


def test_a_pinned_link_shows_the_numbers_of_its_version_and_what_changed_since(live, record):
    first = Record.of_version("2026-11-20-bf1662be")
    view = InitiativesView(view="matrix", data=first.data_version)
    then, now = lead(first, view), lead(record, view.replace(data=None))
    assert "nine in the Mistral purchase, five bound by a signature" in then.title and then.title != now.title
    live.goto(live.address + view.link(), wait_until="commit")
    main = live.get_by_test_id("stMain")
    main.locator("h3").get_by_text(then.title, exact=True).wait_for()
    main.get_by_label(then.frame.alt, exact=True).wait_for()
    main.get_by_text(f"{since.since(first, record, view).sentence}: show them").click()
    main.get_by_text(f"Finding then: {then.title}").wait_for()
    main.get_by_text(f"Now: {now.title}").wait_for()
    assert live.url == live.address + view.link() and not live.console_errors
