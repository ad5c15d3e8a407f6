"""The whole server, over the network: nasty bytes do not end it, and data that break under it reach nobody."""

from __future__ import annotations

import shutil
import socket
import time
from itertools import cycle
from urllib.parse import urlsplit

import pytest
from web_client import get, serve_whole

from browser.conftest import SETTLES_WITHIN, settle
from two_shields.record.record import DATA, Record

WAITS = 60  # seconds, for a server that looks at its data every few


def until(holds, address: str):
    """Ask until the answer is as it should be."""
    end = time.monotonic() + WAITS
    while True:
        answer = get(address)
        if holds(answer) or time.monotonic() > end:
            assert holds(answer), (answer.status, answer.body[:200])
            return answer
        time.sleep(0.3)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server with a data folder of its own: its address and the folder."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(DATA, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TWO_SHIELDS_DATA", str(folder))
        with serve_whole() as address:
            yield address, folder


def test_data_that_break_under_a_running_server_reach_nobody(served, browser):
    address, folder = served
    good = Record.load(folder)
    claims = folder / "claims.csv"
    sound = claims.read_bytes()
    tag = until(lambda answer: answer.status == 200, f"{address}/data/claims.csv").headers["etag"]

    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(2 * SETTLES_WITHIN * 1000)
    page = context.new_page()
    page.goto(f"{address}/initiatives")
    settle(page)
    claims.write_bytes(sound.replace(b",stated,", b",sure,", 1))
    notice = page.get_by_text("Newer data have been ignored")
    end = time.monotonic() + WAITS
    for view in cycle(("Growth", "Overlap")):  # a change of a filter runs a part of the page
        page.get_by_text(view, exact=True).click()
        page.wait_for_url(f"**/initiatives?view={view.lower()}")
        settle(page)
        if notice.count() or time.monotonic() > end:
            break
    text = notice.inner_text()
    assert page.url.endswith(view.lower()), "the change is kept"
    assert "they have a fault in claims.csv, line" in text and "column certainty" in text
    assert f"version {good.version}" in text and str(folder) not in page.content()
    answer = get(f"{address}/data/claims.csv")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, sound, tag)
    assert get(f"{address}/aid").status == get(f"{address}/preview/timeline.png").status == 200

    claims.write_bytes(sound.replace(b",stated,", b",planned,", 1))
    newer = until(lambda answer: answer.headers["etag"] != tag, f"{address}/data/claims.csv")
    assert newer.body == claims.read_bytes()
    assert Record.load(folder).version in get(f"{address}/aid").text
    page.reload()
    page.get_by_test_id("stExpander").first.wait_for()  # below where a notice would stand
    assert notice.count() == 0 and page.get_by_test_id("stAlert").count() == 0
    context.close()


NASTY = (
    b"GET /%zz HTTP/1.1", b"GET /%ff%fe%fd HTTP/1.1", b"GET /aid?%zz=%ff HTTP/1.1", b"GET /evidence?q=%00%0d%0aX-Zqx:%201 HTTP/1.1",
    b"GET /evidence?q=%ED%A0%80 HTTP/1.1", b"GET /\xff\xfe HTTP/1.1", b"GET /evidence?q=<zqx> HTTP/1.1",
    b"GET /aid?donor=" + b"A" * 60_000 + b" HTTP/1.1", b"GET /aid?" + b"donor=FRA&" * 5_000 + b" HTTP/1.1",
    b"GET /" + b"a" * 30_000 + b" HTTP/1.1", b"GET /../../../etc/passwd HTTP/1.1", b"GET /data/..%2f..%2fapp.py HTTP/1.1",
    b"GET /data/%2e%2e/server.py HTTP/1.1", b"GET /static/..%2f..%2f..%2fetc/passwd HTTP/1.1", b"GET //aid HTTP/1.1",
    b"GET /preview/..%5c.png HTTP/1.1", b"GET /preview/%00.png HTTP/1.1", b"GET /data/claims.csv%00 HTTP/1.1",
    b"POST /aid HTTP/1.1", b"PUT /data/claims.csv HTTP/1.1", b"DELETE / HTTP/1.1", b"TRACE / HTTP/1.1", b"ZQX / HTTP/1.1",
    b"GET http://zqx.example/ HTTP/1.1", b"GET * HTTP/1.1", b"GET / HTTP/9.9", b"zqx", b"\x16\x03\x01\x00\xa5\x01", b"\x00" * 100,
    b"GET /aid HTTP/1.1\r\nHost: [", b"GET /robots.txt HTTP/1.1\r\nHost: \"><zqx>", b"GET /aid HTTP/1.1\r\nHost: \xff\xff",
    b"GET /aid HTTP/1.1\r\nIf-None-Match: \xff\"", b"GET /aid HTTP/1.1\r\nAccept-Encoding: \x80gzip;q=zqx",
    b"GET /aid HTTP/1.1\r\nContent-Length: -1", b"GET /aid HTTP/1.1\r\nRange: bytes=9-1,zqx", b"GET /aid HTTP/1.1\r\n: zqx",
)  # fmt: skip


def test_no_bytes_end_the_server_or_make_it_fail(served):
    address, _ = served
    place = urlsplit(address)
    for line in NASTY:
        with socket.create_connection((place.hostname, place.port), timeout=WAITS) as wire:
            host = b"" if b"Host:" in line else b"Host: shields.example\r\n"
            wire.sendall(line + b"\r\n" + host + b"Connection: close\r\n\r\n")
            answer = b""
            while part := wire.recv(65_536):
                answer += part
        status = answer.partition(b"\r\n")[0].partition(b" ")[2][:3]
        assert status in (b"200", b"400", b"404", b"405", b"414"), (line[:80], answer[:200])
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert b"x-zqx" not in head and b"root:" not in answer and b"<zqx" not in answer, line[:80]
    assert get(f"{address}/aid").status == 200
    assert get(f"{address}/_stcore/health").status == 200
