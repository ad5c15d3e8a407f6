"""Permanent redirects from old addresses of pages and cards to today's."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from two_shields.state import migrations
from two_shields.web import http


class Redirects:
    """Middleware that redirects a page's old path to its new one, with today's names of its parameters."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        target = _target(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (self.app if target is None else RedirectResponse(target, 308))(scope, receive, send)


def _target(scope: Scope) -> str | None:
    path = http.path(scope).strip("/")
    is_card = path.startswith("preview/") and path.endswith(".png")
    name = path.removeprefix("preview/").removesuffix(".png") if is_card else path
    if name not in migrations.redirects():
        return None
    request = Request(scope)
    now, query = migrations.migrate(name, http.query(request))
    place = f"/preview/{now or 'overview'}.png" if is_card else f"/{now}"
    return http.base_url(request) + place + (f"?{urlencode(query, doseq=True)}" if query else "")
