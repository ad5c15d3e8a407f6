"""A phone in the hand: swipes scroll, taps choose the mark tapped, two fingers zoom."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import follow, reader, settle, within_view
from two_shields.state.views import PAGES

CHART = '[data-testid="stPlotlyChart"] .js-plotly-plot'

#: Every view with a chart, by page.
CHARTS = {
    "/": ["/"],
    "/initiatives": [
        "/initiatives", "/initiatives?view=matrix", "/initiatives?view=growth", "/initiatives?view=overlap"],
    "/aid": ["/aid", "/aid?view=ranking", "/aid?view=monthly", "/aid?view=reported"],
    "/systems": ["/systems", "/systems?view=flows", "/systems?view=matrix"],
    "/timeline": ["/timeline"],
    "/country": ["/country?country=EST"],
}  # fmt: skip

#: Marks of a chart, as they stand on the screen: `[mark, x, y]`.
MARKS = """number => {
    const gd = document.querySelectorAll('[data-testid="stPlotlyChart"] .js-plotly-plot')[number];
    const main = document.querySelector('[data-testid=stMain]');
    main.scrollTop = 0;
    main.scrollTop = Math.max(0, gd.getBoundingClientRect().y - 120);
    const axis = id => gd._fullLayout[id[0] + 'axis' + id.slice(1)];
    const box = gd.getBoundingClientRect(), found = [];
    for (const points of gd.calcdata) {
        const trace = points[0] && points[0].trace;
        if (!trace || !trace.customdata || trace.mode === 'lines' || trace.hoverinfo === 'skip') continue;
        const [x, y] = [axis(trace.xaxis), axis(trace.yaxis)];
        points.forEach((point, index) => {
            const datum = trace.customdata[index];
            const mark = Array.isArray(datum) ? datum[0] : datum;
            const [px, py] = trace.type === 'bar'
                ? (trace.orientation === 'h' ? [x.c2p(point.b + point.s / 2), y.c2p(point.p)] : [x.c2p(point.p), y.c2p(point.b + point.s / 2)])
                : [x.c2p(point.x), y.c2p(point.y)];
            if (mark && px >= 0 && py >= 0 && px <= x._length && py <= y._length)
                found.push([mark, box.x + x._offset + px, box.y + y._offset + py]);
        });
    }
    const inSight = ([, x, y]) => x > 10 && x < 380 && y > 80 && y < 800 && document.elementFromPoint(x, y)?.closest('.js-plotly-plot') === gd;
    return found.filter(inSight);
}"""


@pytest.fixture
def phone(browser: Browser, whole: str):
    """A page of the whole server, with its content security policy."""
    with reader(
        browser, whole, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=2,
        user_agent="Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
    ) as page:  # fmt: skip
        yield page


def marked(page: Page) -> str | None:
    """The mark that the address names, without the name of its exhibit."""
    (mark,) = parse_qs(urlsplit(page.url).query).get("mark", [None])
    return mark and mark.rpartition(":")[2]


def under(x: float, y: float, marks: list) -> set[str]:
    """The marks that a thumb there may mean: on a dense line several."""
    return {mark for mark, left, top in marks if abs(left - x) < 12 and abs(top - y) < 12}


def scrolled(page: Page) -> float:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


def touch(page: Page, *steps: list[tuple[float, float]]) -> None:
    """Fingers on the glass: where they are set down, where they go, and off again."""
    session = page.context.new_cdp_session(page)
    for kind, fingers in zip(["touchStart", *["touchMove"] * (len(steps) - 1)], steps, strict=True):
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(16)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(100)


def brought_up(page: Page, selector: str, number: int = 0) -> tuple[float, float]:
    """A place on an element, after the page was scrolled so that it stands in the middle of the screen."""
    return page.evaluate(
        """([selector, number]) => {
            const main = document.querySelector('[data-testid=stMain]'), one = document.querySelectorAll(selector)[number];
            main.scrollTop = 0;
            main.scrollTop = Math.max(0, one.getBoundingClientRect().y - 380);
            const box = one.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 60)];
        }""",
        [selector, number],
    )


def swipe(page: Page, selector: str, number: int = 0, distance: int = 300) -> float:
    """How far the page moves under a swipe that starts on an element."""
    x, y = brought_up(page, selector, number)
    before = scrolled(page)
    touch(page, *([(x, y - distance * min(step, 12) / 12)] for step in range(20)))  # it rests at the end: no fling
    return scrolled(page) - before


def assert_swipes(page: Page) -> None:
    beside = swipe(page, '[data-testid="stMain"] :is(h2, h3):not(.st-key-question *)')
    assert beside > 100, "the page has room to move"
    for number in range(page.locator(CHART).count()):
        assert swipe(page, CHART, number) == pytest.approx(beside, abs=20), number


def assert_taps(page: Page, at_least: int) -> None:
    """Each tap on a mark opens its own evidence, and Back closes it and leaves nothing on the chart."""
    charts, opened = page.locator(CHART).count(), []
    while len(opened) < max(at_least, charts):  # from chart to chart
        marks = page.evaluate(MARKS, len(opened) % charts)
        x, y = next((x, y) for _, x, y in marks[len(marks) // 4 :] if not under(x, y, marks) & set(opened))
        page.touchscreen.tap(x, y)
        page.get_by_role("dialog").wait_for()
        settle(page)
        assert marked(page) in under(x, y, marks)
        opened.append(marked(page))
        width = page.get_by_role("dialog").bounding_box()["width"]
        assert width >= 360, "the drawer covers a page's screen, but for a strip to tap it away"
        page.go_back()
        page.get_by_role("dialog").wait_for(state="detached")
        settle(page)
        assert marked(page) is None and not page.locator(".hoverlayer .hovertext").count()


@pytest.mark.parametrize("path", CHARTS)
def test_a_swipe_moves_the_page_and_a_tap_opens_the_evidence_of_the_mark_tapped(path, whole, phone):
    first, *others = CHARTS[path]
    phone.goto(whole + first)
    settle(phone)
    for address in (first, *others):
        with within_view(address):
            if address != first:
                follow(phone, address)
            assert_swipes(phone)
            assert_taps(phone, 2 if address == first else 1)
    assert not phone.console_errors


def test_back_closes_the_drawer_and_then_undoes_a_filter_and_two_fingers_zoom_the_page(whole, phone):
    phone.goto(f"{whole}/initiatives?view=overlap")
    settle(phone)
    phone.get_by_role("radio", name="Growth").tap()
    phone.wait_for_url("**view=growth")
    settle(phone)
    _, x, y = phone.evaluate(MARKS, 0)[0]
    phone.touchscreen.tap(x, y)
    phone.wait_for_url("**mark=*")  # the address follows the drawer
    phone.get_by_role("dialog").wait_for()
    settle(phone)
    phone.go_back()
    phone.get_by_role("dialog").wait_for(state="detached")
    phone.wait_for_url("**view=growth")
    phone.go_back()
    phone.wait_for_url("**view=overlap")
    settle(phone)
    x, y = brought_up(phone, ".js-plotly-plot .main-svg")
    touch(phone, *([(x - 20 - step * 6, y), (x + 20 + step * 6, y)] for step in range(16)))
    assert phone.evaluate("visualViewport.scale") > 1.5


def test_the_menu_is_one_row_at_the_top_a_picture_is_saved_and_the_texts_to_share_can_be_copied(whole, phone):
    phone.goto(f"{whole}/initiatives?view=overlap")
    settle(phone)
    found = phone.locator(".st-key-header [data-testid=stPageLink-NavLink]").all()
    links = [box for box in (one.bounding_box() for one in found) if box]
    assert len(links) == len(PAGES)
    assert max(one["y"] for one in links) - min(one["y"] for one in links) < 2, "one row"
    assert min(one["height"] for one in links) >= 44 and links[0]["y"] < 40
    assert min(one["x"] for one in links) >= 0 and max(one["x"] + one["width"] for one in links) <= 390, "all in reach"
    assert phone.get_by_text("Articles only").bounding_box()["y"] < links[0]["y"]
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert phone.locator("h3").first.bounding_box()["y"] < 422, "the finding begins in the upper half of the screen"
    with phone.expect_download() as waiting:
        phone.get_by_role("button", name="Picture").tap()
    assert waiting.value.suggested_filename.endswith(".png")
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")
    phone.get_by_role("button", name="Share").tap()
    copy = phone.get_by_test_id("stCode").get_by_role("button").first
    copy.wait_for()
    assert copy.evaluate("one => getComputedStyle(one.closest('[data-testid=stCode] > div')).opacity") == "1"
    for width, height in ((390, 844), (844, 390)):
        phone.set_viewport_size({"width": width, "height": height})
        settle(phone)
        for name in ("Play", "Earlier", "Later", "Share"):
            box = phone.get_by_role("button", name=name, exact=True).bounding_box()
            assert box["width"] >= 44 and box["height"] >= 44, (width, name)
        drawn = phone.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.width")
        assert drawn == pytest.approx(phone.locator(CHART).bounding_box()["width"], abs=1) and drawn > width - 40
