"""AccessControl: which of Streamlit's routes are open. Readers read: uploads, agents, metrics and logins are closed.

What is closed answers 404 as if it were not there, and a fault answers with a sentence that says nothing of the code.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from two_shields.web import http, pages

METHODS = ("GET", "HEAD", "OPTIONS")
#: Streamlit's routes (1.67) that no page of ours uses, with all paths below them.
CLOSED = (
    "/_stcore/upload_file",
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components",
    "/component",
    "/app/static",
    "/auth",
    "/oauth2callback",
)
#: Below them the one file of ours that stands at such an address: the page's own script.
OPEN = "/_stcore/bidi-components/two_shields.window/window.js"
NOT_FOUND = "There is nothing at this address.\n"
FAILED = "Something went wrong here, and has been noted. Please come back later.\n"


class AccessControl:
    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not is_same_origin(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] not in METHODS:
            refused = PlainTextResponse("This server is for reading.\n", 405, {"Allow": ", ".join(METHODS)})
            await refused(scope, receive, send)
        elif is_closed(http.path(scope)):
            await PlainTextResponse(NOT_FOUND, 404)(scope, receive, send)
        else:
            await self._forward(scope, receive, send)

    async def _forward(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = pages.is_page(http.path(scope))
        started = dropped = False

        async def send_on(message: Message) -> None:
            nonlocal started, dropped
            if message["type"] == "http.response.start":
                started = True
                # Streamlit answers any path that it does not know with its empty page, as if it were there.
                kind = Headers(raw=message.get("headers", [])).get("content-type", "")
                if not page and message["status"] == 200 and kind.startswith("text/html"):
                    dropped = True
                    await PlainTextResponse(NOT_FOUND, 404)(scope, receive, send)
            if not dropped:
                await send(message)

        try:
            await self.app(scope, receive, send_on)
        except Exception:  # whatever it is, a reader learns nothing of the code, and the log everything
            http.LOG.exception("%s could not be answered", scope["path"])
            if started:
                raise
            await PlainTextResponse(FAILED, 500)(scope, receive, send)


def is_closed(path: str) -> bool:
    return path != OPEN and any(path == closed or path.startswith(f"{closed}/") for closed in CLOSED)


def is_same_origin(headers: Headers) -> bool:
    """Whether a page of this site, or no page at all, opens the WebSocket.

    Streamlit would refuse a stranger, too, but first asks an outside host for this machine's address (1.67), and
    everybody waits meanwhile. A page on the reader's own machine is left to it.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        place = urlsplit(origin)
        return place.netloc == headers.get("host") or place.hostname in ("localhost", "127.0.0.1")
    except ValueError:
        return False
