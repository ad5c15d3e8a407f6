"""`/changes.atom` and `/data/changes.json`: what each published version changed, all of it or what the views' parameters choose."""

import hashlib
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from two_shields.export import change_list, values
from two_shields.export.change_list import ChangesView
from two_shields.record.record import BrokenRecord
from two_shields.state.parameters import View
from two_shields.web import http
from two_shields.web.templating import render

FEED, JSON = "/changes.atom", "/data/changes.json"
#: Changes of one table that an entry of the feed lists; the JSON has all.
MOST_LISTED = 100
_CORS = {"Access_Control_Allow_Origin": "*"}


def feed_link(view: View | None = None) -> str:
    """The address of the feed about a view, from the root of the site: about its country, or the tables of its page."""
    if view is None or view.path in ("", "evidence"):
        return FEED
    chosen = {"country": view.country} if view.path == "country" else {"page": view.path}
    return f"{FEED}?{urlencode(chosen)}"


def feed(chosen: ChangesView, base: str) -> str:
    """The feed of the changes that a link chooses: an entry per version and table. Its ids never change."""
    query = urlencode(chosen.query(), doseq=True)
    return render(
        "changes.xml",
        versions=change_list.published(chosen),
        base=base,
        link=FEED + (f"?{query}" if query else ""),
        query=f"?{query}" if query else "",
        about=", ".join(text for texts in chosen.query().values() for text in texts),
        counted=change_list.counted,
        listed=lambda changes: str(render("changes.html", changes=changes, most=MOST_LISTED, kinds=change_list.KINDS)),
    )


def as_json(chosen: ChangesView) -> bytes:
    return values.as_json(change_list.as_json(chosen))


def _answer(request: Request) -> Response:
    try:
        chosen = ChangesView.parse(http.query(request), http.record())[0]
    except BrokenRecord:
        return PlainTextResponse(http.BROKEN, 503)
    is_feed = http.path(request.scope) == FEED
    content = feed(chosen, http.base_url(request)).encode() if is_feed else as_json(chosen)
    tag = f'"changes-{hashlib.sha256(content).hexdigest()[:16]}"'
    media_type = "application/atom+xml" if is_feed else "application/json"
    return http.respond(request, content, media_type, tag, Cache_Control="no-cache", **_CORS)


ROUTES = [Route(FEED, _answer), Route(JSON, _answer)]
