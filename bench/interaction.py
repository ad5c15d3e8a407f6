"""How long a filter change takes until its chart is redrawn, beside a stock app with one slider and one chart.

Measured in the browser, from the key or click that changes a filter to the last change in the chart before the page
is at rest. Both apps run at the same time on this machine, and their steps alternate; for each of our pages the stock
page is opened anew, too, so that neither browser page has more practice. `first` are views that nobody
has asked this server for, `again` the same views on the way back. What is sent is counted on the line, compressed as it is.

    python -m bench.interaction
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page, TimeoutError, sync_playwright

from bench.link import Link, slowed
from bench.ready import ready
from bench.rows import Row

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.conftest import launch, serve, settle

#: A filter change takes at most so many times as long as the stock app's: at the median of all, and of each.
TARGET, EACH = 1.3, 1.6
#: Kilobytes that a step of time on the map takes at most.
STEP = 20

#: Notes when a filter is changed, and when a chart last changed after that. A chart also changes under the mouse:
#: so the steps below keep the mouse off it.
WATCH = """() => {
    window.changedAt = window.drawnAt = null;
    const changed = event => {
        if (!event.isTrusted) return;
        window.changedAt = performance.now();
        window.drawnAt = null;
    };
    for (const kind of ['click', 'keydown']) addEventListener(kind, changed, true);
    new MutationObserver(records => {
        if (records.some(record => record.target.closest?.('[data-testid="stPlotlyChart"]')
            || [...record.addedNodes].some(node => node.querySelector?.('.js-plotly-plot'))))
            window.drawnAt = performance.now();
    }).observe(document.body, {subtree: true, childList: true, attributes: true});
}"""
TAKEN = """async () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const atRest = () => app.dataset.testScriptState === 'notRunning' && window.drawnAt
        && performance.now() - window.drawnAt > 300;
    const end = performance.now() + 60000;
    while (!atRest() && performance.now() < end) await new Promise(done => setTimeout(done, 10));
    return window.drawnAt ? window.drawnAt - window.changedAt : null;
}"""


def settled(page: Page) -> None:
    """As `settle`, on a machine that others use too."""
    for _ in range(4):
        try:
            return settle(page)
        except TimeoutError:
            continue
    return settle(page)


@dataclass
class Opened:
    """A page under the clock, and the line over which its server sends."""

    page: Page
    line: Link

    @classmethod
    def at(cls, browser: Browser, line: Link, address: str) -> Opened:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(30_000)
        opened = cls(context.new_page(), line)
        opened.page.goto(f"http://127.0.0.1:{line.port}{address}")
        settled(opened.page)
        if "stage=" in address:  # the only filter that stands behind a button
            opened.page.locator("[class*='-filters'] button").click()
            settled(opened.page)
        opened.page.evaluate(WATCH)
        return opened

    def timed(self, step: Callable[[Page], None]) -> tuple[float, int]:
        """Milliseconds until the chart is redrawn after the step, and the bytes that came with it."""
        before = self.line.down.passed
        step(self.page)
        taken = self.page.evaluate(TAKEN)
        if taken is None:
            raise RuntimeError(f"The chart of {self.page.url} did not change")
        return taken, self.line.down.passed - before


def button(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def choose(label: str, option: str) -> Callable[[Page], None]:
    """One more option of a multiselect; the clock starts at the last key."""

    def step(page: Page) -> None:
        box = page.get_by_role("combobox", name=label)
        box.fill(option)
        box.press("Enter")

    return step


def _drop(label: str) -> Callable[[Page], None]:
    """The last option of a multiselect less."""

    def step(page: Page) -> None:
        box = page.get_by_role("combobox", name=label)
        box.focus()
        box.press("Backspace")

    return step


Step = Callable[[Page], None]


@dataclass(frozen=True)
class Change:
    """A filter of a page: how to change it to views not seen before, and back again."""

    name: str
    address: str
    there: tuple[Step, ...]
    back: Step

    def steps(self) -> Iterator[tuple[str, Step]]:
        yield from (("first", step) for step in self.there)
        # The last step back would be to the view that the page was opened with.
        yield from (("again", self.back) for _ in self.there[1:])


def _many(label: str, options: str) -> tuple[Step, ...]:
    return tuple(choose(label, option) for option in options.split(", "))


EARLIER = (button("Earlier"),) * 7
CHANGES = (
    Change("Initiatives, as of: one step", "/initiatives", EARLIER, button("Later")),
    Change("Initiatives growth, as of: one step", "/initiatives?view=growth", EARLIER, button("Later")),
    Change("Overview, as of: one step", "/", EARLIER, button("Later")),
    Change(
        "Aid, one more donor",
        "/aid?donor=FRA",
        _many("Donors", "Germany, Poland, Italy, Spain, Denmark, Sweden, Norway"),
        _drop("Donors"),
    ),
    Change(
        "Systems, one more stage",
        "/systems?stage=contracted",
        _many("Stages", "in service, delivered, wanted, chosen, intended"),
        _drop("Stages"),
    ),
    Change(
        "Timeline, one more topic",
        "/timeline?topic=aid",
        _many("Topics", "delivery, diplomacy, membership, procurement, production"),
        _drop("Topics"),
    ),
)


@contextmanager
def on_page(browser: Browser, line: Link, address: str) -> Iterator[Opened]:
    opened = Opened.at(browser, line, address)
    yield opened
    opened.page.context.close()


@contextmanager
def on_stock_page(browser: Browser, line: Link) -> Iterator[tuple[Opened, Locator]]:
    """The stock app and its slider, which has the keyboard's focus."""
    with on_page(browser, line, "/") as opened:
        slider = opened.page.get_by_role("slider")
        slider.focus()
        yield opened, slider


def measure() -> list[Row]:
    """Medians for the stock app, for every filter, and over all of them."""
    stock_times: list[float] = []
    times: dict[str, dict[str, list[float]]] = {}
    sent: dict[str, list[int]] = defaultdict(list)
    with ExitStack() as stack:
        # In a folder of its own, or it would have our settings.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copy(Path(__file__).with_name("stock_slider_app.py"), folder)
        servers = stack.enter_context(serve("server.py")), stack.enter_context(serve("stock_slider_app.py", folder))
        ours, stock = (  # as fast as this machine: they only count
            stack.enter_context(slowed(int(server.rpartition(":")[2]), rate=1e12, round_trip=0)) for server in servers
        )
        browser = stack.enter_context(launch(stack.enter_context(sync_playwright())))
        ready(servers[0])
        # The first steps of a new server are its slowest: the stock app's server has those behind it, too.
        with on_stock_page(browser, stock) as (other, slider):
            for key in ("ArrowRight", "ArrowLeft") * 3:
                other.timed(lambda page, key=key: slider.press(key))
        for change in CHANGES:
            times[change.name] = {"first": [], "again": []}
            # Both pages are new: what a browser has done often it does faster.
            with on_page(browser, ours, change.address) as opened, on_stock_page(browser, stock) as (other, slider):
                for place, (kind, step) in enumerate(change.steps()):
                    taken, received = opened.timed(step)
                    times[change.name][kind].append(taken)
                    sent[change.name].append(received)
                    key = "ArrowRight" if place % 4 < 2 else "ArrowLeft"
                    taken, received = other.timed(lambda page, key=key: slider.press(key))
                    stock_times.append(taken)
                    sent["Stock app, one step of its slider"].append(received)
    base = median(stock_times)
    rows = [Row(f"Stock app, one step of its slider (n={len(stock_times)})", base, "ms", 1.0, None)]
    for kind in ("first", "again"):
        whole = [taken for kinds in times.values() for taken in kinds[kind]]
        rows.append(
            Row(f"Filter change, {kind} time (n={len(whole)})", median(whole), "ms", median(whole) / base, TARGET)
        )
    everything = [taken for kinds in times.values() for list_ in kinds.values() for taken in list_]
    rows.append(
        Row(f"Filter change (n={len(everything)})", median(everything), "ms", median(everything) / base, TARGET)
    )
    for name, kinds in times.items():
        rows += [
            Row(f"{name}, {kind} time", median(taken), "ms", median(taken) / base, EACH)
            for kind, taken in kinds.items()
        ]
    rows += [
        Row(f"{name}: sent", median(numbers) / 1000, "kB", None, STEP if "as of" in name else None)
        for name, numbers in sent.items()
    ]
    return rows


if __name__ == "__main__":
    for row in measure():
        print(row, flush=True)
