"""The HTML of every page, with the head and the summary of the view that its address names."""

import gzip
import hashlib
from functools import partial
from urllib.parse import urlencode

import anyio.to_thread
import brotli
from servestatic.utils import parse_accept_encoding
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from two_shields.exhibits.registry import lead
from two_shields.record.cache import cached
from two_shields.record.record import BrokenRecord, Record
from two_shields.state import migrations
from two_shields.state.parameters import View
from two_shields.state.views import PAGES
from two_shields.web import head, http

#: First parts of paths that are no page. Streamlit answers any unknown path with its home page.
_NOT_PAGES = ("_stcore", "static", "media", "component", "data", "preview", "app")
#: With these Streamlit would send its page compressed, in part, or not at all.
_CONDITIONS = (b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since")
_COMPRESS = {"br": partial(brotli.compress, quality=9), "gzip": partial(gzip.compress, compresslevel=9, mtime=0)}


class Pages:
    """Middleware that adds head and summary to Streamlit's page. Whatever fails, Streamlit's page is served as it is."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not is_page(http.path(scope)):
            await self.app(scope, receive, send)
            return
        status, headers, page = await self._of_streamlit(scope, receive)
        if status != 200 or not headers.get("content-type", "").startswith("text/html"):
            answer = Response(page, status)
            answer.raw_headers = list(headers.raw)
            await answer(scope, receive, send)
            return
        request = Request(scope)
        accepted = parse_accept_encoding(request.headers.get("accept-encoding", ""))
        coding = next((coding for coding in _COMPRESS if coding in accepted), "")
        try:
            content, etag = await anyio.to_thread.run_sync(body, request, page, coding)
        except BrokenRecord:  # logged once, when it was read; the page itself says so
            content, etag = _coded(page, coding)
        except Exception:  # a page without its head is better than none
            http.LOG.exception("The head of %s could not be rendered", scope["path"])
            content, etag = _coded(page, coding)
        more = {"Cache_Control": "no-cache", "Vary": "Accept-Encoding"}
        if coding:
            more["Content_Encoding"] = coding
        await http.respond(request, content, "text/html", etag, **more)(scope, receive, send)

    async def _of_streamlit(self, scope: Scope, receive: Receive) -> tuple[int, Headers, bytes]:
        """Streamlit's response, whole and uncompressed, for HEAD requests too."""
        plain = {**scope, "method": "GET", "headers": [pair for pair in scope["headers"] if pair[0] not in _CONDITIONS]}
        start: Message = {}
        parts: list[bytes] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self.app(plain, receive, keep)
        return start["status"], Headers(raw=start.get("headers", [])), b"".join(parts)


def is_page(path: str) -> bool:
    """Whether the path may be a page's: neither one of Streamlit's own nor a file's."""
    first, _, rest = path.removeprefix("/").partition("/")
    return first not in _NOT_PAGES and "." not in path and not rest


def _coded(html: bytes, coding: str) -> tuple[bytes, str]:
    """A page in one content coding (`br`, `gzip`, or none), and its ETag, the same in each."""
    return _COMPRESS.get(coding, bytes)(html), f'W/"{hashlib.sha256(html).hexdigest()[:16]}"'


def body(request: Request, page: bytes, coding: str) -> tuple[bytes, str]:
    record, view = http.shown(request, PAGES.get(http.path(request.scope).strip("/"), PAGES[""]))
    embedded = request.query_params.get("embed") == "true"
    return _body(record, page, view, http.base_url(request), embedded, coding)


@cached(most=256)
def _body(record: Record, page: bytes, view: View, base: str, embedded: bool, coding: str) -> tuple[bytes, str]:
    html = head.render_page(page.decode("utf-8"), record, view, lead(record, view), base, embedded=embedded)
    return _coded(html.encode("utf-8", "replace"), coding)


class Redirects:
    """Middleware that redirects a page's old path to its new one, with today's names of its parameters."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        target = _redirect(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (self.app if target is None else RedirectResponse(target, 308))(scope, receive, send)


def _redirect(scope: Scope) -> str | None:
    path = http.path(scope).strip("/")
    is_card = path.startswith("preview/") and path.endswith(".png")
    name = path.removeprefix("preview/").removesuffix(".png") if is_card else path
    if name not in migrations.redirects():
        return None
    request = Request(scope)
    now, query = migrations.migrate(name, http.query(request))
    place = f"/preview/{now or 'overview'}.png" if is_card else f"/{now}"
    return http.base_url(request) + place + (f"?{urlencode(query, doseq=True)}" if query else "")
