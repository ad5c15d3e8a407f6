"""The security policy in a browser: what readers do stays within it, nothing that is injected runs, strangers do not frame.

That every view lives within it is seen in `test_every_view.py`.
"""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from browser.conftest import LISTEN, follow, reader, serve, settle


@pytest.fixture
def opened(browser, whole):
    """A page that keeps what the policy stops, in `window.stopped`."""
    with reader(browser, whole, color_scheme="dark") as page:
        page.add_init_script(LISTEN)
        yield page


def within(page: Page) -> None:
    assert page.evaluate("window.stopped") == []
    assert page.console_errors == []


def test_what_a_reader_does_stays_within_the_policy(opened, whole):
    opened.goto(f"{whole}/aid?view=reported")
    settle(opened)
    opened.get_by_role("button", name="Share").click()
    for tab in ("Cite", "Embed", "Files"):
        opened.get_by_role("tab", name=tab).click()
    with opened.expect_download() as waiting:
        opened.get_by_role("button", name="CSV", exact=True).click()
    assert len(waiting.value.path().read_text("utf-8").splitlines()) > 3
    opened.keyboard.press("Escape")
    opened.get_by_role("link", name="Systems").first.click()
    opened.wait_for_url("**/systems*")
    settle(opened)
    within(opened)

    follow(opened, "/initiatives?view=matrix")
    opened.get_by_role("button", name="Table", exact=True).click()
    settle(opened)
    grid = opened.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    opened.mouse.click(box["x"] + 12, box["y"] + 60)
    settle(opened)
    assert opened.get_by_role("dialog").inner_text().startswith("Evidence: ")
    opened.keyboard.press("Escape")
    opened.get_by_role("dialog").wait_for(state="detached")
    settle(opened)
    opened.mouse.move(box["x"] + 80, box["y"] + 15)
    for name in ("Search", "Fullscreen"):
        opened.get_by_test_id("stElementToolbar").first.get_by_role("button", name=name).click(force=True)
    within(opened)


INJECTIONS = {
    "inline": "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))",
    "handler": "document.body.insertAdjacentHTML('beforeend', '<img src=\"x:\" onerror=\"window.ran = 1\">')",
    "link": "(() => { const a = Object.assign(document.createElement('a'), {href: 'javascript:window.ran = 1'});"
    " document.body.append(a); a.click(); })()",
    "data": "document.head.append(Object.assign(document.createElement('script'), {src: 'data:,window.ran = 1'}))",
    "elsewhere": "document.head.append(Object.assign(document.createElement('script'),"
    " {src: 'http://localhost:9/evil.js', onload: () => {}}))",
    "base": "(() => { const old = document.baseURI; document.head.append(Object.assign(document.createElement('base'),"
    " {href: 'http://localhost:9/'})); if (document.baseURI !== old) window.ran = 1; })()",
}


def test_what_is_injected_does_not_run_and_the_page_cannot_make_scripts_of_text(opened, whole):
    opened.goto(f"{whole}/timeline", wait_until="domcontentloaded")
    for kind, injection in INJECTIONS.items():
        opened.evaluate(f"window.stopped = []; {injection}")
        opened.wait_for_function("() => window.stopped.length > 0 || window.ran")
        assert opened.evaluate("window.ran") is None, kind
        assert opened.evaluate("window.stopped[0]").startswith(("script-src", "base-uri", "img-src")), kind
    # Later, by a timer of the page's own: what a test evaluates at once is above any policy.
    opened.evaluate("window.stopped = []; setTimeout(() => eval('window.ran = 1'), 0) && null")
    opened.wait_for_function("() => window.stopped.length > 0 || window.ran")
    assert opened.evaluate("window.ran") is None
    assert opened.evaluate("window.stopped[0]").startswith("script-src: eval")


def test_a_file_that_is_opened_by_itself_is_shown(opened, whole):
    opened.goto(f"{whole}/preview/country.png?country=FRA")
    assert opened.evaluate("document.images[0].naturalWidth") == 1200
    assert opened.evaluate("window.stopped") == []
    opened.goto(f"{whole}/data/countries.json")
    assert "France" in opened.locator("body").inner_text()
    assert opened.evaluate("window.stopped") == []


@pytest.fixture
def stranger(whole):
    """The address of a page of another site that frames the address in its query."""

    class Framing(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            address = self.path.partition("?")[2]
            self.wfile.write(f'<iframe src="{whole}{address}" width="1200" height="800"></iframe>'.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Framing)
    threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def framed(page: Page, stranger: str, address: str):
    page.goto(f"{stranger}/?{address}")
    return page.frames[1]


def test_another_site_embeds_a_view_that_asks_for_it_and_the_view_stays_open(opened, stranger, whole):
    frame = framed(opened, stranger, "/aid?embed=true&view=reported")
    frame.get_by_test_id("stPlotlyChart").locator(".main-svg").first.wait_for()
    assert frame.evaluate("window.stopped") == []
    # The way out of the frame is a page of its own, as the rest of the site is not to be framed.
    way = frame.get_by_role("link", name="Open the full view")
    assert (way.get_attribute("href"), way.get_attribute("target")) == (f"{whole}/aid?view=reported", "_blank")
    with opened.context.expect_page() as waiting:
        way.click()
    waiting.value.get_by_test_id("stPlotlyChart").locator(".main-svg").first.wait_for()
    assert waiting.value.url == f"{whole}/aid?view=reported"
    waiting.value.close()
    frame.evaluate("location.reload()")
    frame.get_by_test_id("stPlotlyChart").locator(".main-svg").first.wait_for()


def test_another_site_does_not_frame_the_rest(opened, stranger):
    frame = framed(opened, stranger, "/aid")
    opened.wait_for_function("() => document.querySelector('iframe')")
    opened.wait_for_timeout(500)
    assert frame.url.startswith("chrome-error:") or not frame.get_by_test_id("stApp").count()
    assert any("frame-ancestors" in error or "X-Frame" in error for error in opened.console_errors)


def test_a_page_that_fails_says_nothing_of_its_code(browser, tmp_path):
    script = tmp_path / "failing.py"
    script.write_text('import streamlit as st\nst.write("begun")\nraise KeyError("the secret is 4711")\n', "utf-8")
    with serve(str(script)) as address, reader(browser, address) as page:
        page.goto(address)
        page.get_by_test_id("stException").wait_for()
        shown = page.get_by_test_id("stApp").inner_text()
    assert "begun" in shown
    assert not re.search(r"Traceback|KeyError|4711|failing\.py|line \d", shown)
    assert not re.search(r"Google|ChatGPT", shown)
