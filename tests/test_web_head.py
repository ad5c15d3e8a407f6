"""What a page's HTML says before any script runs, for the parameters of its link."""

import gzip
import json
import re
from html import unescape

import brotli
import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from web_client import Html, ask

from two_shields.exhibits.country import place
from two_shields.exhibits.evidence import lists
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import Shown, lead
from two_shields.export import image_export
from two_shields.state.views import PAGES, CountryView, EvidenceView, InitiativesView, SystemsView
from two_shields.web import MIDDLEWARE, charts, head
from two_shields.web.templating import TEMPLATES

MACROS = TEMPLATES.get_template("macros.html").module

#: As Streamlit serves it for every path: a title, a script, an empty root.
SHELL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="UTF-8" /><link rel="preload" href="./static/media/Letters.AAAAAAAA.woff2" as="font" />
<title>Streamlit</title><script>window.first = 1</script>
<script type="module" crossorigin src="./static/js/index.AAAAAAAA.js"></script>
<link rel="modulepreload" crossorigin href="./static/js/part.AAAAAAAA.js">
<link rel="stylesheet" crossorigin href="./static/css/index.AAAAAAAA.css"></head>
<body><noscript><p>You need to enable JavaScript to run this app.</p></noscript><div id="root"></div></body></html>"""


async def shell(request):
    if request.url.path == "/broken":
        return PlainTextResponse("no", 500)
    if "if-none-match" in request.headers or "accept-encoding" in request.headers or request.method == "HEAD":
        return HTMLResponse("Streamlit was to be asked for its whole page", 304)
    return HTMLResponse(SHELL, headers={"ETag": '"of-streamlit"', "Last-Modified": "long ago"})


APP = Starlette(routes=[Route("/{path:path}", shell)], middleware=MIDDLEWARE)


def page(address, **more):
    answer = ask(APP, address, **more)
    assert answer.status == 200
    return Html(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_description_its_address_and_its_card(path):
    """`test_one_view_one_number.py` says what of its finding stands where."""
    html = page(f"/{path}")
    assert html.meta["description"] == html.meta["og:description"] == html.meta["twitter:description"]
    assert html.links["canonical"] == html.meta["og:url"] == f"https://shields.example/{path}"
    assert html.meta["og:image"] == f"https://shields.example/preview/{path or 'overview'}.png"


def test_the_head_is_of_the_view_that_the_link_means(record):
    html = page("/initiatives?reading=broad&view=growth&utm_source=x&initiative=essi&colour=red&as_of=never")
    view = InitiativesView(view="growth", initiative=("essi",), reading="broad")
    assert html.texts["h1"] == [lead(record, view).title]
    assert html.links["canonical"] == "https://shields.example" + view.link()
    assert html.meta["og:image"].endswith("/preview/initiatives.png?view=growth&initiative=essi&reading=broad")
    below = page("/aid?view=reported", root_path="/shields")
    assert below.links["canonical"] == "https://shields.example/shields/aid?view=reported"
    assert page("/no-such-page").links["canonical"] == "https://shields.example/"


def test_a_page_names_the_host_that_it_was_asked_at():
    for host in ("shields.example:8443", "two_shields-1.internal", "192.0.2.7:8501", "[::1]", "[2001:db8::7]:8501"):
        assert page("/aid", host=host).links["canonical"] == f"https://{host}/aid"


def test_what_is_no_host_is_named_nowhere(subtests):
    for host in (
        "", '"><b>', "shields.example\"><b>", "shields.example<b>", "shields.example/elsewhere", "shields.example?x",
        "shields.example#x", "shields.example\\@elsewhere.example", "reader@shields.example", "shields.example:8443:1",
        "shields.example:999999", "shields.example:", "shields.example elsewhere.example", "shields.example\n", "[::1",
        "shields.example,elsewhere.example", "[shields.example]", "shields.example&amp;",
    ):  # fmt: skip
        with subtests.test(host):
            html = page("/aid", host=host)
            assert html.links["canonical"] == html.meta["og:url"] == "/aid"
            assert html.meta["og:image"] == "/preview/aid.png"


def test_what_stands_in_a_script_cannot_end_it(record):
    shown = lead(record, EvidenceView())
    made = head.tags(EvidenceView(), shown, "https://a.example/</script><b>", record.version)
    assert made.count("</script") == 2  # the end of the data set's, and of the one that says where the server is
    inside = re.search(r'ld\+json">(.*?)</script>', made).group(1)
    assert json.loads(inside)["url"] == "https://a.example/</script><b>/"


def test_the_data_set_is_described(record):
    made = json.loads(re.search(r'ld\+json">(.*?)</script>', ask(APP, "/aid").text).group(1))
    assert (made["@type"], made["name"], made["version"]) == ("Dataset", "Two Shields", record.data_version)
    assert made["description"] and made["license"].startswith("https://creativecommons.org/")
    assert made["distribution"][0]["contentUrl"] == "https://shields.example/data/two-shields.zip"


def test_the_summary_stands_behind_the_root_and_links_to_the_other_pages_with_the_same_evidence():
    html = page("/aid?evidence=articles")
    assert '<div id="root"></div>\n<main id="summary"' in html.source
    pages_, switch = html.anchors[1:7], html.anchors[7:9]  # the first leads to all data, for those without scripts
    assert pages_ == [f"./{path}?evidence=articles" for path in PAGES if path != "aid"]
    assert switch == ["./aid", "./aid?evidence=articles"]
    assert "You need to enable JavaScript" not in html.source


def test_nothing_that_has_to_come_first_keeps_the_summary_from_being_painted():
    text = ask(APP, "/aid").text
    assert text.count("<title>") == text.count('rel="stylesheet"') == 1
    assert max(text.index("<title>"), text.index('rel="canonical"'), text.index("og:image")) < text.index("<script")
    hints, script = '<template id="hints">', head.INLINE_SCRIPTS[1]
    places = [
        text.index(one) for one in ("</main>", hints, "/part.AAAAAAAA.js", "</template>", script, 'rel="stylesheet"')
    ]
    assert places == sorted(places), "a script waits for the rules before it"
    assert text.count("/part.AAAAAAAA.js") == 1 and 'as="font"' not in text
    assert "font-display: swap; src: url(./static/media/Letters.AAAAAAAA.woff2)" in text


def test_every_kind_of_view_and_every_headline_figure_can_be_read_without_scripts():
    anchors = page("/initiatives?reading=broad").anchors
    kinds = [
        f"./initiatives?{'' if code == 'map' else f'view={code}&'}reading=broad"
        for code in ("map", "matrix", "growth", "overlap")
    ]
    assert anchors[9:13] == kinds  # after the pages and the switch of evidence
    overview = page("/")
    assert any("Sky Shield" in text and re.search(r"\d", text) for text in overview.texts["li"])


def test_inline_scripts_are_the_same_for_every_view():
    for address in ("/", "/country?country=DEU", "/evidence?q=Mistral"):
        found = re.findall(r"<script>(.*?)</script>", ask(APP, address).text, re.DOTALL)
        assert sorted(found) == sorted(["window.first = 1", *head.INLINE_SCRIPTS])


@pytest.fixture
def with_browser(monkeypatch):
    monkeypatch.setattr(image_export, "can_draw", lambda: True)


def test_the_chart_is_a_picture_in_both_themes_and_widths_with_its_words(with_browser, record):
    view = InitiativesView(view="growth", initiative=("essi",))
    shown = lead(record, view)
    among = charts.pictures_of(record, view, shown)
    made = MACROS.chart(shown, among)
    links = [unescape(link) for link in re.findall(r'(?:src|srcset)="\./(preview/[^"]+)"', made)]
    query = "view=growth&initiative=essi&"
    assert sorted(links) == sorted(
        f"preview/initiatives.chart.webp?{query}width={width}&theme={theme}"
        for width in ("narrow", "wide") for theme in ("light", "dark")
    )  # fmt: skip
    assert made.count(" width=") == made.count(" height=") == 4
    assert unescape(re.search('alt="([^"]+)"', made)[1]) == lead(record, view).description
    preloaded = re.findall(r'<link rel="preload" as="image"[^>]+>', head.tags(view, shown, "", "x", among))
    assert {unescape(re.search(r'href="\./([^"]+)"', one).group(1)) for one in preloaded} == set(links)
    # A browser fetches ahead, and shows, the one for its own theme and window.
    taken = {one.group(2): one.group(1) for one in re.finditer(r'media="([^"]+)" (?:srcset|href)="([^"]+)"', made)}
    ahead = {one.group(2): one.group(1) for one in re.finditer(r'media="([^"]+)" href="([^"]+)"', "".join(preloaded))}
    assert len(ahead) == 4 and taken.items() < ahead.items()
    for link, asked in ahead.items():
        narrow, dark = "width=narrow" in link, "theme=dark" in link
        side = "(max-width: 1054px)" if narrow else "(min-width: 1055px)"
        assert asked == f"(prefers-color-scheme: {'dark' if dark else 'light'}) and {side}"


def test_a_country_begins_with_its_small_map_as_its_live_page_does(with_browser, record):
    view = CountryView(country="EST")
    wide, *_ = charts.pictures_of(record, view, lead(record, view))
    assert wide.pixels == place.WIDE
    made = head.summary(record, view, lead(record, view), (wide,))
    assert made.index("Where it is") < made.index("<picture>") < made.index("How it got there") < made.index("<table>")


def test_where_nothing_can_be_drawn_there_is_no_picture_to_be_missed(monkeypatch, record, with_browser):
    reference = SystemsView(view="reference")
    assert charts.pictures_of(record, reference, lead(record, reference)) == ()
    monkeypatch.setattr(image_export, "can_draw", lambda: False)
    assert charts.pictures_of(record, InitiativesView(), lead(record, InitiativesView())) == ()
    assert "<img" not in MACROS.chart(lead(record, InitiativesView()), ())


def test_a_table_escapes_cuts_and_says_so():
    rows = pd.DataFrame({"<b>": ["a&b"] * 9, "n": [2.7e9, float("nan"), 0.5, None, 1, 1, 1, 1, 1]})
    html = Html(MACROS.table(rows, head.MAX_ROWS))
    assert html.texts["th"] == ["<b>", "n"]
    assert html.texts["td"][:4] == ["a&b", "2,700,000,000", "a&b", ""]
    assert len(html.texts["tr"]) == 9 and html.texts["caption"] == ["8 of 9 rows"]
    assert MACROS.table(rows.head(0), head.MAX_ROWS).strip() == ""


def test_a_long_description_is_cut():
    shown = Shown(lists.EXHIBIT, Frame("n", "T", "", pd.DataFrame(), {}, "Rests on 1 claim."), "word " * 100)
    assert len(head.description(shown)) <= head.MAX_DESCRIPTION and head.description(shown).endswith("…")


def test_who_has_the_page_already_gets_304_and_others_compressed():
    first = ask(APP, "/aid")
    tag = first.headers["etag"]
    assert "of-streamlit" not in tag and "last-modified" not in first.headers
    assert ask(APP, "/aid", if_none_match=tag).status == 304
    assert ask(APP, "/aid?view=reported", if_none_match=tag).status == 200
    for accepted, coding, unpack in (("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
        packed = ask(APP, "/aid", accept_encoding=accepted)
        assert packed.headers["content-encoding"] == coding
        assert unpack(packed.body) == first.body
    assert ask(APP, "/aid", "HEAD").headers["content-length"] == first.headers["content-length"]


def test_what_is_no_page_is_left_alone_and_so_is_an_error():
    for path in ("/_stcore/health", "/static/js/a.js", "/media/x", "/favicon.png", "/aid/_stcore/health"):
        assert "og:title" not in ask(APP, path).text
    assert (ask(APP, "/broken").status, ask(APP, "/broken").body) == (500, b"no")


def test_a_page_without_its_head_is_still_a_page(monkeypatch):
    monkeypatch.setattr(head, "render_page", lambda *_, **__: 1 / 0)
    answer = ask(APP, "/aid", host="nobody-asked-before.example")
    assert (answer.status, answer.text) == (200, SHELL)
