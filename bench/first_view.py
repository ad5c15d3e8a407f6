"""The first view of the Overview over a phone's link, beside a stock Streamlit page with one chart.

Both are opened in turn, each time with an empty cache, over a link of 9 Mbit/s and a round trip of 170 ms, and once
more without it. `python -m bench.first_view` runs it alone; values are medians.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from bench.link import slowed
from bench.ready import ready
from bench.rows import Row

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.conftest import launch, serve, settle  # noqa: E402

RATE, ROUND_TRIP = 9e6 / 8, 0.170
RUNS = 5
PHONE = {"width": 390, "height": 844}
#: As Chrome names itself on every Android phone; by it the server expects a narrow window.
AGENT = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36"
)
#: The moments, in milliseconds since the address was entered: looked for at every frame, so that it has been painted.
WATCH = """(() => {
    const seen = window.firstView = {};
    const looks = {
        finding: () => document.querySelector('#summary h1')?.offsetHeight,
        picture: () => { const one = document.querySelector('#summary img'); return one?.complete && one.naturalWidth },
        // A chart behind the summary is not seen yet, nor is one that Streamlit draws before it knows its width (1.67).
        chart: () => !document.querySelector('#summary') && document.querySelector(
            '.js-plotly-plot:not([style*="visibility: hidden"]) .main-svg :is(.point, .lines, .js-fill)'),
    };
    const look = () => {
        for (const name in looks) if (!(name in seen) && looks[name]()) {
            seen[name] = 0;
            requestAnimationFrame(() => setTimeout(() => { seen[name] = performance.now() }));
        }
        if (!seen.chart) requestAnimationFrame(look);
    };
    look();
})()"""


@dataclass(frozen=True)
class View:
    """One opening: seconds to each moment (None where it never came), bytes that came down, requests."""

    finding: float | None
    picture: float | None
    chart: float
    size: int
    requests: int


@contextmanager
def stock() -> Iterator[int]:
    """The stock app on a server of its own, in a folder without our settings; its port."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "app.py"
        script.write_bytes((ROOT / "bench" / "stock_app.py").read_bytes())
        with serve(script.name, Path(folder)) as address:
            yield _port(address)


@contextmanager
def ours() -> Iterator[int]:
    with serve("server.py") as address:
        yield _port(address)


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


def opened(browser: Browser, port: int, *, slow: bool, path: str = "/") -> View:
    """One opening with an empty cache; the link counts what comes down until the page has settled."""
    with slowed(port, rate=RATE, round_trip=ROUND_TRIP) as link:
        context = browser.new_context(
            viewport=PHONE, user_agent=AGENT, device_scale_factor=2, is_mobile=True, has_touch=True
        )
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(120_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"http://127.0.0.1:{link.port if slow else port}{path}", wait_until="commit")
        page.wait_for_function("() => window.firstView.chart")
        settle(page)
        seen = page.evaluate("window.firstView")
        context.close()
        seconds = {name: milliseconds / 1000 for name, milliseconds in seen.items()}
        return View(seconds.get("finding"), seconds.get("picture"), seconds["chart"], link.down.passed, len(asked))


def measure(runs: int = RUNS) -> list[Row]:
    """Ours and stock in turn. A ratio is ours by stock's time to its first chart, or by its bytes."""
    with ExitStack() as stack:
        ports = {"stock": stack.enter_context(stock()), "ours": stack.enter_context(ours())}
        browser = stack.enter_context(launch(stack.enter_context(sync_playwright())))
        ready(f"http://127.0.0.1:{ports['ours']}")
        for port in ports.values():  # the first reader of a server is not the one that is measured
            opened(browser, port, slow=False)
        views: dict[tuple[str, bool], list[View]] = {}
        for _ in range(runs):
            for slow in (True, False):
                for name, port in ports.items():
                    view = opened(browser, port, slow=slow)
                    print(f"  {name:6}{'slow' if slow else 'free':6}{view}", file=sys.stderr)
                    views.setdefault((name, slow), []).append(view)

    def middle(name: str, slow: bool, what: str) -> float:
        found = [getattr(view, what) for view in views[name, slow]]
        return median(found) if None not in found else float("nan")

    base, size = middle("stock", True, "chart"), middle("stock", True, "size")
    free = middle("stock", False, "chart")
    rows = [Row("Stock page with one chart, slow link: first chart", base, "s", None, None)]
    for what, words, target in (
        ("finding", "readable finding", 0.055),
        ("picture", "picture of the chart", 0.085),
        ("chart", "first live chart", 0.50),
    ):
        value = middle("ours", True, what)
        rows.append(Row(f"Overview, slow link: {words}", value, "s", value / base, target))
    value = middle("ours", True, "size")
    rows += [
        Row("Stock page with one chart: bytes", size / 1e6, "MB", None, None),
        Row("Overview: bytes", value / 1e6, "MB", value / size, 0.31),
        Row("Stock page with one chart: requests", middle("stock", True, "requests"), "", None, None),
        Row("Overview: requests", middle("ours", True, "requests"), "", None, None),
        Row("Stock page with one chart, unthrottled: first chart", free, "s", None, None),
    ]
    value = middle("ours", False, "chart")
    return [*rows, Row("Overview, unthrottled: first live chart", value, "s", value / free, 1.1)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.first_view", description="The first view over a slow link.")
    parser.add_argument("--runs", type=int, default=RUNS)
    for row in measure(parser.parse_args().runs):
        ratio = "" if row.ratio is None else f"  {row.ratio:.2f} of stock (at most {row.target:.2f})"
        print(f"{row.name:55}{row.value:9.2f} {row.unit:3}{ratio}")


if __name__ == "__main__":
    main()
