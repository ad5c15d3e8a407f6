"""The pages under `server.py`: the summary is there at once, and the live page takes its place without a fault."""

import re

import pytest

from browser.conftest import reader, settle
from two_shields.web import preload_hints


@pytest.fixture
def opened(browser, whole):
    """A page that watches the whole server; `failures` are its answers of 400 and above."""
    with reader(browser, whole) as page:
        page.failures = []
        page.on("response", lambda answer: answer.status >= 400 and page.failures.append((answer.status, answer.url)))
        yield page


@pytest.mark.parametrize("path", preload_hints.ELEMENTS)
def test_the_live_page_replaces_its_summary_says_the_same_and_fetches_what_was_hinted_at(path, opened, whole):
    fetched = []
    opened.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    html = opened.goto(f"{whole}/{path}", wait_until="commit").text()
    finding = opened.locator("#summary h1").inner_text()
    settle(opened)
    assert opened.locator("#summary").count() == 0
    assert finding in opened.locator('[data-testid="stMain"]').inner_text()
    assert not opened.console_errors and not opened.foreign_requests
    # Streamlit's own probes below the page's address included: the head says where the server is.
    assert not opened.failures
    chunks = {name for name in fetched if name.endswith(".js")} - {"window.js"}
    assert chunks - set(re.findall(r"static/js/([\w.~-]+\.js)", html)) == set(), "a round trip or two later than hinted"
    shown = opened.evaluate("[...document.querySelectorAll('[data-testid]')].map(one => one.dataset.testid)")
    missing = [
        element
        for element in (*preload_hints.EVERYWHERE, *preload_hints.ELEMENTS[path])
        if not any(one.lower().startswith(f"st{element}".lower()) for one in shown)
    ]
    assert not missing, "fetched in vain"


def test_without_scripts_a_page_can_be_read_and_left(browser, whole):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{whole}/aid?view=reported")
    assert page.locator("h1").inner_text().startswith("Published totals of aid to Ukraine from France")
    assert page.locator("#summary tbody tr").count() == 8
    page.locator("#summary nav a", has_text="Timeline").click()
    assert page.url == f"{whole}/timeline"
    assert page.locator("h1").inner_text().startswith("Germany announces the Sky Shield")
    context.close()
