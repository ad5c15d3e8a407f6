"""A printed page: its title, finding, chart and sources on white paper, and none of its controls.

Ink, controls and the printed address of every view are looked at in `test_every_view.py`.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Page
from pypdf import PdfReader

from browser.conftest import CONTROLS, settle
from two_shields.exhibits import registry
from two_shields.exhibits.registry import lead
from two_shields.state.views import InitiativesView, TimelineView
from two_shields.web import head

A4_WIDTH = 210  # millimetres


def printed(page: Page) -> tuple[str, int]:
    """The text of the page as printed on A4, its spaces made plain, and the number of sheets."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split()), len(sheets)


def words(page: Page) -> list[list[tuple[str, float, float, float]]]:
    """The words of each sheet of A4, with how far they begin from its left, upper and lower edge, in millimetres."""
    found = []
    for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages:
        places: list[tuple[str, float, float, float]] = []

        def see(text, matrix, of_text, _font, _size, places=places, height=float(sheet.mediabox.top)):
            if text.strip():
                x, y = of_text[4:]
                across, up = x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]
                places.append((text.strip(), *(25.4 / 72 * points for points in (across, height - up, up))))

        sheet.extract_text(visitor_text=see)
        found.append(places)
    return found


@pytest.fixture
def dark(page: Page) -> Page:
    page.emulate_media(color_scheme="dark")
    return page


def test_paper_has_the_finding_its_table_its_sources_its_address_and_no_controls(whole, dark, record):
    view = InitiativesView(view="overlap", evidence="articles")
    dark.goto(whole + view.link())
    settle(dark)
    text, sheets = printed(dark)
    frame = registry.frame_of(record, view)
    for words in (view.title, view.question, frame.title, frame.source_line, whole + view.link(), record.version):
        assert words in text, words
    for heading in frame.table.columns.drop("Claims"):  # the chart has the rows' words, too
        assert heading in text, heading
    for control in ("Share", "More", "Table", "Articles only", "Growth", "Timeline"):
        assert control not in text, control
    assert sheets <= 2
    # The choice of view stands in the address, so it is printed; a control would be of no use on paper.
    assert "view=overlap" in text


def test_a_chart_wider_than_the_sheet_is_printed_whole(whole, page):
    """The map's names stand far apart: each of them has to be on the paper, with room for itself."""
    page.goto(f"{whole}/initiatives")
    settle(page)
    assert page.locator("[class*=st-key-paper]").count() == 2
    assert not page.locator("[class*=st-key-paper] >> visible=true").count(), "nothing of it shows on the screen"
    # The map's key stands there, too, in longer texts.
    names = {
        text.split()[0]
        for text in page.locator(".annotation-text, .textpoint text").all_text_contents()
        if len(text) < 16
    }
    (on, *_) = words(page)
    there = "".join(text.replace(" ", "") for text, across, *_ in on if across < A4_WIDTH - 14 - 5)
    assert len(names) > 20 and not [name for name in names if name not in there]


def test_what_is_said_to_be_a_control_is_one_of_streamlit_s():
    """A name that Streamlit has given up would be hidden for nothing, and its successor printed."""
    scripts = " ".join(one.read_text("utf-8") for one in (Path(streamlit.__file__).parent / "static").rglob("*.js"))
    assert [control for control in CONTROLS if not re.search(rf"[\"'`]{control}[\"'`]", scripts)] == []


def test_what_a_reader_has_opened_is_printed_and_the_filters_are_not(whole, page, record):
    view = InitiativesView(view="overlap")
    frame = registry.frame_of(record, view)
    page.goto(whole + view.link())
    settle(page)
    page.get_by_text("Where sources disagree").click()
    settle(page)
    page.get_by_label("Evidence of a mark").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".st-key-drawer-initiatives-overlap").wait_for()
    settle(page)
    chosen = page.get_by_text(re.compile("^Evidence: ")).inner_text()
    text, _ = printed(page)
    assert chosen.removeprefix("Evidence: ") in set(frame.rows["heading"])
    assert chosen in text and "grade" in text
    assert frame.notes and frame.notes[0] in text
    for control in ("More", "Table", "Evidence of a mark"):
        assert control not in text, control


@pytest.mark.parametrize(("address", "charts"), [("country?country=DEU", 5), ("systems?view=flows", 1)])
def test_each_chart_stands_on_one_sheet(address, charts, whole, page):
    """A word is put at the upper and at the lower edge of each chart, and looked for on the sheets.

    The window is about as wide as the paper, so that nothing makes a chart smaller but its height. The margin is as wide
    as a printer leaves: the page says it itself, for those who print without margins.
    """
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto(f"{whole}/{address}")
    settle(page)
    number = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].map((chart, place) => {
            chart.style.position = 'relative';
            for (const edge of ['top', 'bottom']) {
                const word = document.createElement('span');
                word.textContent = `chart${place}${edge}`;
                word.style.cssText = `position: absolute; left: 0; ${edge}: 0; font-size: 8px`;
                chart.append(word);
            }
        }).length"""
    )
    assert number == charts
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    assert len(sheets) > 1
    for place in range(charts):
        upper, lower = ([f"chart{place}{edge}" in text for text in sheets] for edge in ("top", "bottom"))
        assert sum(upper) == 1 and upper == lower, place
    assert not [word for sheet in words(page) for word in sheet if min(word[1:]) < 14]


def test_the_summary_without_scripts_is_printed_to_its_end(record, page):
    """On the screen it scrolls within the window, which paper cannot do."""
    served = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    text = head.render_page(served, record, TimelineView(), lead(record, TimelineView()), "http://127.0.0.1")
    page.set_content(re.sub(r"<script.*?</script>|<link[^>]*>", "", text, flags=re.DOTALL))
    text, sheets = printed(page)
    assert sheets > 1 and f"All data, version {record.data_version}" in text
