"""Links that nobody would write: whatever stands in an address, the site answers, says what it left out, and repeats nothing
of it as markup.

`FUZZ=20 pytest tests/test_fuzz_links.py` tries twenty times as many links, other ones each time; `make fuzz` does.
"""

import csv
import io
import json
import os
import re
from functools import cache, partial
from itertools import count
from pathlib import Path
from urllib.parse import parse_qsl, quote_from_bytes, unquote, urlencode, urlsplit

import pytest
import streamlit
from anyio.from_thread import BlockingPortal, start_blocking_portal
from checked_in import RECORD
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from page_client import APP as SCRIPT
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit.testing.v1 import AppTest
from web_client import Answer, Html, answered

from two_shields.exhibits import registry
from two_shields.export import image_export, sharing
from two_shields.state.parameters import FIRST_DAY, LAST_DAY, LONGEST_TEXT, View
from two_shields.state.views import PAGES
from two_shields.ui.page import MOST_NOTICES
from two_shields.web import MIDDLEWARE, ROUTES, data, head, http, preview, request_limits
from two_shields.web.disk_cache import DiskCache

TIMES = float(os.environ.get("FUZZ", "1"))


def tried(number: int, fuzz: int, shrinks: bool = True):
    """So many links, always the same ones; in `make fuzz` `fuzz` of them, times `TIMES`, and others each time.

    Where one takes long, looking for a shorter link that fails, too, would take minutes.
    """
    number = number if TIMES == 1 else fuzz
    return settings(
        phases=[phase for phase in Phase if shrinks or phase not in (Phase.shrink, Phase.explain)],
        max_examples=max(1, round(number * TIMES)), derandomize=TIMES == 1, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


# What stands in the links.

MARK = "zqx"
NASTY = (
    "<zqx>", '"><zqx onzqx=1>', "' onzqx='1", "<script>zqx()</script>", "</script><zqx>", "</title><zqx>", "--><zqx>", "]]>",
    "<!--", "<![CDATA[zqx", "&lt;zqx&gt;", "&#60;zqx&#62;", "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://zqx\")",
    "../../etc/passwd", "..\\..\\zqx", "/etc/passwd", "file:///etc/passwd", "%2e%2e%2f", "a\x00b", "\x00", "\x07\x1b[31m",
    "\r\nX-Zqx: 1", "\n", "\t", " ", "\u202ezqx", "\u2028", "\u200b", "\ufeff", "\U0001d518\U0001d52b", "é" * 50,
    ":material/home:", ":smile:", ":red[zqx]", "$x^2$", "$$zqx$$", "![zqx](http://zqx.example/x.png)", "->", "--",
    "[zqx](javascript:zqx)", "**zqx**", "`zqx`", "www.zqx.example", "zqx@zqx.example", "{{7*7}}", "${7*7}", "%s%n", "javascript:zqx",
    "A" * 8_000, "<zqx>" * 1_600, "\U0001f6e1" * 500, "null", "None", "nan", "-0", "1e999", "9" * 400, "0000-00-00",
    "2023-02-30", "９９９９-01-01", "essi\x00", "FRA;DEU", "true",
)  # fmt: skip
#: Days that no calendar has, or none that is offered.
NO_DAYS = ("2023-02-30", "2023-13-01", "1979-12-31", "2036-01-01", "2023-1-1", "0000-00-00", "2023-02-28T00:00", "20230228",
           "2023-W09-2")  # fmt: skip
#: Bytes that no browser sends.
RAW = (
    b"%", b"%zz", b"%2", b"%ff%fe", b"%ED%A0%80", b"%00", b"%0d%0aX-Zqx:%201", b"%C0%AF", b"%u0041", b"%2525", b"+", b"==",
    b"%F4%90%80%80", b"<zqx>", b"\"'`", b"%EF%BF%BF", b"[]", b"%5B%5D",
)  # fmt: skip
FOREIGN = ("utm_source", "utm_campaign", "fbclid", "gclid", "ref")
UNKNOWN = (
    "colour", "View", "donor[]", "__proto__", "constructor", "<zqx>", '"onzqx=', "zqx\x00", "q\u200b", "é", "../zqx", "a" * 300,
)  # fmt: skip


@cache
def good(page: type[View]) -> dict[str, tuple[str, ...]]:
    """Values that each parameter of a page understands."""
    found = {}
    for parameter in page.parameters():
        if parameter.kind == "day":
            found[parameter.name] = ("2022-10-13", "2023-12-31", FIRST_DAY.isoformat(), LAST_DAY.isoformat())
        elif parameter.kind == "text":
            found[parameter.name] = ("Mistral", "patriot germany", "essi-mou")
        else:
            found[parameter.name] = tuple(parameter.codes(RECORD))[:12]
    return found


def values(page: type[View], name: str) -> st.SearchStrategy[str]:
    sound = good(page).get(name, ("map",))
    near = st.sampled_from(sound).flatmap(
        lambda code: st.sampled_from((code, code.lower(), f"{code}x", f" {code}", f"{code}\x00", code[::-1]))
    )
    is_day = any(one.name == name and one.kind == "day" for one in page.parameters())
    nasty = st.sampled_from(NASTY) | st.sampled_from(NO_DAYS) if is_day else st.sampled_from(NASTY)
    return st.one_of(st.sampled_from(sound), near, nasty, st.text(st.characters(codec="utf-8"), max_size=30))


def pairs(page: type[View]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Names and values; now and then one of them nearly a thousand times: of more Streamlit reads none at all (1.67)."""
    names = st.one_of(st.sampled_from(tuple(good(page))), st.sampled_from((*FOREIGN, *UNKNOWN)))
    one = names.flatmap(lambda name: st.tuples(st.just(name), values(page, name)))
    few = st.lists(one, max_size=5)
    many = st.tuples(one, few).map(lambda both: [both[0]] * 990 + both[1])
    return st.one_of(few, few, few, few, few, many)


@st.composite
def queries(draw, page: type[View]) -> bytes:
    """A query as it comes over the wire."""
    parts = [
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(text.encode())}".encode()
        for name, text in draw(pairs(page))
    ]
    for raw in draw(st.lists(st.sampled_from(RAW), max_size=2)):
        parts.append(draw(st.sampled_from((raw, b"q=" + raw, b"view=" + raw, raw + b"=1"))))
    return b"&".join(parts)


# The server, in this process.

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


async def shell(request) -> HTMLResponse:
    return HTMLResponse(INDEX)


APP = Starlette(routes=[*ROUTES, Route("/{path:path}", shell)], middleware=MIDDLEWARE)


@pytest.fixture(scope="module")
def portal():
    with start_blocking_portal() as made:
        yield made


@pytest.fixture(autouse=True, scope="module")
def nothing_is_drawn():
    """Cards are set in words, and whatever the server would log as its own failure fails the test."""

    def draw(figure, form):
        raise image_export.ImageUnavailable("no browser")

    def fail(message, *values):
        raise AssertionError(message % values)

    disk = DiskCache("test-fuzz")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(image_export, "draw", draw)
        patch.setattr(preview, "card_cache", lambda: disk)
        patch.setattr(http.LOG, "exception", fail)
        yield
    disk.close()


#: Each asks as somebody else: how often one may ask is another test's.
CLIENTS = count()


def ask(
    portal: BlockingPortal, path: bytes, query: bytes = b"", headers: tuple[tuple[bytes, bytes], ...] = ()
) -> Answer:
    """What comes back. The path is read as uvicorn reads it."""
    sent = headers if any(name == b"host" for name, _ in headers) else ((b"host", b"shields.example"), *headers)
    asked = {
        "path": unquote(path.decode("ascii")), "raw_path": path, "query_string": query, "headers": list(sent),
        "client": (f"10.{next(CLIENTS) % 250}.0.1", 1),
    }  # fmt: skip
    answer = portal.call(partial(answered, APP, **asked))
    for name, value in answer.headers.raw:
        assert name.lower() != b"x-zqx" and not re.search(rb"[\r\n\0]", name + value)
    return answer


def is_harmless(body: bytes, of: type[View] | None = None) -> Html:
    """Nothing of the link has become markup; what the page links to is this site's."""
    text = body.decode("utf-8")
    seen = Html(text)
    assert not [name for name in (*seen.texts, *seen.comments) if MARK in name]
    assert not [name for name, _ in seen.attributes if MARK in name or name.startswith("on")]
    assert not [value for _, value in seen.attributes if value.lower().strip().startswith("javascript:")]
    data_set, *others = sorted(seen.texts["script"], key=lambda script: '"@context"' not in script)
    assert json.loads(data_set)["@type"] == "Dataset"
    assert len(others) == len(Html(INDEX).texts["script"]) + len(head.INLINE_SCRIPTS)
    assert not [script for script in others if MARK in script]
    assert "<zqx" not in text and "<script>zqx" not in text
    if of is not None:
        names = {name for name, _ in parse_qsl(urlsplit(seen.links["canonical"]).query)}
        assert names <= {parameter.name for parameter in of.parameters()}
    return seen


@pytest.mark.parametrize("path", PAGES)
@tried(25, fuzz=180)
@given(data=st.data())
def test_any_link_is_answered_with_the_page_of_its_view(path: str, data, portal):
    page = PAGES[path]
    query = data.draw(queries(page))
    answer = ask(portal, f"/{path}".encode(), query)
    if answer.status == 414:  # longer than anything that is read here
        assert len(query) > request_limits.MAX_ADDRESS - 100 or query.count(b"&") >= request_limits.MAX_PARAMETERS
        assert MARK.encode() not in answer.body
        return
    assert answer.status == 200
    seen = is_harmless(answer.body, page)
    understood: dict[str, list[str]] = {}
    for name, text in QueryParams(query).multi_items()[: http.MAX_PARAMETERS]:
        understood.setdefault(name, []).append(text)
    view = page.parse(understood, RECORD)[0]
    assert seen.links["canonical"] == f"https://shields.example{view.link()}"
    assert page.parse({name: list(texts) for name, texts in view.query().items()}, RECORD) == (view, ())


@pytest.mark.parametrize("path", PAGES)
@tried(4, fuzz=20)
@given(data=st.data())
def test_the_files_of_any_view_can_be_read_and_compute_nothing(path: str, data):
    page = PAGES[path]
    query: dict[str, list[str]] = {}
    for name, text in data.draw(pairs(page)):
        query.setdefault(name, []).append(text)
    view = page.parse(query, RECORD)[0]
    frames = (exhibit.frame_of(RECORD, view) for exhibit in registry.exhibits_of(view))
    for frame in filter(None, frames):
        rows = list(csv.reader(io.StringIO(sharing.csv_bytes(frame).decode("utf-8"), newline=""), strict=True))
        assert {len(row) for row in rows} == {len(frame.table.columns)}
        computed = re.compile(r"[=+@\t\r]|-(?![0-9.]+$)")
        assert not [cell for row in rows for cell in row if computed.match(cell)]
        link = f"https://shields.example{view.link()}"
        made = json.loads(sharing.json_bytes(frame, RECORD.only(view.evidence), link))
        assert len(made["rows"]) == len(rows) - 1


PATHS = st.one_of(
    st.sampled_from([f"/data/{name}".encode() for name in data.names()]),
    st.tuples(
        st.sampled_from((b"/data/", b"/preview/", b"/openapi.json/", b"/", b"/aid/", b"//", b"/data/claims.csv/")),
        st.one_of(
            st.sampled_from(RAW), st.sampled_from(NASTY).map(lambda text: quote_from_bytes(text.encode()).encode()),
            st.sampled_from((b"..%2f..%2fapp.py", b"..%5cclaims.csv", b"%2e%2e/server.py", b"claims.csv%00.json", b"CLAIMS.CSV")),
            st.binary(max_size=20).map(lambda raw: quote_from_bytes(raw).encode()),
        ),
    ).map(b"".join).filter(lambda path: all(32 < byte < 127 for byte in path)),
    st.sampled_from((b"/robots.txt", b"/sitemap.xml", b"/llms.txt", b"/openapi.json", b"/preview/aid.png", b"/data", b"/data/")),
)  # fmt: skip
HEADERS = st.lists(
    st.one_of(
        st.tuples(st.just(b"host"), st.sampled_from((
            b"<zqx>", b'"><zqx onzqx=1>', b"[", b"[::1]:8501", b"a:99999999", b"", b"shields.example:443", b"zqx/../x", b"\xff\xfe",
            b"a b", b"shields.example@zqx", b"x" * 5_000, b"zqx?y#z", b"]]>", b"&zqx;"))),
        st.tuples(st.sampled_from((b"if-none-match", b"accept-encoding", b"range", b"if-modified-since", b"accept-language",
                                   b"x-forwarded-host", b"user-agent", b"cookie", b"origin")),
                  st.one_of(st.sampled_from((b"*", b'"', b"W/", b"gzip;q=<zqx>", b"bytes=0-,-1", b"\xff" * 50, b"," * 2_000, b"<zqx>")),
                            st.binary(max_size=30).filter(lambda raw: not re.search(rb"[\r\n\0]", raw)))),
    ),
    max_size=4, unique_by=lambda pair: pair[0],
)  # fmt: skip


@tried(250, fuzz=800)
@given(path=PATHS, headers=HEADERS, data=st.data())
def test_any_path_and_header_is_answered(path: bytes, headers, data, portal):
    query = data.draw(queries(PAGES["evidence"]))
    answer = ask(portal, path, query, tuple(headers))
    status, body = answer.status, answer.body
    assert status in (200, 304, 404, 414, 431)
    form = answer.headers.get("content-type", "").partition(";")[0]
    if status >= 400:
        assert form == "text/plain" and MARK.encode() not in body
    elif form == "text/html":
        # What is no page of ours is Streamlit's, as it is.
        if b"gzip" not in dict(headers).get(b"accept-encoding", b"") and body != INDEX.encode():
            is_harmless(body)
    elif form == "application/json" and body:
        json.loads(body)
    elif form == "application/xml":
        assert b"<zqx" not in body
    if status < 400 and path in (b"/robots.txt", b"/sitemap.xml", b"/llms.txt", b"/openapi.json"):
        assert status == 200 and b"<zqx" not in body and b"zqx" not in body.replace(b"shields.example@zqx", b"")
    assert b"root:" not in body and b"import streamlit" not in body


# The pages, run as Streamlit runs them.


@cache
def running(path: str) -> AppTest:
    """A page that stays open while its address changes under it."""
    app = AppTest.from_file(SCRIPT, default_timeout=300)
    app.switch_page(f"pages/{path or 'overview'}.py")
    return app.run()


#: A character that Markdown or Streamlit makes something of, if no backslash stands before it.
BARE = re.compile(r"(?<!\\)(?:\\\\)*[`*_\[\]<>$:#~|&]")


#: Characters that Streamlit (1.67) reads of an address.
LONGEST_QUERY = 524_288


def opens(path: str, query: dict[str, list[str]]) -> None:
    """The page opens at this address, says what it left out, and shows what the address says as mere text.

    `test_views.py` says what is left out of an address.
    """
    page = PAGES[path]
    app = running(path)
    app.query_params.clear()
    app.query_params.update(query)
    app.run()
    assert not app.exception and not app.error, [one.value for one in (*app.exception, *app.error)]
    said = [one.value for one in app.warning]
    # The server refuses such an address; Streamlit by itself reads nothing of it.
    too_long = len(urlencode(query, doseq=True)) > LONGEST_QUERY
    count = 0 if too_long else len(page.parse(query, RECORD)[1])
    assert len(said) == min(count, MOST_NOTICES) + (count > MOST_NOTICES), said
    for sentence in said:
        # All that comes from the link stands in one piece of code, which shows it as it is.
        around = re.sub(r"`[^`]*`", "", sentence)
        assert MARK not in around and "`" not in around and sentence.isprintable()
        assert len(sentence) < 400
    for kind in ("title", "header", "subheader", "markdown", "caption", "info"):
        for words in (re.sub(r"`[^`]*`", "", one.value) for one in app.get(kind)):
            assert MARK not in words or not BARE.search(words.replace(":material/", ""))
    assert not [one for one in app.get("html") if MARK in one.proto.body]
    if path == "evidence":
        title = app.subheader[0].value
        asked_for = [
            " ".join("".join(c for c in q if c.isprintable() or c.isspace()).split()) for q in query.get("q", [])
        ]
        words = [words[:LONGEST_TEXT].strip() for words in asked_for if words]
        if words and not too_long:
            shown = re.sub(r"\\(.)", r"\1", title).replace("\u2060", "")
            assert words[-1].replace("\u2060", "") in shown
        assert not BARE.search(title.replace(":material/", ""))


#: Each parameter of each page, and for each page a name that it does not know.
PLACES = [(path, name) for path, page in PAGES.items() for name in (*(one.name for one in page.parameters()), "")]


@pytest.mark.parametrize(("path", "name"), PLACES, ids=[f"{path or 'overview'}-{name or '?'}" for path, name in PLACES])
@tried(2, fuzz=9, shrinks=False)
@given(data=st.data())
def test_any_link_opens_its_page_and_what_is_dropped_is_said(path: str, name: str, data):
    """A few links for each parameter; the first of them brings another nasty value to each."""
    page = PAGES[path]
    turn = 2 * PLACES.index((path, name)) % len(NASTY)
    names = st.just(name) if name else st.sampled_from((*UNKNOWN, *FOREIGN))
    nasty = st.one_of(st.sampled_from(NASTY[turn:] + NASTY[:turn]), values(page, name))
    query: dict[str, list[str]] = {}
    for name, text in [data.draw(st.tuples(names, nasty)), *data.draw(pairs(page))]:
        if name.isprintable() and text:
            query.setdefault(name, []).append(text)
    opens(path, query)


def test_of_many_faults_the_first_are_said_and_the_others_counted():
    opens("aid", {f"no-{number}": ["x"] for number in range(MOST_NOTICES + 5)})


def test_an_address_that_is_too_long_to_be_read_opens_the_default_view():
    opens("aid", {"donor": ["AUT"], "colour": ["<zqx>" * 200_000]})


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_what_is_searched_for_and_what_is_left_out_are_shown_as_they_are(nasty: str, portal):
    """The places at which a page, its head and its summary repeat what its address says, each with every nasty value."""
    query = {"q": [nasty], "claim": [nasty], "colour": [nasty]}
    opens("evidence", query)
    answer = ask(portal, b"/evidence", urlencode(query, doseq=True).encode())
    if len(nasty) < LONGEST_TEXT:
        assert answer.status == 200
        is_harmless(answer.body, PAGES["evidence"])
