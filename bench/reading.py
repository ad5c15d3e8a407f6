"""A mark's evidence and the way to another page, beside the stock app's step; and play, for a reader who is far away.

python -m bench.reading
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from bench.interaction import Opened, button, choose, on_page, on_stock_page, settled
from bench.link import slowed
from bench.ready import ready
from bench.rows import Row

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.conftest import launch, serve

#: At most so many times the stock app's step.
EVIDENCE, PAGE = 1.3, 1.5
NAMES = ("Estonia", "France", "Poland", "Germany", "Italy", "Latvia")
PAGES = (("Aid", "aid-cumulative"), ("Timeline", "timeline"), ("Initiatives", "initiatives-map")) * 2
#: Seconds of the round trip to a reader who lets time play, and between two stops at most: two are sent a second.
FAR, STOP = 0.170, 0.75
#: Notes when the day under the map changes, in milliseconds.
STOPS = """() => {
    window.stops = [];
    let last = "";
    new MutationObserver(() => {
        const day = document.querySelector(".st-key-scrubber strong")?.innerText;
        if (day && day !== last) { last = day; window.stops.push(performance.now()); }
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
#: Notes when something is first on the page.
SEEN = """selector => {
    window.seenAt = null;
    const look = () => { document.querySelector(selector) ? window.seenAt = performance.now() : requestAnimationFrame(look) };
    look();
}"""


def _until(opened: Opened, step: Callable[[Page], None], selector: str) -> float:
    """Milliseconds from a click or key until something is on the page."""
    opened.page.evaluate(SEEN, selector)
    step(opened.page)
    opened.page.wait_for_function("() => window.seenAt")
    taken = opened.page.evaluate("() => window.seenAt - window.changedAt")
    settled(opened.page)
    return taken


def _evidence(opened: Opened, name: str) -> float:
    taken = _until(opened, choose("Evidence of a mark", name), '[data-testid="stDialog"] h2')
    opened.page.keyboard.press("Escape")
    settled(opened.page)
    return taken


def _turn(opened: Opened, name: str, chart: str) -> float:
    link = opened.page.get_by_test_id("stPageLink").get_by_text(name, exact=True).first
    return _until(opened, lambda _: link.click(), f".st-key-{chart}-chart .main-svg")


def _between_stops(opened: Opened) -> list[float]:
    """Seconds between the stops of a whole play, from the second on: the first waits for the press of the button."""
    page = opened.page
    page.evaluate(STOPS)
    button("Play")(page)
    page.get_by_role("button", name="Pause").wait_for()
    page.get_by_role("button", name="Play").wait_for(timeout=120_000)
    stops = page.evaluate("window.stops")
    return [(later - stop) / 1000 for stop, later in pairwise(stops[1:])]


def measure() -> list[Row]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copy(Path(__file__).with_name("stock_slider_app.py"), folder)
        servers = stack.enter_context(serve("server.py")), stack.enter_context(serve("stock_slider_app.py", folder))
        ports = [int(server.rpartition(":")[2]) for server in servers]
        ours, stock = (stack.enter_context(slowed(port, rate=1e12, round_trip=0)) for port in ports)
        browser = stack.enter_context(launch(stack.enter_context(sync_playwright())))
        ready(servers[0])
        with on_stock_page(browser, stock) as (other, slider):
            steps = [other.timed(lambda _: slider.press("ArrowRight"))[0] for _ in range(12)]
        base = median(steps[4:])  # the first steps of a new server are its slowest
        with on_page(browser, ours, "/initiatives") as opened:
            evidence = median(_evidence(opened, name) for name in NAMES)
            turned = median(_turn(opened, *page) for page in PAGES)
        far = stack.enter_context(slowed(ports[0], rate=1e12, round_trip=FAR))
        with on_page(browser, far, "/initiatives") as opened:
            gaps = _between_stops(opened)
    return [
        Row("A mark's evidence", evidence, "ms", evidence / base, EVIDENCE),
        Row("Page to page, until its chart is there", turned, "ms", turned / base, PAGE),
        Row(f"Play at a round trip of 170 ms, between two stops (n={len(gaps)})", median(gaps), "s", None, STOP),
        Row("Play at a round trip of 170 ms, the longest gap", max(gaps), "s", None, 2 * STOP),
    ]


if __name__ == "__main__":
    for row in measure():
        print(row)
