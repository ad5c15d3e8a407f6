"""Every golden link in a browser: the live page shows, as a heading, the title that its HTML carries.

Only the headings are waited for, not the charts: these are many links, and charts have tests of their own.
"""

import re

import pytest
from test_web_links import LINKS
from web_client import serve_whole

from browser.conftest import SETTLES_WITHIN, watch

#: Where the page says its finding in a box and not in a heading: what the box says.
IN_A_BOX = {
    "/country?country=BIH": "Bosnia and Herzegovina is on the map, and so far the record says nothing about it.",
    "/country?country=BIH&evidence=articles": "Bosnia and Herzegovina is on the map, and so far the five articles say nothing about it.",
    "/evidence?claim=mistral-letter-p1a": "Belgium, Cyprus, Estonia, France and Hungary have put their names to a letter",
}


@pytest.fixture(scope="module")
def live(browser):
    """One page for all links, as a reader who opens one after the other has it."""
    with serve_whole() as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(SETTLES_WITHIN * 1000)
        page = watch(context.new_page(), address)
        page.address = address
        yield page
        context.close()


@pytest.mark.parametrize(("link", "title"), LINKS, ids=[link for link, _ in LINKS])
def test_the_live_page_of_a_link_shows_its_title(live, link, title):
    live.goto(live.address + link, wait_until="commit")
    main = live.get_by_test_id("stMain")
    if link in IN_A_BOX:
        main.get_by_text(IN_A_BOX[link]).first.wait_for()
    else:
        pattern = "^" + ".*".join(map(re.escape, title.split("*"))) + "$"
        main.locator("h3").filter(has_text=re.compile(pattern)).first.wait_for()
    assert live.url == live.address + link
    assert live.get_by_test_id("stAlert").filter(has_text="left out").count() == 0
    assert not live.console_errors
