"""The HTML of every page, with the head and the summary of the view that its address names."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

import anyio.to_thread
import brotli
from servestatic.utils import parse_accept_encoding
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from two_shields.exhibits.registry import lead
from two_shields.record.record import BrokenRecord, Record
from two_shields.state.parameters import View
from two_shields.state.views import PAGES
from two_shields.web import head, http

#: Streamlit answers an unknown path with the home page; these are the ones that are no page.
_NOT_PAGES = ("_stcore", "static", "media", "component", "data", "preview", "app")
#: With these Streamlit would send its page compressed, in part, or not at all.
_CONDITIONS = (b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since")


class Pages:
    """Middleware that dresses Streamlit's page. Whatever fails, the page itself is served as Streamlit has it."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not is_page(http.path(scope)):
            await self.app(scope, receive, send)
            return
        status, headers, body = await self._of_streamlit(scope, receive)
        if status != 200 or not headers.get("content-type", "").startswith("text/html"):
            await _plain(status, headers, body)(scope, receive, send)
            return
        request = Request(scope)
        try:
            body = await anyio.to_thread.run_sync(dress, request, body)
        except BrokenRecord:  # logged once, when it was read; the page itself says so
            pass
        except Exception:  # a page without its head is better than none
            http.LOG.exception("The head of %s could not be made", scope["path"])
        await _answer(request, body)(scope, receive, send)

    async def _of_streamlit(self, scope: Scope, receive: Receive) -> tuple[int, Headers, bytes]:
        """Streamlit's answer to the request, whole and not compressed, also where only its head was asked for."""
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


def dress(request: Request, page: bytes) -> bytes:
    """Streamlit's page with the head and the summary of the view that was asked for."""
    record = http.record()
    view = http.view(request, PAGES.get(http.path(request.scope).strip("/"), PAGES[""]), record)
    return _dressed(record, page, view, http.base(request), request.query_params.get("embed") == "true")


@lru_cache(maxsize=256)
def _dressed(record: Record, page: bytes, view: View, base: str, embedded: bool) -> bytes:
    text = head.dressed(page.decode("utf-8"), record, view, lead(record, view), base, embedded=embedded)
    return text.encode("utf-8", "replace")


@lru_cache(maxsize=256)
def _packed(body: bytes, coding: str) -> bytes:
    return brotli.compress(body, quality=9) if coding == "br" else gzip.compress(body, 9, mtime=0)


def _answer(request: Request, body: bytes) -> Response:
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    more = {"Cache_Control": "no-cache", "Vary": "Accept-Encoding"}
    accepted = parse_accept_encoding(request.headers.get("accept-encoding", ""))
    coding = next((coding for coding in ("br", "gzip") if coding in accepted), None)
    if coding:
        body = _packed(body, coding)
        more["Content_Encoding"] = coding
    return http.answer(request, body, "text/html", tag, **more)


def _plain(status: int, headers: Headers, body: bytes) -> Response:
    response = Response(body, status)
    response.raw_headers = MutableHeaders(raw=list(headers.raw)).raw
    return response
