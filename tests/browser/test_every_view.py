"""Each view, on a phone, and made wider: what holds of every view is measured on the way.

Opening a page costs the browser seconds of work; a look at one that stands open costs next to nothing, and so does the
way to another of its views.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from browser.axe import faults
from browser.conftest import CONTROLS, LISTEN, at_rest, follow, lit, reader, settle, within_view
from two_shields.exhibits import registry
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import PAGES

#: Each view with the least number of texts that its charts show on a desk and on a phone.
VIEWS = {
    "/": (50, 40),
    "/initiatives": (40, 20),
    "/initiatives?view=matrix": (45, 40),
    "/initiatives?view=growth": (10, 10),
    "/initiatives?view=overlap": (28, 28),
    "/aid": (30, 30),
    "/aid?view=ranking": (80, 60),
    "/aid?view=monthly": (15, 15),
    "/aid?view=reported": (60, 30),
    "/systems": (90, 90),
    "/systems?view=matrix": (50, 45),
    "/systems?view=flows": (120, 120),
    "/systems?view=reference&system=patriot": (0, 0),
    "/timeline": (60, 30),
    "/country": (100, 70),
    "/evidence": (0, 0),
    "/evidence?q=Mistral": (0, 0),
    "/timeline?evidence=articles": (20, 10),
    "/evidence?claim=mistral-letter-p1a": (0, 0),
    "/initiatives?reading=broad&as_of=2023-07-01": (30, 17),
    "/initiatives?view=growth&initiative=essi&initiative=mistral-joint-purchase&reading=broad": (10, 10),
    "/initiatives?evidence=articles": (8, 6),
    "/aid?by=camp": (25, 25),
    "/aid?by=bloc&per=gdp": (8, 8),
    "/aid?view=ranking&per=head&from=2025-01-01&to=2025-12-31": (60, 50),
    "/aid?view=monthly&by=kind&donor=DEU&donor=FRA": (10, 10),
    "/systems?view=flows&system=patriot&system=samp-t": (50, 50),
    "/timeline?topic=procurement&country=DEU": (25, 15),
    "/country?country=DEU&with=FRA": (80, 80),
    "/country?country=UKR": (60, 60),
}
#: By page, that under its own address first, those with several filters last.
VIEWS_OF = {
    f"/{path}": sorted((link for link in VIEWS if urlsplit(link).path == f"/{path}"), key=lambda link: "&" in link)
    for path in PAGES
}
#: Where axe looks, in the light on a phone and in the dark on a desk.
READ_BY_AXE = {f"/{path}" for path in PAGES}
PHONE, TWICE, TABLET, DESK = (390, 844), (640, 450), (768, 844), (1280, 900)

#: Labels by their lines: two touch where more than the white above and below their letters meets.
LABELS = """() => {
  const faults = []; let count = 0;
  for (const plot of document.querySelectorAll('[data-testid="stPlotlyChart"] .js-plotly-plot')) {
    const frame = plot.getBoundingClientRect(), lines = [];
    if (!frame.width) continue;
    for (const text of plot.querySelectorAll('.main-svg text')) {
      const inside = [...text.children].filter(child => child.classList.contains('line'));
      for (const line of inside.length ? inside : [text]) {
        const box = line.getBoundingClientRect(), words = line.textContent.trim();
        if (words && box.width > 1 && !text.closest('.hoverlayer')) lines.push({box, words, text});
      }
    }
    count += lines.length;
    lines.forEach(({box, words, text}, at) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        faults.push(`cut: ${words}`);
      for (const other of lines.slice(at + 1)) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const tall = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (other.text !== text && wide > 1 && tall > 3) faults.push(`touch: ${words} and ${other.words}`);
      }
    });
  }
  return {faults, count};
}"""

#: Titles of more than four lines on a phone, and of more than two on a desk.
LONG = """() => [...document.querySelectorAll('[data-testid="stMain"] :is(h1, h2, h3)')].filter(title => {
    const style = getComputedStyle(title), own = title.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    return own / parseFloat(style.lineHeight) > (innerWidth < 1000 ? 4.5 : 2.5);
}).map(title => `long: ${title.innerText}`)"""

#: A page's parts that the reader cannot see whole: wider than the window, cut off in their box, or out of their chart.
#: What is clipped away altogether is a control for the keyboard, and what a reader sees stands beside it.
LOST = """() => {
    const lost = [], main = document.querySelector('[data-testid="stMain"]');
    if (main.scrollWidth > main.clientWidth) lost.push(`the page is ${main.scrollWidth} wide in ${main.clientWidth}`);
    const shown = it => it.checkVisibility({visibilityProperty: true, opacityProperty: true});
    for (const it of main.querySelectorAll('h1, h2, h3, p, button, a, summary, label, input')) {
        const box = it.getBoundingClientRect();
        if (!shown(it) || box.width < 2 || it.closest('[data-testid="stDataFrame"], pre, [aria-hidden="true"], [style*="clip-path: inset(50%)"]')) continue;
        const words = `${it.tagName} “${it.innerText.slice(0, 60)}”`;
        if (box.right > innerWidth + 1 || box.left < -1) lost.push(`${words} from ${box.left} to ${box.right}`);
        let above = it;
        while (above !== main && getComputedStyle(above).overflowX === 'visible') above = above.parentElement;
        if (above !== main && box.right > above.getBoundingClientRect().right + 2) lost.push(`${words} is cut off`);
        const hides = above !== main && getComputedStyle(above).overflowX === 'hidden';
        if (hides && above.scrollWidth > above.clientWidth + 1) lost.push(`${words} is cut short`);
    }
    return lost;
}"""

#: Controls smaller than 24 pixels that stand less than 24 pixels from another one's middle (WCAG 2.5.8), except in text.
SMALL = """() => [...document.querySelectorAll('[data-testid="stMain"] :is(a, button, summary, [role="tab"], [role="combobox"])')]
    .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.closest('p, [data-testid="stDataFrame"]'))
    .map(it => [it, it.getBoundingClientRect()])
    .filter(([it, box]) => box.width > 1 && (box.width < 23.5 || box.height < 23.5))
    .filter(([it, box], _, all) => all.some(([other, its]) => other !== it && !it.contains(other) && !other.contains(it)
        && Math.hypot(box.x + box.width / 2 - its.x - its.width / 2, box.y + box.height / 2 - its.y - its.height / 2) < 24))
    .map(([it, box]) => `${it.tagName} ${it.ariaLabel || it.innerText} ${box.width} by ${box.height}`)"""

#: The controls that show; an expander that is open has words.
PRINTED = """controls => [...document.querySelectorAll(controls.map(one => `[data-testid=${one}]`))].filter(it =>
    it.checkVisibility({visibilityProperty: true}) && it.clientWidth && it.clientHeight && !it.querySelector('details[open]')
).map(it => it.dataset.testid)"""

#: The words on paper that are not black, as they show: what lies around them may let the paper through.
PALE = """() => [...document.querySelectorAll('h1, h2, h3, p, td, th, code, [data-testid="stText"], .main-svg text')]
    .filter(it => it.checkVisibility())
    .map(it => {
        const style = getComputedStyle(it), ink = it.closest('svg') ? style.fill : style.color;
        let opacity = 1;
        for (let around = it; around; around = around.parentElement) opacity *= getComputedStyle(around).opacity;
        return [ink, opacity, it.textContent.slice(0, 40)];
    })
    .filter(([ink, opacity]) => ink !== 'rgb(0, 0, 0)' || opacity < 1)"""


def size(pixels: tuple[int, int]) -> dict[str, int]:
    return dict(zip(("width", "height"), pixels, strict=True))


@pytest.fixture
def page(browser: Browser, whole: str) -> Iterator[Page]:
    """A phone's page for a reader who asked for less motion: no colour is caught halfway."""
    with reader(browser, whole, viewport=size(PHONE), reduced_motion="reduce", color_scheme="dark") as opened:
        opened.add_init_script(LISTEN)
        yield opened


def view_of(link: str, record: Record) -> View:
    place = urlsplit(link)
    view, notices = PAGES[place.path.strip("/")].parse(parse_qs(place.query), record)
    assert not notices
    return view


def sized(page: Page, pixels: tuple[int, int]) -> None:
    page.set_viewport_size(size(pixels))
    settle(page)


def whole_page(page: Page, width: int) -> None:
    """A window as high as the page: axe measures no contrast of what is scrolled out of sight."""
    for _ in range(4):  # what comes into sight may make the page higher
        height = page.get_by_test_id("stMain").evaluate("it => it.scrollHeight")
        if height <= page.viewport_size["height"]:
            return
        sized(page, (width, height))
    raise AssertionError("the page grows with its window")


def lost(page: Page) -> list[str]:
    """What a reader cannot see whole, and titles that take too much room."""
    return at_rest(page, lambda: page.evaluate(LOST) + page.evaluate(LONG))


def labels(page: Page, at_least: int) -> list[str]:
    """Labels that touch another or are cut, and whether there are enough of them."""

    def measure() -> list[str]:
        measured = page.evaluate(LABELS)
        few = [f"{measured['count']} labels, {at_least} expected"] if measured["count"] < at_least else []
        return measured["faults"] + few

    return at_rest(page, measure)


def read_by_axe(page: Page, width: int, theme: str) -> list[str]:
    whole_page(page, width)
    lit(page, theme)
    return faults(page) + page.evaluate(SMALL)


def on_paper(page: Page, address: str, record: Record) -> list[str]:
    """What is wrong with the page as it is printed from the dark theme."""
    page.emulate_media(media="print", color_scheme="dark")
    found = [f"{control} is printed" for control in page.evaluate(PRINTED, CONTROLS)]
    if page.locator("[class*='-filters'], .st-key-header").filter(visible=True).count():
        found.append("filters or the menu are printed")
    found += [f"pale: {pale}" for pale in page.evaluate(PALE)]
    grounds = page.evaluate(
        "['html', 'body', '.stApp'].map(it => getComputedStyle(document.querySelector(it)).backgroundColor)"
    )
    if set(grounds) != {"rgba(0, 0, 0, 0)"}:
        found.append(f"ground: {grounds}")
    if not page.get_by_text(f"Two Shields · {address} · data version {record.version}").is_visible():
        found.append("where it was printed from is not said")
    return found


@pytest.mark.parametrize("path", VIEWS_OF)
def test_a_view_is_whole_readable_and_what_its_link_says(path, page, whole, record):
    """The views of one page: opened by their links, or from the one before, as Back and Forward do."""
    for link in VIEWS_OF[path]:
        with within_view(link):
            # A list that no browser has drawn yet, behind its button, forgets what another link has set in it when the
            # page gets wide (Streamlit 1.67): where several filters are set the page is opened anew.
            page.emulate_media(media="screen")
            if link == path or "&" in link:
                page.set_viewport_size(size(PHONE))
                page.goto(whole + link)
                settle(page)
            else:
                sized(page, PHONE)
                follow(page, link)
            looked_at(link, page, whole, record)
    assert page.console_errors == []
    assert page.foreign_requests == []


def looked_at(link: str, page: Page, whole: str, record: Record) -> None:
    on_desk, on_phone = VIEWS[link]
    view = view_of(link, record)
    found = {"at 390": labels(page, on_phone) + lost(page)}
    if link in READ_BY_AXE:
        found["axe at 390"] = read_by_axe(page, PHONE[0], "light")
    # Two countries stand beside each other from 641 pixels on, and a map that gets narrower keeps the land that it showed.
    for pixels in (TABLET, TWICE) if "with=" in link else (TWICE, TABLET):
        sized(page, pixels)
        found[f"at {pixels[0]}"] = labels(page, 0) + lost(page)
    sized(page, DESK)
    found["at 1280"] = labels(page, on_desk) + lost(page)
    if link in READ_BY_AXE:
        found["axe at 1280"] = read_by_axe(page, DESK[0], "dark")
    if link == "/aid":  # as a reader may leave it
        page.get_by_role("button", name="Table", exact=True).click()
        settle(page)
    found["paper"] = on_paper(page, whole + link, record)
    found["stopped by the policy"] = page.evaluate("window.stopped")
    assert {what: those for what, those in found.items() if those} == {}

    assert page.url == whole + link
    assert not page.get_by_test_id("stException").count()
    if view.path in ("initiatives", "aid", "systems", "timeline"):  # one exhibit, whose finding is the heading
        assert page.locator("h3").first.inner_text() == registry.frame_of(record, view).title
    assert page.title() == f"{view.title} · Two Shields"
    assert page.locator("html").get_attribute("lang") == "en" and page.locator("main").count() == 1
    levels = page.locator("h1, h2, h3, h4").evaluate_all("those => those.map(one => Number(one.tagName[1]))")
    assert levels[:2] == [1, 2] and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
