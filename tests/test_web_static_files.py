"""Streamlit's static files: the same bytes as Streamlit's own, smaller on the way, kept for good, and nothing else."""

import gzip

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from web_client import ask

from two_shields.web import preload_hints, static_files
from two_shields.web.static_files import StaticFiles

SCRIPT = "export const answer = 42;\n" * 500
INDEX = '<script type="module" src="./static/js/index.AAAAAAAA.js"></script>'


async def streamlit(request):
    return PlainTextResponse("Streamlit's own", headers={"Cache-Control": "no-cache"})


@pytest.fixture
def origin(tmp_path, monkeypatch):
    """A small Streamlit: three scripts, a style, a font, an index; and a build folder of this test alone."""
    folder = tmp_path / "streamlit" / "static"
    files = {
        "index.html": INDEX,
        "static/js/index.AAAAAAAA.js": SCRIPT,
        "static/js/PlotlyChart.B-_bbbbb.js": 'import{a}from"./rows.CCCCCCCC.js";import("./later.DDDDDDDD.js");'
        + SCRIPT,
        "static/js/rows.CCCCCCCC.js": 'import"./index.AAAAAAAA.js"',
        "static/js/later.DDDDDDDD.js": "",
        "static/css/index.EEEEEEEE.css": "p { margin: 0 }\n" * 200,
        "static/media/letters.FFFFFFFF.woff2": "wOF2" * 100,
        "static/plain.js": SCRIPT,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setattr(static_files, "origin", lambda: folder)
    monkeypatch.setattr(static_files, "BUILD", tmp_path / "build")
    static_files.manifest.cache_clear()
    yield folder
    static_files.manifest.cache_clear()


@pytest.fixture
def site(origin):
    """A server with the compressed files in front of Streamlit."""
    static_files.build()
    return Starlette(
        routes=[Route("/{path:path}", streamlit, methods=["GET", "POST"])], middleware=[Middleware(StaticFiles)]
    )


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("br;q=0, gzip", "gzip", gzip.decompress),
     ("", None, bytes), ("identity", None, bytes)],
)  # fmt: skip
def test_a_chunk_goes_out_as_its_reader_accepts_it_and_is_streamlits_own(site, origin, accepted, coding, unpack):
    answer = ask(site, "/static/js/index.AAAAAAAA.js", accept_encoding=accepted)
    assert (answer.status, answer.headers.get("content-encoding")) == (200, coding)
    assert unpack(answer.body) == (origin / "static/js/index.AAAAAAAA.js").read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert len(answer.body) < 500 or not coding


def test_types_are_right_and_what_is_small_already_stays_as_it_is(site):
    font = ask(site, "/static/media/letters.FFFFFFFF.woff2", accept_encoding="br, gzip")
    assert (font.headers["content-type"], font.headers.get("content-encoding")) == ("font/woff2", None)
    assert ask(site, "/static/css/index.EEEEEEEE.css").headers["content-type"].startswith("text/css")
    assert ask(site, "/static/plain.js").headers["cache-control"] == "public, max-age=3600", "a name without a digest"


def test_heads_parts_and_who_has_it_already(site):
    whole = ask(site, "/static/js/index.AAAAAAAA.js")
    head = ask(site, "/static/js/index.AAAAAAAA.js", "HEAD")
    assert (head.body, head.headers["content-length"]) == (b"", whole.headers["content-length"])
    part = ask(site, "/static/js/index.AAAAAAAA.js", range="bytes=7-11")
    assert (part.status, part.body) == (206, whole.body[7:12])
    assert ask(site, "/static/js/index.AAAAAAAA.js", if_none_match=whole.headers["etag"]).status == 304
    below = ask(site, "/static/js/index.AAAAAAAA.js", root_path="/shields", accept_encoding="br")
    assert below.headers.get("content-encoding") == "br", "below a path of its own, too"


def test_all_else_is_streamlits(site):
    for path in (
        "/static", "/static/", "/static/js", "/static/js/", "/static/js/index.AAAAAAAA.js.br", "/static/../manifest.json",
        "/static/js/../../manifest.json", "/manifest.json", "/static//js/index.AAAAAAAA.js", "/static/js/none.AAAAAAAA.js",
        "/static/js/index.AAAAAAAA.js/", "/", "/aid",
    ):  # fmt: skip
        assert ask(site, path).text == "Streamlit's own"
    assert ask(site, "/static/js/index.AAAAAAAA.js", "POST").text == "Streamlit's own"


def test_without_the_folder_streamlit_serves_its_own_files(origin, caplog):
    site = Starlette(routes=[Route("/{path:path}", streamlit)], middleware=[Middleware(StaticFiles)])
    assert ask(site, "/static/js/index.AAAAAAAA.js").text == "Streamlit's own"
    assert "python -m two_shields.web" in caplog.text
    assert static_files.manifest() == {}


def test_a_folder_of_another_build_of_streamlit_is_not_served(site, origin):
    (origin / "index.html").write_text(INDEX.replace("AAAAAAAA", "GGGGGGGG"), "utf-8")
    static_files.manifest.cache_clear()
    assert static_files.manifest() == {}


def test_a_folder_that_was_not_finished_is_not_served(site):
    (static_files.folder() / static_files.MANIFEST).write_text('{"ind', "utf-8")
    static_files.manifest.cache_clear()
    assert static_files.manifest() == {}


def test_it_says_what_it_does_and_does_it_once(origin, capsys):
    static_files.main()
    first = capsys.readouterr()
    assert "Compressing" in first.out and str(static_files.folder()) in first.out
    assert first.err.splitlines()[-1] == "Files: 6 of 6"
    assert [path.name for path in static_files.BUILD.iterdir()] == [static_files.folder().name]
    static_files.main()
    assert "compressed already" in capsys.readouterr().out


def test_a_chunk_needs_what_it_imports_and_not_what_it_may_load_later(site, origin):
    needs = preload_hints.needs(origin / "static" / "js")
    assert needs["PlotlyChart"] == ["PlotlyChart.B-_bbbbb.js", "rows.CCCCCCCC.js", "index.AAAAAAAA.js"]
    # What Streamlit's HTML hints at itself is not said twice; the Evidence page opens without a chart.
    assert list(preload_hints.hints(INDEX, "aid", needs)) == ["PlotlyChart.B-_bbbbb.js", "rows.CCCCCCCC.js"]
    assert preload_hints.hints(INDEX, "evidence", needs) == {}


def test_what_stands_below_the_chart_can_wait_unless_something_above_needs_it_too():
    needs = {"PlotlyChart": ["PlotlyChart.js", "both.js"], "Selectbox": ["Selectbox.js", "both.js"]}
    assert preload_hints.hints("", "aid", needs) == {"PlotlyChart.js": False, "both.js": False, "Selectbox.js": True}
    assert preload_hints.hints("", "evidence", needs) == {}, "it shows neither"


def test_the_installed_streamlit_has_a_chunk_of_every_element_that_is_hinted_at():
    needs = preload_hints.needs(static_files.origin() / "static" / "js")
    assert all(names and names[0].startswith(f"{element}.") for element, names in needs.items())
    assert list(needs) == preload_hints.elements()
    assert any(name.startswith("rolldown-runtime.") for name in needs[preload_hints.CHART])
