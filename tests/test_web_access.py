"""AccessControl: what of the server stands open, and that a fault tells a reader nothing of the code."""

import logging
import re
import tomllib
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from web_client import ask, get, run
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from two_shields.web import MAX_RECEIVED, MIDDLEWARE
from two_shields.web.access import FAILED, AccessControl, is_same_origin

ROOT = Path(__file__).resolve().parent.parent
#: What may not be in any answer: traces of the code, its places, its words.
TRACES = re.compile(r"Traceback|File \"|\.py\b|line \d+|KeyError|4711|site-packages", re.IGNORECASE)


NEEDED_BY_NOBODY = (
    "/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check",
    "/_stcore/bidi-components", "/component", "/app/static", "/auth", "/oauth2callback",
)  # fmt: skip


async def page(request):
    if any(f"{closed}/" in f"{request.scope['path']}/" for closed in NEEDED_BY_NOBODY):
        return PlainTextResponse("what Streamlit has here")
    return HTMLResponse("<p>the page that Streamlit has for everything</p>")


async def failing(request):
    raise KeyError("the secret is 4711")


async def failing_late(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise KeyError("the secret is 4711")


ROUTES = [
    Route("/data/claims.csv", failing),
    Route("/aid", failing),
    Route("/{path:path}", page, methods=["GET", "HEAD", "POST", "PUT", "OPTIONS"]),
]
#: As Streamlit builds it around our middleware.
APP = Starlette(routes=ROUTES, middleware=MIDDLEWARE)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("path", [f"{closed}{rest}" for closed in NEEDED_BY_NOBODY for rest in ("", "/", "/x/y")])
def test_what_no_reader_needs_is_not_there(path, method):
    answer = ask(APP, path, method)
    assert (answer.status, answer.text) == (404, "There is nothing at this address.\n")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ask(APP, path, method, root_path="/mounted").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_readers_read(method):
    for path in ("/aid", "/data/claims.csv", "/_stcore/upload_file/a/b", "/_stcore/agent/interact"):
        answer = ask(APP, path, method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_streamlits_page_is_no_answer_to_what_is_no_page():
    for path in (
        "/.env",
        "/.git/config",
        "/wp-login.php",
        "/static",
        "/static/js/none.js",
        "/_stcore/x",
        "/media/x",
        "/a/b",
    ):
        answer = ask(APP, path)
        assert (answer.status, answer.text) == (404, "There is nothing at this address.\n")
    assert {ask(APP, path).status for path in ("/", "/nowhere", "/componentry", "/authors")} == {200}, (
        "pages stand open"
    )


@pytest.mark.parametrize("path", ["/data/claims.csv", "/aid"])
def test_a_fault_is_for_the_log_and_a_sentence_for_the_reader(path, caplog):
    with caplog.at_level(logging.ERROR, "two_shields.web"):
        answer = ask(APP, path)
    assert (answer.status, answer.text) == (500, FAILED)
    assert not TRACES.search(answer.text)
    assert answer.headers["content-security-policy"] and answer.headers["x-content-type-options"] == "nosniff"
    assert "the secret is 4711" in caplog.text and "Traceback" in caplog.text


def test_a_fault_in_the_middle_of_an_answer_breaks_it_off():
    with pytest.raises(KeyError):
        ask(AccessControl(failing_late), "/late")


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        (None, True),
        ("https://shields.example", True),
        ("http://localhost:3000", True),
        ("http://127.0.0.1", True),
        ("https://evil.example", False),
        ("https://shields.example.evil.example", False),
        ("https://shields.example:8443", False),
        ("https://evil.example/?shields.example", False),
        ("null", False),
        ("https://[broken", False),
        ("", False),
    ],
)
def test_a_page_of_another_site_opens_no_websocket(origin, ours):
    sent = {"host": "shields.example"} | ({} if origin is None else {"origin": origin})
    assert is_same_origin(Headers(sent)) is ours


def test_streamlit_is_not_even_asked_about_a_stranger():
    """It would ask an outside host for this machine's address."""
    asked, sent = [], []

    async def streamlit(scope, receive, send):
        asked.append(scope["path"])

    async def open_from(origin):
        headers = [(b"host", b"a.example"), (b"origin", origin)]

        async def send(message):
            sent.append(message)

        await AccessControl(streamlit)({"type": "websocket", "path": "/_stcore/stream", "headers": headers}, None, send)

    run(partial(open_from, b"https://evil.example"))
    assert (asked, sent) == ([], [{"type": "websocket.close", "code": 1008}])
    run(partial(open_from, b"https://a.example"))
    assert asked == ["/_stcore/stream"]


def test_every_middleware_lets_a_lifespan_and_a_websocket_pass():
    passed = []

    async def inner(scope, receive, send):
        passed.append(scope["type"])

    app = inner
    for one in reversed(MIDDLEWARE):
        app = one.cls(app, *one.args, **one.kwargs)
    for kind in ("lifespan", "websocket"):
        run(partial(app, {"type": kind, "path": "/_stcore/stream", "headers": []}, None, None))
    assert passed == ["lifespan", "websocket"]


#: What must not be set otherwise, whatever Streamlit's defaults become.
SETTINGS = {
    "global": {"developmentMode": False},
    "client": {"showErrorDetails": "none", "showErrorLinks": False, "toolbarMode": "minimal"},
    "browser": {"gatherUsageStats": False},
    "server": {
        "enableCORS": True, "enableXsrfProtection": True, "enableStaticServing": False, "enableAgentApi": False,
        "scriptHealthCheckEnabled": False, "maxUploadSize": 1, "maxMessageSize": 20,
    },
}  # fmt: skip


def test_the_settings_are_those_of_a_public_server():
    kept = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert {
        section: {name: kept[section].get(name) for name in names} for section, names in SETTINGS.items()
    } == SETTINGS


@pytest.mark.process
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/upload_file/a/b", "/_stcore/script-health-check",
        "/auth/login", "/oauth2callback", "/component/x/index.html", "/app/static/README.md", "/static/", "/static/js/",
        "/media/", "/media/0.csv", "/.streamlit/config.toml", "/data/../server.py", "/server.py",
    ],
)  # fmt: skip
def test_what_is_closed_lists_and_tells_nothing(whole, path):
    answer = get(whole + path)
    assert answer.status == 404 or (answer.status, path) == (400, "/data/../server.py")
    assert len(answer.text) < 100 and not TRACES.search(answer.text)


@pytest.mark.process
def test_what_pages_need_stands_open(whole):
    assert get(f"{whole}/_stcore/health").text == "ok"
    assert get(f"{whole}/_stcore/host-config").status == 200
    assert get(f"{whole}/favicon.png").headers["content-type"] == "image/png"
    assert get(f"{whole}/").headers["content-type"].startswith("text/html")


@pytest.mark.process
def test_a_page_of_this_site_opens_the_websocket_and_sends_it_little(whole):
    stream, ours = f"{whole.replace('http', 'ws', 1)}/_stcore/stream", {"subprotocols": ["streamlit"], "origin": whole}
    with pytest.raises(InvalidStatus, match="403"):
        connect(stream, **ours | {"origin": "https://evil.example"})
    with connect(stream, max_size=None, **ours) as opened:
        with pytest.raises(ConnectionClosed):  # a server that takes it all says nothing
            # In pieces: of a message in one the line is cut while most of it is on its way, and with it the reason.
            # Packed, as browsers send it, all of it takes a thousand bytes.
            opened.send(b"x" * 100_000 for _ in range(MAX_RECEIVED // 100_000 + 1))
            with suppress(TimeoutError):
                while True:
                    opened.recv(timeout=30)
        assert opened.close_code == 1009, "too big"
        assert opened.protocol.extensions, "what pages are sent is compressed"


@pytest.mark.process
def test_a_proxy_on_this_machine_may_say_who_asks_and_how(whole):
    """Uvicorn listens to it, and `test_web_request_limits` says what that means for who is counted."""
    assert "strict-transport-security" in get(f"{whole}/aid", x_forwarded_proto="https").headers
    assert "strict-transport-security" not in get(f"{whole}/aid").headers
