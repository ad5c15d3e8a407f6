"""A printed page: its title, finding, chart and sources on white paper, and none of its controls."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from browser.conftest import settle
from two_shields.frames import initiatives
from two_shields.views import InitiativesView

#: What only a screen can use.
CONTROLS = (
    "stHeader", "stButtonGroup", "stPopover", "stPageLink", "stSelectbox", "stExpander", "stDataFrame",
    "stMultiSelect", "stTooltipIcon",
)  # fmt: skip

#: What of each chart reaches beyond its frame, when a sheet is as wide as the window.
CUT = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].flatMap(chart => {
    const frame = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('.main-svg')].map(svg => svg.getBoundingClientRect())
        .filter(box => box.right > frame.right + 1 || box.bottom > frame.bottom + 1 || box.height > innerHeight)
        .map(box => `${box.width} by ${box.height} in ${frame.width} by ${frame.height}`);
})"""


def printed(page: Page) -> tuple[str, int]:
    """The text of the page as printed on A4, its spaces made plain, and the number of sheets."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split()), len(sheets)


def edges(page: Page) -> list[tuple[float, float, float]]:
    """How far the words of each sheet of A4 stay from its left, upper and lower edge, in millimetres."""
    found = []
    for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages:
        places: list[tuple[float, float]] = []

        def see(text, matrix, of_text, _font, _size, places=places):
            if text.strip():
                x, y = of_text[4:]
                places.append((x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]))

        sheet.extract_text(visitor_text=see)
        if places:
            across, up = zip(*places, strict=True)
            found.append(
                tuple(25.4 / 72 * points for points in (min(across), float(sheet.mediabox.top) - max(up), min(up)))
            )
    return found


@pytest.fixture
def dark(page: Page) -> Page:
    page.emulate_media(color_scheme="dark")
    return page


def test_paper_has_the_finding_its_table_its_sources_its_address_and_no_controls(base_url, dark, record):
    view = InitiativesView(view="overlap", evidence="articles")
    dark.goto(base_url + view.link())
    settle(dark)
    text, sheets = printed(dark)
    frame = initiatives.frame(record, view)
    for words in (view.title, view.question, frame.title, frame.source_line, base_url + view.link(), record.version):
        assert words in text, words
    for country in frame.rows["country"].head(5):
        assert country in text
    for control in ("Share", "Filters", "Table and evidence", "Articles only", "Growth", "Timeline"):
        assert control not in text, control
    assert sheets <= 2
    # The choice of view stands in the address, so it is printed; a control would be of no use on paper.
    assert "view=overlap" in text


def test_every_sheet_has_its_margin(base_url, page):
    """As wide as a printer leaves: the page says it itself, for those who print without margins."""
    page.goto(f"{base_url}/initiatives?view=matrix")
    settle(page)
    sheets = edges(page)
    assert len(sheets) > 1
    for sheet in sheets:
        assert min(sheet) >= 14, sheets


@pytest.mark.parametrize("path", ["initiatives", "systems"])
def test_on_paper_controls_are_hidden_all_is_black_on_white_and_charts_are_whole(path, base_url, dark):
    dark.goto(f"{base_url}/{path}")
    settle(dark)
    dark.emulate_media(media="print", color_scheme="dark")
    for control in CONTROLS:
        for part in dark.get_by_test_id(control).all():
            assert not part.is_visible(), control
    assert dark.get_by_text("data version").is_visible()
    inks = dark.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, p, td, .main-svg text')]
            .filter(it => it.checkVisibility())
            .map(it => { const style = getComputedStyle(it); return it.closest('svg') ? style.fill : style.color; })"""
    )
    assert set(inks) == {"rgb(0, 0, 0)"}
    grounds = dark.evaluate(
        "['html', 'body', '.stApp'].map(it => getComputedStyle(document.querySelector(it)).backgroundColor)"
    )
    assert set(grounds) == {"rgba(0, 0, 0, 0)"}
    dark.set_viewport_size({"width": 690, "height": 990})  # what A4 leaves between its margins
    assert dark.evaluate(CUT) == []


def test_nothing_of_the_paper_shows_on_the_screen(base_url, page):
    page.goto(f"{base_url}/initiatives")
    settle(page)
    assert page.locator("[class*=st-key-paper]").count() == 2
    assert not page.locator("[class*=st-key-paper] >> visible=true").count()
