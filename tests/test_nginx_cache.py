"""nginx's cache, before a server that counts: what is the same for all is asked once per release; sessions never are kept."""

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser.conftest import within_view
from proxy import before
from web_client import Answer, get

pytestmark = pytest.mark.process
SHARED = [
    "/",
    "/aid?kind=military",
    "/data/claims.csv",
    "/changes.atom",
    "/sitemap.xml",
    "/static/js/index.12345678.js",
]


class Counting(BaseHTTPRequestHandler):
    """Answers with the release, how often it was asked for this address, and the cookies and codings that came along."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked[self.path] += 1
        said = [self.headers.get("Cookie", "no cookie"), self.headers.get("Accept-Encoding", "identity")]
        body = " ".join([self.server.release, str(self.server.asked[self.path]), *said]).encode()
        self.send_response(200)
        headers = {"Content-Length": len(body), "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        headers["X-Release"] = self.server.release
        for name, value in (headers | self.server.also.get(self.path, {})).items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def counting(port: int = 0) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", port), Counting)
    server.release, server.asked, server.also = "first", Counter(), {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="copy-") as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "index.html").write_text("<!-- away --><h1>The copy</h1>", "utf-8")
        yield Path(folder)


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with counting() as started:
        started.also["/static/js/index.12345678.js"] = {"Cache-Control": "public, max-age=31536000, immutable"}
        yield started


@pytest.fixture
def site(server, copy) -> Iterator[str]:
    """The address of nginx in front of it."""
    with before([f"http://127.0.0.1:{server.server_port}"], copy) as address:
        server.asked.clear()
        yield address


def until(address: str, text: str) -> Answer:
    """The first answer with the text, which comes within seconds."""
    end = time.monotonic() + 60
    while text not in (answer := get(address)).text and time.monotonic() < end:
        time.sleep(0.1)
    assert text in answer.text
    return answer


def test_what_is_the_same_for_all_is_asked_once(site, server):
    for link in SHARED:
        with within_view(link):
            is_asked_once(site, server, link)


def is_asked_once(site, server, link):
    readers = [get(site + link, User_Agent=f"browser {name}", Cookie=f"reader={name}") for name in range(5)]
    assert {answer.text.split()[1] for answer in readers} == {"1"} and server.asked[link] == 1
    assert [answer.headers["x-cache"] for answer in readers] == ["MISS", *["HIT"] * 4]
    # What depends on the site's name, the scheme or the coding is kept apart.
    if not link.startswith("/static/"):
        assert get(site + link, Host="shields.example").headers["x-cache"] == "MISS"
        assert get(site + link, X_Forwarded_Proto="https").headers["x-cache"] == "MISS"
    coded = get(site + link, Accept_Encoding="gzip, deflate, br, zstd")
    assert (coded.headers["x-cache"], coded.text.split()[-1]) == ("MISS", "br")
    assert get(site + link, Accept_Encoding="br;q=1.0, gzip").headers["x-cache"] == "HIT"


def test_nothing_of_a_session_is_kept(site, server):
    for link in ("/_stcore/host-config", "/_stcore/health", "/media/1234.csv", "/component/x/y.js"):
        server.also[link] = {"Cache-Control": "public, max-age=3600"}
        answers = [get(site + link, Cookie=f"reader={name}").text for name in range(3)]
        assert answers == [f"first {name + 1} reader={name} identity" for name in range(3)], link


def test_an_answer_with_a_cookie_is_not_kept_and_no_reader_s_cookie_makes_a_shared_one(site, server):
    for link in ("/aid", "/data/claims.csv", "/preview/aid.png"):
        server.also[link] = {"Set-Cookie": "reader=1", "Cache-Control": "public, max-age=3600"}
        answers = [get(site + link, Cookie="reader=2").text for _ in range(3)]
        assert answers == [f"first {n} no cookie identity" for n in (1, 2, 3)], link


def test_a_new_release_is_out_once_it_has_been_seen(site, server):
    assert [get(f"{site}/aid").text.split()[0] for _ in range(2)] == ["first", "first"]
    server.release = "second"
    until(f"{site}/aid", "second")
    assert {get(f"{site}/aid").text for _ in range(5)} == {"second 2 no cookie identity"}


def test_an_answer_of_another_release_is_not_kept(site, server):
    """While replicas are replaced, one may answer that is older than the one that was asked for its release."""
    server.also["/aid"] = {"X-Release": "other"}
    assert [get(f"{site}/aid").text.split()[1] for _ in range(3)] == ["1", "2", "3"]


def test_a_card_lasts_as_long_as_it_says(site, server):
    server.also |= {"/preview/aid.png": {"Cache-Control": "public, max-age=3600"}}
    server.also |= {"/preview/initiatives.png": {"Cache-Control": "no-store"}}
    assert [get(f"{site}/preview/aid.png").text.split()[1] for _ in range(3)] == ["1", "1", "1"]
    assert [get(f"{site}/preview/initiatives.png").text.split()[1] for _ in range(3)] == ["1", "2", "3"]


def test_a_reader_gets_the_old_answer_while_it_is_renewed(site, server):
    server.also["/aid"] = {"X-Accel-Expires": "1"}
    assert get(f"{site}/aid").text.split()[1] == "1"
    time.sleep(2.1)
    old = get(f"{site}/aid")
    assert (old.text.split()[1], old.headers["x-cache"]) == ("1", "STALE")
    until(f"{site}/aid", "first 2")


def test_a_page_is_away_with_the_replicas_and_back_with_them(copy):
    with counting() as server:
        port = server.server_port
        with before([f"http://127.0.0.1:{port}"], copy) as site:
            server.also["/static/a.12345678.js"] = {"Cache-Control": "public, max-age=31536000"}
            assert get(f"{site}/aid").text.startswith("first") and get(f"{site}/static/a.12345678.js").status == 200
            server.shutdown()
            server.server_close()
            until(f"{site}/aid", "The copy")  # though the page is still in the cache: it could not come to life
            assert get(f"{site}/static/a.12345678.js").status == 200
            with counting(port):
                until(f"{site}/aid", "first")
