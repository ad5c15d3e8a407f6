"""The copy that needs no server: its pages say what the live ones say, all their links lead somewhere, no script runs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from web_client import Html

from two_shields.exhibits.registry import lead
from two_shields.export import image_export
from two_shields.record import live
from two_shields.record.record import Record
from two_shields.state.views import AidView, CountryView, InitiativesView, SystemsView
from two_shields.web import listings
from two_shields.web.static_site import Site, file_of

FIRST = "2026-11-20-bf1662be"
LIVE = "https://shields.example"
VIEWS = [InitiativesView(), SystemsView(view="matrix"), CountryView(country="POL"), AidView()]


@pytest.fixture(scope="module")
def site(tmp_path_factory, request) -> Path:
    """The copy of a few views, without pictures."""
    out = tmp_path_factory.mktemp("copy") / "below" / "a prefix"
    patch = pytest.MonkeyPatch()
    request.addfinalizer(patch.undo)
    patch.setattr(listings, "views", lambda record: iter(VIEWS))
    Site(out, LIVE, draws=False).build([f"/initiatives?view=matrix&data={FIRST}", "/aid?kind=military"], quiet=True)
    return out


def page(site: Path, view) -> Html:
    return Html((site / file_of(view)).read_text("utf-8"))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.link())
def test_a_page_says_finding_table_and_sources(site, view):
    record, html = live.record(), page(site, view)
    shown = lead(record, view)
    assert html.texts["h1"] == [shown.title] and html.texts["title"] == [f"{shown.title} · Two Shields"]
    assert shown.source_line in " ".join(html.texts["p"])
    rows = min(500, len(shown.frame.rows))
    assert len(html.texts["tr"]) > rows and "Sources" in html.texts["h2"]
    assert html.links["canonical"] == LIVE + view.link() and LIVE + view.link() in html.anchors


def test_a_row_leads_to_its_claims(site):
    record = live.record()
    frame = lead(record, InitiativesView()).frame
    claim_id = frame.rows["claim_ids"].iloc[0][0]
    assert f"claim-{claim_id}.html" in page(site, InitiativesView()).anchors
    claim = Html((site / f"claim-{claim_id}.html").read_text("utf-8"))
    assert claim.texts["h1"] == [record.claims.loc[claim_id, "statement"]]


def test_every_link_of_every_page_leads_to_a_file(site):
    broken = set()
    for path in site.glob("*.html"):
        for address in Html(path.read_text("utf-8")).anchors:
            parts = urlsplit(address)
            if not parts.scheme and not (site / unquote(parts.path)).is_file():
                broken.add(f"{path.name}: {address}")
    # The pages of the navigation that these few views leave out.
    assert {line.split(": ")[1] for line in broken} <= {
        "index.html",
        "timeline.html",
        "evidence.html",
        "systems.html",
        "country.html",
    }


def test_no_page_has_a_script_or_anything_from_elsewhere(site):
    for path in site.glob("*.html"):
        text = path.read_text("utf-8")
        assert "<script" not in text and not re.search(r'(?:src|srcset)="(?:https?:)?//', text)


def test_a_pinned_view_is_copied_by_its_own_data(site):
    view = InitiativesView(view="matrix", data=FIRST)
    html = page(site, view)
    assert html.texts["h1"] == [lead(Record.of_version(FIRST), view).title]
    assert any("Data of 20 November 2026 (version 2026-11-20-bf1662be)." in text for text in html.texts["p"])


def test_data_feed_and_cards_come_along(site):
    record = live.record()
    assert (site / "data/memberships.csv").read_bytes() == record.files["memberships.csv"]
    assert (site / f"data/{FIRST}/claims.csv").read_bytes() == Record.of_version(FIRST).files["claims.csv"]
    assert "<feed" in (site / "changes.atom").read_text("utf-8")
    assert (site / "cards/aid.kind-military.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(not image_export.can_draw(), reason="there is no browser to draw with")
@pytest.mark.process
def test_a_chart_stands_there_as_svg_for_both_themes_and_widths(tmp_path):
    site, view = Site(tmp_path), InitiativesView()
    (tmp_path / "charts").mkdir()
    with image_export.browser_lifespan():
        text = site.page(live.record(), view)
    files = set(re.findall(r'charts/[^"]+\.svg', text))
    assert len(files) == 4 and all((tmp_path / name).read_text("utf-8").startswith("<svg") for name in files)
    assert f'alt="{lead(live.record(), view).frame.alt}"' in text.replace("&#39;", "'")
