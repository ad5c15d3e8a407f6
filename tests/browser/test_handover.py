"""The summary with its picture stays until the live page has drawn its first chart, then goes for good.

Nothing is timed: the chart's chunk is held back, looked at what a reader sees meanwhile, and let go.
"""

import re

import pytest
from web_client import get

from browser.conftest import SETTLES_WITHIN, reader, settle
from two_shields.export import image_export

#: Keeps what is there in the moment in which the summary goes, whether one comes after it, and whether a chart was drawn unseen.
WITNESS = """(() => {
    const remove = Element.prototype.remove, box = selector => document.querySelector(selector)?.getBoundingClientRect().toJSON();
    Element.prototype.remove = function () {
        if (this.id === "summary") window.whenItWent = {
            finding: box('[data-testid="stMain"] h1'), chart: box('[data-testid="stPlotlyChart"]'),
            drawn: Boolean(document.querySelector('.main-svg .trace')?.checkVisibility({visibilityProperty: true})),
            inert: document.getElementById("root").inert,
        };
        return remove.call(this);
    };
    new MutationObserver(changes => changes.forEach(change => {
        if (window.whenItWent && [...change.addedNodes].some(one => one.id === "summary")) window.cameBack = true;
        if (document.querySelector('.js-plotly-plot[style*="visibility: hidden"]')) window.drawnUnseen = true;
    })).observe(document, {childList: true, subtree: true});
})()"""

HAS_RUN = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app?.dataset.testConnectionState === "CONNECTED" && app.dataset.testScriptState === "notRunning"
        && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]');
}"""


@pytest.fixture(scope="module")
def drawn(whole):
    """The server once it has the pictures: its browser may take long to start, and nothing of that is looked at here."""
    for width, theme in (("wide", "light"), ("narrow", "dark")):
        while get(f"{whole}/preview/overview.chart.webp?width={width}&theme={theme}").status != 200:
            assert image_export.can_draw()
    return whole


DESK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
#: Its name makes the server expect a narrow window before it has been measured.
PHONE = {
    "viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "is_mobile": True, "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
}  # fmt: skip


@pytest.fixture
def opened(browser, drawn, request):
    """A page of which the chart's chunk is held back: `held` are the requests for it."""
    with reader(browser, drawn, **getattr(request, "param", DESK)) as page:
        page.set_default_timeout(SETTLES_WITHIN * 2000)
        page.add_init_script(WITNESS)
        page.held = []
        page.route("**/PlotlyChart.*.js", lambda request: page.held.append(request))
        yield page


def let_go(page):
    for request in page.held:
        request.continue_()
    page.unroute("**/PlotlyChart.*.js")
    page.wait_for_selector("#summary", state="detached")


def seen(page):
    """What lies uppermost in the middle of the window."""
    return page.evaluate(
        "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#summary, #root')?.id ?? null"
    )


@pytest.mark.parametrize("opened", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
def test_the_summary_stays_until_the_first_chart_is_drawn_and_never_comes_back(opened, whole):
    opened.goto(whole, wait_until="commit")
    opened.wait_for_function(HAS_RUN)
    opened.wait_for_function("() => document.querySelector('#summary img').naturalWidth > 0")
    assert not opened.locator('[data-testid="stPlotlyChart"]').count(), "the chart's chunk is held back"
    assert seen(opened) == "summary"
    finding = opened.locator("#summary h1")
    said, there = finding.inner_text(), finding.bounding_box()
    picture = opened.locator("#summary img").bounding_box()
    assert opened.evaluate("document.getElementById('root').inert")

    let_go(opened)
    went = opened.evaluate("window.whenItWent")
    assert went["drawn"] and not went["inert"]
    for before, after in ((there, went["finding"]), (picture, went["chart"])):
        assert [abs(before[side] - after[side]) <= 2 for side in ("x", "y", "width", "height")] == [True] * 4
    assert seen(opened) == "root"
    # On a desk a chart says its width, or Streamlit would draw it twice.
    is_desk = opened.viewport_size["width"] > 1000
    assert opened.evaluate("Boolean(window.drawnUnseen)") is not is_desk
    assert opened.locator('[data-testid="stMain"] h1').inner_text() == said

    opened.get_by_role("link", name="Aid", exact=True).first.click()
    opened.wait_for_url("**/aid")
    settle(opened)
    opened.get_by_text("By month", exact=True).first.click()  # another run of the same page
    opened.wait_for_url("**/aid?view=monthly")
    settle(opened)
    assert not opened.locator("#summary").count() and not opened.evaluate("window.cameBack ?? false")
    assert not opened.console_errors


def test_while_it_is_there_it_can_be_scrolled_and_left_and_keeps_the_place(opened, whole):
    opened.goto(f"{whole}/aid", wait_until="commit")
    opened.wait_for_function(HAS_RUN)
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.closest('#summary, #root')?.id") == "summary"
    opened.locator("#summary").evaluate("summary => { summary.scrollTop = 100 }")
    let_go(opened)
    assert opened.locator('[data-testid="stMain"]').evaluate("main => main.scrollTop") == 100


def test_where_the_scripts_fail_the_summary_stays(browser, whole):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/static/js/index.*.js", lambda route: route.abort())
    page.goto(f"{whole}/aid")
    page.wait_for_load_state("load")
    assert page.locator("#summary h1").is_visible()
    page.locator("#summary nav a", has_text="Timeline").click()
    page.wait_for_url("**/timeline")
    context.close()


#: Where Plotly decides whether a chart that is there has to be drawn anew.
ANEW = re.compile(r"else if\((\w+\.fullReplot\|\|\w+\.layoutReplot)\)")


def test_a_chart_that_a_choice_changes_is_drawn_once(browser, whole):
    context = browser.new_context()
    page = context.new_page()

    def counted(route):
        answer = route.fetch()
        code, places = ANEW.subn(
            r"else if((window.asked = (window.asked ?? 0) + 1, \1) && (window.anew = true))", answer.text()
        )
        assert places == 1
        route.fulfill(response=answer, body=code)

    page.route("**/PlotlyChart.*.js", counted)
    page.goto(f"{whole}/aid")
    settle(page)
    before = page.evaluate("asked")
    page.get_by_text("Camp", exact=True).first.click()
    page.wait_for_url("**/aid?by=camp")
    settle(page)
    assert page.evaluate("asked") > before
    assert not page.evaluate("window.anew ?? false")
    again = "gd => gd._fullLayout._redrawFromAutoMarginCount ?? null"
    assert page.locator(".js-plotly-plot").first.evaluate(again) is None, "it says itself what room its words take"
    context.close()
