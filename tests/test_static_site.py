"""The copy that needs no server: its pages say what the live ones say, all their links lead somewhere, no script runs."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import html5lib
import pytest
from browser.conftest import free_port
from conftest import FIRST
from proxy import before
from test_web_links import LINKS
from web_client import Html, get

from two_shields.exhibits.registry import lead
from two_shields.record import live
from two_shields.record.record import Record
from two_shields.state import pinned
from two_shields.state.views import PAGES, AidView, CountryView, InitiativesView, SystemsView
from two_shields.web import cards, data, listings
from two_shields.web.static_site import Site, file_of

LIVE = "https://shields.example"
CARD = b"a card"
VIEWS = [InitiativesView(), SystemsView(view="matrix"), CountryView(country="POL"), AidView()]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The copy of a few views, without pictures."""
    out = tmp_path_factory.mktemp("copy") / "below" / "a prefix"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listings, "views", lambda record: iter(VIEWS))
        patch.setattr(cards, "in_words", lambda *_: CARD)
        Site(out, LIVE, draws=False).build([f"/initiatives?view=matrix&data={FIRST}", "/aid?kind=military"])
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
        for address in re.findall(r'(?:href|src|srcset)="([^"]*)"', path.read_text("utf-8")):
            parts = urlsplit(address)
            if not parts.scheme and not (site / unquote(parts.path)).is_file():
                broken.add(address)
    # The pages of the navigation that these few views leave out.
    assert broken == {"index.html", "timeline.html", "evidence.html", "systems.html", "country.html"}


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
    assert f"<id>{LIVE}/changes.atom</id>" in (site / "changes.atom").read_text("utf-8")
    assert (site / "cards/aid.kind-military.png").read_bytes() == CARD


def test_a_copy_that_does_not_know_its_live_site_has_no_feed(tmp_path, monkeypatch):
    monkeypatch.setattr(listings, "views", lambda record: iter(()))
    copy = Site(tmp_path, draws=False)
    copy.build()
    assert (tmp_path / "data/changes.json").exists() and not (tmp_path / "changes.atom").exists()
    assert "changes.atom" not in copy.page(live.record(), AidView())


def test_nginx_finds_the_copy_of_each_link_and_of_its_card(site):
    lines = (site / "links.map").read_text("utf-8").splitlines()
    copies = dict(re.fullmatch(r'"(\S+)" "/(\S+)";', line).groups() for line in lines)
    assert copies["/aid?kind=military"] == "aid.kind-military.html"
    assert copies["/preview/aid.png?kind=military"] == "cards/aid.kind-military.png"
    assert copies[f"/initiatives?view=matrix&data={FIRST}"] == file_of(InitiativesView(view="matrix", data=FIRST))
    assert all((site / name).is_file() for name in copies.values())


def test_every_page_is_html_by_the_standard(site):
    """What browsers would silently put right is a fault here."""
    faults = {}
    for path in [*site.glob("[!c]*.html"), *sorted(site.glob("claim-*.html"))[:20]]:
        parser = html5lib.HTMLParser()
        parser.parse(path.read_text("utf-8"))
        faults |= {path.name: parser.errors} if parser.errors else {}
    assert not faults


# nginx in front of replicas none of which answers.


@pytest.fixture(scope="module")
def away() -> Iterator[str]:
    """Its address. Of each page the copy says which view it is of; the folder is one that any user may read."""
    with tempfile.TemporaryDirectory(prefix="copy-") as folder, pytest.MonkeyPatch.context() as patch:
        Path(folder).chmod(0o755)
        out = Path(folder) / "site"
        patch.setattr(Site, "page", lambda _site, _record, view: f"<!-- away --><h1>{view.link()}</h1>")
        patch.setattr(Site, "claim", lambda _site, _record, claim_id: f"<h1>{claim_id}</h1>")
        patch.setattr(data, "content", lambda _record, name: name.encode())
        patch.setattr(Site, "card", lambda _site, _record, view: view.link().encode())
        patch.setattr(listings, "views", lambda record: (page() for page in PAGES.values()))
        Site(out, LIVE, draws=False).build(link for link, _ in LINKS)
        with before([f"http://127.0.0.1:{free_port()}"], out, answers=False) as address:
            yield address


@pytest.mark.process
@pytest.mark.parametrize("link", [link for link, _ in LINKS])
def test_while_no_replica_answers_a_golden_link_shows_its_copy(away, link):
    _, view, _ = pinned.read(PAGES[urlsplit(link).path[1:]], parse_qs(urlsplit(link).query))
    answer = get(away + link)
    html = Html(answer.text)
    assert (answer.status, html.texts["h1"]) == (200, [view.link()])
    assert "The live dashboard is away at the moment. This is a copy. Try" in html.texts["p"][0]
    assert answer.headers["cache-control"] == "no-store"  # the live page is there as soon as it is back


@pytest.mark.process
@pytest.mark.parametrize(
    "link", ["/aid?donor=POL&kind=loan", "/initiatives?utm_source=x", "/?as_of=2020-01-01", "/nowhere"]
)
def test_while_no_replica_answers_another_view_is_its_page_as_it_opens_and_says_so(away, link):
    answer = get(away + link)
    html = Html(answer.text)
    page = urlsplit(link).path
    assert (answer.status, html.texts["h1"]) == (200, [page if page[1:] in PAGES else "/"])
    assert "It is the page as it opens: the choices in your link are not applied." in html.texts["p"][0]


@pytest.mark.process
def test_while_no_replica_answers_files_come_from_the_copy_and_never_a_wrong_one(away):
    assert get(f"{away}/data/memberships.csv").text == "memberships.csv"
    assert get(f"{away}/preview/aid.png?kind=military").text == "/aid?kind=military"
    assert "<feed" in get(f"{away}/changes.atom").text
    assert Html(get(f"{away}/claim-mistral-letter-p1a.html").text).texts["h1"] == ["mistral-letter-p1a"]
    for link in ("/data/memberships.csv?country=POL", "/preview/aid.png?kind=loan", "/_stcore/health", "/data/x.csv"):
        assert get(away + link).status == 502, link
