"""No label of a chart touches another or is cut, from a phone's width to a desk's: measured by the boxes of drawn texts.
No title takes more than four lines on a phone and two on a desk.

Each view is opened once, on a phone, and then made wider: a map that shrinks keeps the land that it showed when it was large.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from browser.conftest import settle

#: Views with the least number of names that their charts show on a desk and on a phone.
VIEWS = {
    "/": (50, 40),
    "/initiatives": (40, 20),
    "/initiatives?view=matrix": (45, 40),
    "/initiatives?view=growth": (10, 10),
    "/initiatives?view=overlap": (28, 28),
    "/aid": (30, 30),
    "/aid?view=ranking": (80, 60),
    "/aid?view=monthly": (12, 16),
    "/aid?view=reported": (60, 30),
    "/systems": (90, 90),
    "/systems?view=matrix": (50, 45),
    "/systems?view=flows": (120, 120),
    "/timeline": (60, 30),
    "/country": (100, 70),
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
#: Colours do not move a text: one view is enough to see that a dark figure is that of the light one.
DARK = ("/aid?view=ranking",)

#: Lines of text by their boxes; two texts touch where more than the white above and below their letters meets.
MEASURE = """() => {
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
  for (const title of document.querySelectorAll('[data-testid="stMain"] :is(h1, h2, h3)')) {
    const style = getComputedStyle(title), own = title.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    if (own / parseFloat(style.lineHeight) > (innerWidth < 1000 ? 4.5 : 2.5)) faults.push(`long: ${title.innerText}`);
  }
  return {faults, count};
}"""


@pytest.mark.parametrize(("link", "scheme"), [*((link, "light") for link in VIEWS), *((link, "dark") for link in DARK)])
def test_no_label_touches_another_or_is_cut(browser: Browser, base_url, link, scheme):
    on_desk, on_phone = VIEWS[link]
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    page.goto(base_url + link)
    found = {}
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        settle(page)
        if width != 768:
            settle(page)  # the page has told its width to the script, which draws the other form
        found[width] = page.evaluate(MEASURE)
    context.close()
    assert {width: one["faults"] for width, one in found.items()} == {width: [] for width in found}
    assert found[1280]["count"] >= on_desk and found[390]["count"] >= on_phone
