"""Every link of `golden/links.txt`, opened as a plain HTTP client does, without scripts, on the whole server."""

import io
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from web_client import Html, get

from two_shields.export.examples import PYTHON, written_for
from two_shields.state.views import PAGES
from two_shields.web.headers import HEADERS

GOLDEN = Path(__file__).parent / "golden" / "links.txt"
LINKS = [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines() if not line.startswith("#")]

pytestmark = pytest.mark.process


def test_there_is_a_link_for_every_parameter_of_every_page():
    found = {(urlsplit(link).path[1:], name) for link, _ in LINKS for name in parse_qs(urlsplit(link).query)}
    assert found == {(path, parameter.name) for path, page in PAGES.items() for parameter in page.parameters()}
    assert {urlsplit(link).path[1:] for link, _ in LINKS} == set(PAGES)


@pytest.mark.parametrize(("link", "title"), LINKS, ids=[link for link, _ in LINKS])
def test_a_link_says_its_finding_before_any_script(whole, link, title):
    answer = get(whole + link)
    assert answer.status == 200
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    html = Html(answer.text)
    pattern = ".*".join(map(re.escape, title.split("*")))
    assert re.fullmatch(f"{pattern} · Two Shields", html.texts["title"][0])
    finding = html.texts["title"][0].removesuffix(" · Two Shields")
    assert html.texts["h1"] == [html.meta["og:title"]] == [html.meta["twitter:title"]] == [finding]
    # Systems or stages without a view are those of the flows, as before there were others; its address now says so.
    own = re.sub(r"^/systems\?(?=system=|stage=)", "/systems?view=flows&", link)
    assert html.links["canonical"] == html.meta["og:url"] == whole + own
    page, _, query = own.partition("?")
    assert html.meta["og:image"] == f"{whole}/preview{page if page != '/' else '/overview'}.png" + (
        query and f"?{query}"
    )
    assert "Rests on" in html.texts["main"][0]
    assert len(html.texts.get("td", [])) or "nothing about it" in finding
    assert answer.text.index("<title>") < answer.text.index("<script")


@pytest.mark.parametrize(
    "link", ["/preview/overview.png", "/preview/initiatives.png?view=growth&initiative=essi", "/preview/country.png?country=XXX",
             "/preview/evidence.png?q=Mistral", "/preview/systems.png?view=reference"],
)  # fmt: skip
def test_a_card_is_a_picture(whole, link):
    answer = get(whole + link)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.body)).size == (1200, 630)


def test_data_and_listings_are_served_beside_the_pages(whole, record):
    answer = get(f"{whole}/data/claims.csv")
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "*")
    assert get(f"{whole}/data/claims.csv", If_None_Match=answer.headers["etag"]).status == 304
    assert get(f"{whole}/data/").status == get(f"{whole}/preview/x.png").status == 404
    for path in ("/robots.txt", "/sitemap.xml", "/llms.txt", "/openapi.json"):
        assert (get(whole + path).status, whole in get(whole + path).text) == (200, True)
    assert get(f"{whole}/_stcore/health").headers["x-content-type-options"] == "nosniff"


def test_the_python_example_runs_as_it_is_printed(whole, record):
    code = written_for(PYTHON, whole)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rows = record["memberships"]
    signed = rows[(rows["initiative_id"] == "essi") & (rows["status"] == "signed_memorandum")]["iso3"].unique()
    assert run.stdout == f"{len(signed)} parties to the Sky Shield's memorandum by name: {' '.join(sorted(signed))}\n"
