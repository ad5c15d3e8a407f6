"""Every mark opens its evidence, in a drawer: which source, which paragraph, who said it, how certain."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from browser.conftest import follow, settle, within_view
from two_shields.exhibits import registry
from two_shields.export import sharing
from two_shields.state.views import EvidenceView, InitiativesView

#: Where a mark stands in the window, from its `customdata`.
PLACE = """([chart, mark]) => {
    const gd = document.querySelectorAll('[data-testid="stPlotlyChart"] .js-plotly-plot')[chart];
    gd.scrollIntoView({block: 'center'});
    for (const points of gd.calcdata) {
        const trace = points[0] && points[0].trace;
        if (!trace || !trace.customdata) continue;
        const index = [...trace.customdata].findIndex(one => (Array.isArray(one) ? one[0] : one) === mark);
        if (index < 0) continue;
        const axis = id => gd._fullLayout[id[0] + 'axis' + id.slice(1)];
        const [x, y] = [axis(trace.xaxis), axis(trace.yaxis)];
        const point = points[index], box = gd.getBoundingClientRect();
        const [px, py] = trace.type === 'bar'
            ? [x.c2p(point.p), y.c2p(point.b + point.s / 2)]
            : [x.c2p(point.x), y.c2p(point.y)];
        return [box.x + x._offset + px, box.y + y._offset + py];
    }
    return null;
}"""


def click_mark(page: Page, mark: str, chart: int = 0) -> None:
    place = page.evaluate(PLACE, [chart, mark])
    assert place, f"no mark {mark}"
    page.mouse.move(*place)
    page.wait_for_timeout(150)
    page.mouse.click(*place)


def evidence_of(page: Page, name: str):
    """The drawer with the evidence of a mark of an exhibit."""
    page.locator(f".st-key-drawer-{name}").wait_for()
    settle(page)
    return page.get_by_role("dialog")


#: Of a page, each with what its drawer says.
MARKS = {
    "/initiatives": [
        ("?evidence=articles", "initiatives-map", "EST", ["Evidence: Estonia: in both", "Paragraph"]),
        ("", "initiatives-map", "FIN", ["Evidence: Finland: Sky Shield", "grade"]),
        ("?view=matrix", "initiatives-matrix", "essi|EST", ["Evidence: Estonia, Sky Shield", "Paragraph"]),
        ("?view=growth", "initiatives-growth", "named|german_led|2023-02-15|17", ["Denmark and Sweden", "grade"]),
    ],
    "/aid": [
        ("?view=monthly&donor=DEU&kind=military", "aid-monthly", "DEU|2024-02", ["Germany, February 2024: €689 million, military aid", "Ukraine Support Tracker"]),
        ("?evidence=articles", "aid-cumulative", "fra-first-year-total", ["€2.7 billion", "Paragraph"]),
        ("?view=reported&evidence=articles", "aid-reported", "fra-first-year-military", ["€750 million", "Paragraph"]),
    ],
    "/": [("", "overview-map", "EST", ["Evidence: Estonia: in both"])],
}  # fmt: skip


@pytest.mark.parametrize("path", MARKS)
def test_a_click_on_a_mark_opens_its_evidence(path, whole, page):
    page.goto(whole + path)
    settle(page)
    for query, name, mark, words in MARKS[path]:
        with within_view(path + query):
            if page.url != whole + path + query:
                follow(page, path + query)
            click_mark(page, mark)
            text = evidence_of(page, name).inner_text()
            for word in words:
                assert word in text
            (marked,) = parse_qs(urlsplit(page.url).query)["mark"]
            assert marked.rpartition(":")[2] == mark, "a link to this address opens with the drawer"
            page.keyboard.press("Escape")
            page.wait_for_url(whole + path + query)
            settle(page)
    assert not page.console_errors


def test_another_mark_brings_its_own_evidence_which_leads_to_its_country(whole, page):
    page.goto(f"{whole}/initiatives?view=overlap")
    settle(page)
    click_mark(page, "BEL")
    assert "Evidence: Belgium: in both" in evidence_of(page, "initiatives-overlap").inner_text()
    page.go_back()
    page.get_by_role("dialog").wait_for(state="detached")
    click_mark(page, "EST")
    page.get_by_text("Evidence: Estonia").wait_for()
    box = evidence_of(page, "initiatives-overlap")
    assert "Belgium: in both" not in box.inner_text()
    box.get_by_text("Estonia", exact=True).first.click()
    page.wait_for_url("**/country?country=EST*")


def test_a_click_on_a_row_of_the_table_opens_its_evidence(whole, page):
    page.goto(f"{whole}/initiatives?view=matrix&country=EST&evidence=articles")
    settle(page)
    page.get_by_role("button", name="Table", exact=True).click()
    table = page.get_by_test_id("stDataFrame")
    table.wait_for()
    settle(page)
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 15, box["y"] + 52)  # the first row's handle: the table is painted, not made of elements
    text = evidence_of(page, "initiatives-matrix").inner_text()
    assert "Evidence: Estonia, " in text
    assert "Paragraph" in text


def test_a_claim_leads_to_its_own_address(whole, page):
    page.goto(f"{whole}/aid?view=reported&evidence=articles")
    settle(page)
    click_mark(page, "fra-first-year-total")
    box = evidence_of(page, "aid-reported")
    claim_id = box.locator("code").first.inner_text()
    box.get_by_text("This claim", exact=True).first.click()
    page.wait_for_url(f"**/evidence?claim={claim_id}*")
    settle(page)
    assert claim_id in page.locator("body").inner_text()
    assert not page.console_errors


def test_a_mark_that_was_closed_opens_again_and_an_error_in_its_claims_can_be_reported(whole, page, record):
    view = InitiativesView(view="overlap", evidence="articles")
    page.goto(whole + view.link())
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Data", exact=True).click()
    assert waiting.value.path().read_bytes() == sharing.csv_bytes(registry.frame_of(record, view)), "its table"
    assert waiting.value.suggested_filename == f"two-shields-initiatives-overlap-{record.data_version}.csv"
    for _ in range(2):
        click_mark(page, "EST")
        assert "Evidence: Estonia" in evidence_of(page, "initiatives-overlap").inner_text()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
        settle(page)
    click_mark(page, "EST")
    drawer = evidence_of(page, "initiatives-overlap")
    claim_id = drawer.locator("code").first.inner_text()
    drawer.get_by_role("button", name="Report an error").first.click()
    text = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    for part in (f"Claim {claim_id}", whole + view.link(), record.data_version):
        assert part in text


def test_on_a_page_of_several_charts_a_link_opens_the_evidence_of_the_right_one(whole, page):
    page.goto(f"{whole}/?mark=EST")
    settle(page)
    assert "Evidence: Estonia: in both" in evidence_of(page, "overview-map").inner_text()
    page.get_by_role("dialog").get_by_text("Estonia", exact=True).first.click()
    page.wait_for_url("**/country?country=EST")


#: What Streamlit and Markdown would make icons, arrows, signs, links, emphasis and formulas of.
MADE_INTO_MORE = (
    ":material/home: :streamlit: :smile:", "-> <- -- <= >= ~=", "www.shields.example https://shields.example a@b.example",
    "**bold** _it_ `code` ~~no~~ :red[red] $x^2$", "[words](https://shields.example) ![](x.png) <b>b</b> &amp; # 1",
)  # fmt: skip


def test_what_is_searched_for_stands_there_letter_by_letter(whole, page):
    page.goto(f"{whole}/evidence")
    settle(page)
    for words in MADE_INTO_MORE:
        follow(page, EvidenceView(q=words).link())
        finding = page.locator("h3").first
        assert words in finding.inner_text().replace("\u2060", "")
        assert finding.locator("a, b, code, em, img, strong, del, .katex, [data-testid=stIconMaterial]").count() == 0
