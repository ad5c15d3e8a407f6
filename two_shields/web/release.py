"""`/data/version`, and the header that tells a cache in front of the server what its answers are made of.

A release is a version of the data and of the code. nginx asks for it every other second, and keeps each answer under the
release that made it: with newer data or code, no old answer is given any more.
"""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from two_shields.record import live
from two_shields.record.record import BrokenRecord
from two_shields.web import data, http
from two_shields.web.disk_cache import code_version

PATH, HEADER = "/data/version", "X-Release"


def current() -> str:
    """The release in use: `2026-11-20-bf1662be.0123456789abcdef`; blank while there is no record."""
    record = live.in_use()
    return f"{record.data_version}.{code_version()}" if record else ""


class Release:
    """Middleware that names the release on every answer, except on one during which it has changed."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = current()

        async def send_with_release(message: Message) -> None:
            if message["type"] == "http.response.start" and begun and begun == current():
                MutableHeaders(scope=message)[HEADER] = begun
            await send(message)

        await self.app(scope, receive, send_with_release if scope["type"] == "http" else send)


def version(request: Request) -> Response:
    try:
        text = http.record().data_version
    except BrokenRecord:
        return PlainTextResponse(http.BROKEN, 503, headers=data.CORS)
    return PlainTextResponse(f"{text}\n", headers={"Cache-Control": "no-cache", **data.CORS})


ROUTES = [Route(PATH, version, methods=["GET", "HEAD"])]
