"""A running dashboard and a browser. Every test in this folder is marked `browser`.

    def test_a_link_opens_its_view(whole, page):
        page.goto(f"{whole}/initiatives?view=growth")
        settle(page)
        ...
        assert not page.console_errors
        assert not page.foreign_requests

`settle` comes from here: `from browser.conftest import settle`.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    WebSocket,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]

SERVER_STARTS_WITHIN = 60  # seconds
SETTLES_WITHIN = 60  # seconds; a busy machine needs most of them
QUIET_FOR = 400  # milliseconds
expect.set_options(timeout=1000 * SETTLES_WITHIN)

#: What may be missing: on a subpage Streamlit's own script first asks for its probes below the page's address, then at the
#: root; and a busy server has no picture of a chart in time, and the summary does without.
MAY_BE_404 = re.compile(r"/[a-z]+/_stcore/(health|host-config)|/preview/[a-z]+\.chart\.webp")

#: Keeps what the security policy stopped, from the first script on.
LISTEN = """window.stopped = [];
document.addEventListener('securitypolicyviolation', one =>
    window.stopped.push(`${one.effectiveDirective}: ${one.blockedURI.slice(0, 60)} (${one.sourceFile})`));"""

#: What a browser does on Back and Forward.
FOLLOW = "link => { history.pushState({}, '', link); dispatchEvent(new PopStateEvent('popstate')); }"

DESK = {"width": 1280, "height": 900}
#: The browser's context for each kind of reader.
KINDS: dict[str, BrowserContext] = {}

#: What only a screen can use. `test_print.py` sees to it that these are names of Streamlit's.
CONTROLS = (
    "stHeader", "stButtonGroup", "stPopover", "stPageLink", "stSelectbox", "stExpander", "stDataFrame",
    "stMultiSelect", "stTooltipIcon", "stSkipToContent", "stTextInput", "stSlider", "stButton", "stDownloadButton",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright, "--process-per-site") as started:
        yield started


@pytest.fixture
def page(browser: Browser, whole: str) -> Iterator[Page]:
    """A page of its own, which keeps what went wrong: `console_errors` and `foreign_requests`, both lists of text."""
    with reader(browser, whole) as opened:
        yield opened


@contextmanager
def reader(
    browser: Browser, address: str, viewport=DESK, color_scheme=None, reduced_motion=None, **kind
) -> Iterator[Page]:
    """A page like `page`, of another server or of a reader who has it otherwise.

    It is a tab beside the one of the test before, in one process: the scripts are compiled once, which is more than half
    of what a page costs a browser.
    """
    context = KINDS.get(key := str(kind))
    if context is None:
        context = KINDS[key] = browser.new_context(**{"locale": "en-GB", "timezone_id": "Europe/Paris"} | kind)
        context.before = None
    page = watch(context.new_page(), address)
    page.set_default_timeout(SETTLES_WITHIN * 1000)
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
    try:
        yield page
    finally:
        if context.before:
            context.before.close()
        context.before = page


def settle(page: Page) -> None:
    """Wait until the script has run, has stayed quiet for a while, and every chart in sight is drawn: in the form and the width that fit."""
    page.evaluate("window.quietSince = null")
    page.wait_for_function(
        """quietFor => {
            const app = document.querySelector('[data-testid="stApp"]');
            const drawn = (svg, chart) => svg && svg.clientWidth <= chart.clientWidth + 1;
            const shown = selector => [...document.querySelectorAll(selector)].filter(one => one.offsetParent);
            const quiet = app
                && app.dataset.testConnectionState === 'CONNECTED'
                && app.dataset.testScriptState === 'notRunning'
                && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')
                && !shown('[data-testid="stSkeleton"]').length
                && (!document.querySelector('.st-key-window') || document.querySelector('[data-form="fits"]'))
                && shown('[data-testid="stPlotlyChart"]').every(chart => drawn(chart.querySelector('.main-svg'), chart));
            window.quietSince = quiet ? window.quietSince ?? performance.now() : null;
            return quiet && performance.now() - window.quietSince >= quietFor;
        }""",
        arg=QUIET_FOR,
        polling=50,
        timeout=SETTLES_WITHIN * 1000,
    )


def follow(page: Page, link: str) -> None:
    """Go to another link of the site as Back and Forward do: the browser's seconds of work for a page are saved."""
    page.evaluate(FOLLOW, link)
    printed = page.locator("[class*='st-key-paper']").get_by_text(f"{page.url} · data version")
    printed.first.wait_for(state="attached")  # the address for paper is of the view that the server has understood
    settle(page)


#: The theme that a chart's plain words are written for; blank where the page has no chart.
INK = """() => {
    const inks = [...document.querySelectorAll('.main-svg text')].map(it => getComputedStyle(it).fill);
    return inks.includes('rgb(28, 39, 51)') ? 'light' : inks.includes('rgb(230, 235, 241)') ? 'dark' : '';
}"""


def lit(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.mouse.move(0, 0)
    settle(page)
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == theme
    assert page.evaluate(INK) in ("", theme), "the charts keep the letters of the other theme"


@contextmanager
def within_view(link: str) -> Iterator[None]:
    """What fails in it says in which view. A test that runs once more has no subtests: those that failed would stay failed."""
    try:
        yield
    except Exception as fault:
        fault.add_note(f"in the view {link}")
        raise


def at_rest(page: Page, measure: Callable[[], list[str]]) -> list[str]:
    """What is wrong by a measure. A busy machine changes a page part by part: what is found is looked for once more
    when all is drawn."""
    if not measure():
        return []
    if page.get_by_test_id("stApp").count():
        settle(page)
    return measure()


def watch(page: Page, address: str) -> Page:
    """Keep a page's errors, and what it asks of any other host."""
    own = urlsplit(address).netloc
    page.console_errors, page.foreign_requests = [], []

    def on_console(message: ConsoleMessage) -> None:
        place = urlsplit(message.location.get("url", ""))
        is_no_fault = place.netloc == own and MAY_BE_404.fullmatch(place.path) and " 404 " in message.text
        if message.type == "error" and not is_no_fault:
            page.console_errors.append(f"{message.text} ({place.geturl()})")

    def on_request(request: Request | WebSocket) -> None:
        place = urlsplit(request.url)
        if place.scheme not in ("data", "blob", "about") and place.netloc != own:
            page.foreign_requests.append(request.url)

    page.on("console", on_console)
    page.on("pageerror", lambda error: page.console_errors.append(f"{error.name}: {error.message}"))
    page.on("request", on_request)
    page.on("websocket", on_request)
    return page


@contextmanager
def launch(playwright: Playwright, *further: str) -> Iterator[Browser]:
    """Chromium from this machine, or Playwright's own. It resolves no name but this machine's: as if unplugged."""
    arguments = [
        *further,
        "--disable-background-networking",
        "--disable-component-update",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
    try:
        yield browser
    finally:
        browser.close()


def chromium() -> str | None:
    """The path of this machine's Chromium, or None for Playwright's own."""
    return shutil.which("chromium") or shutil.which("chromium", path="/usr/bin")


@contextmanager
def serve(script: str = "app.py", root: Path = ROOT, **around: str) -> Iterator[str]:
    """Run a script of a folder on a free port, in a process group of its own; its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    command = [sys.executable, "-m", "streamlit", "run", script, *(f"--{name}={options[name]}" for name in options)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, cwd=root, env=around | os.environ, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            wait_for(server, f"{address}/_stcore/health", log)
            yield address
        finally:
            stop(server)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(server: subprocess.Popen, address: str, log) -> None:
    end = time.monotonic() + SERVER_STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"The dashboard did not start. Its last words:\n{log.read()[-2000:]}")


def stop(server: subprocess.Popen) -> None:
    """End the server and whatever it started."""
    for end in (signal.SIGTERM, signal.SIGKILL):
        if server.poll() is None:
            os.killpg(server.pid, end)
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                continue
