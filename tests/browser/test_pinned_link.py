"""A pinned link in a browser. All links of `golden/links.txt` are opened without one in `test_web_links.py`."""

from browser.conftest import reader
from two_shields.exhibits.registry import lead
from two_shields.export import since
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView


def test_a_pinned_link_shows_the_numbers_of_its_version_and_what_changed_since(browser, whole, record):
    first = Record.of_version("2026-11-20-bf1662be")
    view = InitiativesView(view="matrix", data=first.data_version)
    then, now = lead(first, view), lead(record, view.replace(data=None))
    assert "nine in the Mistral purchase, five bound by a signature" in then.title and then.title != now.title
    with reader(browser, whole) as live:
        live.goto(whole + view.link(), wait_until="commit")
        main = live.get_by_test_id("stMain")
        main.locator("h3").get_by_text(then.title, exact=True).wait_for()
        main.get_by_label(then.frame.alt, exact=True).wait_for()
        main.get_by_text(f"{since.since(first, record, view).sentence}: show them").click()
        main.get_by_text(f"Finding then: {then.title}").wait_for()
        main.get_by_text(f"Now: {now.title}").wait_for()
        assert live.url == whole + view.link() and not live.console_errors
