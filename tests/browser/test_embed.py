"""A view in a frame on a page of another origin: its chart is in sight, or scrolls in a narrow frame; nothing else of the site."""

from __future__ import annotations

import html
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from browser.conftest import FOLLOW, reader, settle, within_view
from two_shields.exhibits.exhibit import TALLEST
from two_shields.exhibits.registry import lead
from two_shields.export import sharing
from two_shields.state.views import AidView, CountryView, InitiativesView, OverviewView, SystemsView, TimelineView
from two_shields.ui.embed import WIDE_FROM

#: Pixels; without a height as high as the snippet says.
SIZES = [(360, 480), (360, 0), (600, 480), (760, 0)]
VIEWS = {
    OverviewView: [{}], InitiativesView: [{}, {"view": "matrix"}, {"view": "growth"}, {"view": "overlap"}],
    AidView: [{}, {"view": "ranking"}, {"view": "monthly"}, {"view": "reported"}],
    SystemsView: [{}, {"view": "matrix"}, {"view": "flows"}, {"view": "reference"}], TimelineView: [{}],
    CountryView: [{"country": "EST"}],
}  # fmt: skip

#: Words of the chart that lie on others, or that its edge cuts: pairs that share more than a quarter of the smaller box.
ON_EACH_OTHER = """() => {
    const chart = document.querySelector('.js-plotly-plot .main-svg'), found = [];
    if (!chart) return found;
    const edge = chart.getBoundingClientRect();
    const lines = [...document.querySelectorAll('.js-plotly-plot .main-svg text')].flatMap(text => {
        const rows = text.querySelectorAll('tspan.line');
        return rows.length ? [...rows] : [text];
    });
    const boxes = lines.map(line => [line.textContent.trim(), line.getBoundingClientRect()])
        .filter(([words, box]) => words && box.width && box.height);
    for (const [words, box] of boxes)
        if (box.left < edge.left - 3 || box.right > edge.right + 3 || box.top < edge.top - 3 || box.bottom > edge.bottom + 3)
            found.push([words, 'the edge']);
    boxes.forEach(([one, a], place) => boxes.slice(place + 1).forEach(([other, b]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const least = Math.min(a.width * a.height, b.width * b.height);
        if (wide > 0 && high > 0 && wide * high > least / 4) found.push([one, other]);
    }));
    return found;
}"""


@pytest.fixture(scope="module")
def elsewhere():
    """Another site: it answers each path with the HTML that stands in `pages`."""
    pages: dict[str, str] = {}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("localhost", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", pages
        server.shutdown()


@pytest.mark.parametrize("page", VIEWS, ids=lambda page: page.path or "overview")
def test_a_frame_shows_the_whole_chart_its_title_its_sources_and_the_way_to_the_page(
    page, whole, browser, elsewhere, record
):
    """The first view of a page is framed by its snippet; the frame goes on to the others."""
    address, pages = elsewhere
    with reader(browser, whole, viewport={"width": 1000, "height": 1000}) as outer:
        for values in VIEWS[page]:
            view = page(**values)
            shown = lead(record, view)
            chart, _ = shown.exhibit.framed(record, view, "light")
            snippet = sharing.embed(shown.frame, whole + view.link(), chart)
            if len(outer.frames) == 1:
                pages["/"] = (
                    f"<!doctype html><title>Elsewhere</title><p>A page of another site.</p><div>{snippet}</div>"
                )
                outer.goto(f"{address}/")
            else:
                outer.frames[1].evaluate(FOLLOW, re.search('src="([^"]+)"', html.unescape(snippet))[1])
            with within_view(view.link()):
                narrow, _ = shown.exhibit.framed(record, view, "light", narrow=True)
                assert_whole(outer, whole, view, shown, chart, narrow, int(re.search('height="([0-9]+)"', snippet)[1]))


def assert_whole(outer, whole, view, shown, chart, narrow, own):
    frame = outer.frames[1]
    frame.locator("h3", has_text=shown.title[:40]).wait_for()
    for width, height in SIZES:
        height = height or own
        outer.locator("iframe").evaluate(
            "(frame, [width, height]) => { frame.parentNode.style.width = `${width}px`; frame.height = height; }", [width, height]
        )  # fmt: skip
        frame.locator(".js-plotly-plot .main-svg, [data-testid=stDataFrame]").first.wait_for()
        settle(frame)
        inner = frame.evaluate(
            """() => {
                const box = selector => { const one = document.querySelector(selector)?.getBoundingClientRect();
                    return one && [one.top, one.bottom, one.left, one.right]; };
                const main = document.querySelector('[data-testid=stMain]');
                const place = document.querySelector('.st-key-embed > :has(.js-plotly-plot, [data-testid=stDataFrame])');
                const shrunk = document.querySelector('.js-plotly-plot')?.getBoundingClientRect().width / place.clientWidth;
                return {chart: box('.st-key-embed > :has(.js-plotly-plot, [data-testid=stDataFrame])'), title: box('h3'),
                    letters: Math.min(...[...document.querySelectorAll('.js-plotly-plot .main-svg text')]
                        .map(text => parseFloat(getComputedStyle(text).fontSize) * shrunk)),
                    hidden: (document.querySelector('.js-plotly-plot .main-svg') ?? place).getBoundingClientRect().bottom
                        - place.getBoundingClientRect().bottom,
                    source: box('.st-key-embed > :last-child p'), scrolls: main.scrollHeight - main.clientHeight};
            }"""
        )
        assert frame.locator("h3").inner_text().replace("\u2060", "") == shown.title
        (title_top, title_end, *_), (top, end, left, right), (source_top, source_end, *_) = (
            inner["title"], inner["chart"], inner["source"],
        )  # fmt: skip
        assert title_top >= 0 and title_end <= top + 1 and end <= source_top + 1 and source_end <= height, inner
        assert left >= 0 and right <= width and end - top > height / 2, inner
        if width < WIDE_FROM and narrow is not None and narrow.layout.height > TALLEST:
            assert inner["letters"] >= 9, inner
        else:
            assert inner["hidden"] <= 1, "the whole chart is in sight"
            assert height != own or chart is None or end - top >= chart.layout.height - 2, (
                "the snippet's frame has room for all"
            )
        assert inner["scrolls"] <= 0
        assert frame.evaluate(ON_EACH_OTHER) == [], (width, height)
        link = frame.get_by_role("link", name="Open the full view")
        assert link.get_attribute("href") == whole + view.link() and link.get_attribute("target") == "_blank"
        assert not frame.locator(
            "[data-testid=stButtonGroup], [data-testid=stExpander], [data-testid=stPageLink]"
        ).count()


def test_the_snippet_has_a_title_and_loads_when_it_is_in_sight(record):
    frame = lead(record, InitiativesView()).frame
    snippet = sharing.embed(frame, "https://shields.example/initiatives", None)
    assert f'title="{frame.title}"' in snippet
    assert 'loading="lazy"' in snippet and 'src="https://shields.example/initiatives?embed=true"' in snippet
