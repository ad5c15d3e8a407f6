"""`/preview/<page>.png?…`: the card of any view; `/preview/<page>.chart.webp?…&width=…&theme=…`: its chart alone.

One chart is drawn at a time, in a thread; who would have to wait for too many others, or for too long, gets the card
in words instead.
"""

from __future__ import annotations

import os
import threading
from functools import cache

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from two_shields.exhibits.registry import lead
from two_shields.export import image_export
from two_shields.record.record import BrokenRecord, Record
from two_shields.state.parameters import View
from two_shields.state.views import PAGES
from two_shields.web import cards, charts, http
from two_shields.web.charts import Picture
from two_shields.web.disk_cache import DiskCache, edition
from two_shields.web.templating import render

#: Seconds; who unfolds links in messages waits for about as long.
LONGEST_WAIT = 15
#: The environment may name a folder for the cards, which then outlive the server and serve several.
SHARED = "TWO_SHIELDS_CARDS"
PAGE_NAMES = {f"{path or 'overview'}.png": page for path, page in PAGES.items()}
_KEEP = "public, max-age=3600"
#: A card that lacks its chart for now is asked for again soon.
_PASSING = "public, max-age=60"


@cache
def shelf() -> DiskCache:
    """The cards, in a folder of this process, or in the one that servers share."""
    return DiskCache("two-shields-cards", at=os.environ.get(SHARED))


def _key(record: Record, link: str) -> str:
    """Names a picture for good: other tables or other code would draw another one."""
    return f"{record.version} {edition()} {link}"


def close() -> None:
    """Remove the cards from disk. A server that is told to end does not come to what Python does at its exit."""
    if shelf.cache_info().currsize:
        shelf().close()
        shelf.cache_clear()


@cache
def drawing() -> anyio.CapacityLimiter:
    """One at a time; whoever waits finds on the shelf what the one before has drawn. Apart from Streamlit's threads."""
    return anyio.CapacityLimiter(1)


async def card(request: Request) -> Response:
    """A card; an unknown page is a 404 that names the known ones. Whatever else fails, a card in words."""
    page = PAGE_NAMES.get(request.path_params["name"])
    if page is None:
        known = [f"/preview/{name}" for name in PAGE_NAMES]
        return PlainTextResponse(render("unknown.txt", what="card", known=known), 404)
    try:
        return await _card(request, page)
    except BrokenRecord:  # logged once, when it was read
        return _png(await anyio.to_thread.run_sync(cards.bare), _PASSING)
    except Exception:  # a link with a plain card is better than one with an error
        http.LOG.exception("The card %s could not be made", request.path_params["name"])
        return _png(await anyio.to_thread.run_sync(cards.bare), _PASSING)


async def _card(request: Request, page: type[View]) -> Response:
    record = await anyio.to_thread.run_sync(http.record)
    view = await anyio.to_thread.run_sync(http.view, request, page, record)
    content = await anyio.to_thread.run_sync(_kept, record, view) or await _with_chart(record, view)
    if content is not None:
        return _png(content, _KEEP)
    content, lacks_its_chart = await anyio.to_thread.run_sync(_in_words, record, view)
    return _png(content, _PASSING if lacks_its_chart else _KEEP)


def _kept(record: Record, view: View) -> bytes | None:
    return shelf().get(_key(record, view.link()))


async def _with_chart(record: Record, view: View) -> bytes | None:
    """The card with its chart, or None where it has none, or none now."""
    if drawing().statistics().tasks_waiting >= image_export.LONGEST_QUEUE:
        return None
    with anyio.move_on_after(LONGEST_WAIT):
        # What has begun goes on, and ends on the shelf for the next who asks.
        return await anyio.to_thread.run_sync(_draw, record, view, limiter=drawing(), abandon_on_cancel=True)
    return None


def _draw(record: Record, view: View) -> bytes | None:
    kept = _kept(record, view)
    if kept is not None:
        return kept
    shown = lead(record, view)
    if shown.draw is None:
        return None
    try:
        made = cards.with_chart(record, view, shown)
    except image_export.ImageUnavailable as why:
        http.LOG.info("No chart on the card of %s: %s", view.link(), why)
        return None
    except Exception:  # the browser that draws is not ours, and can fail in its own ways
        http.LOG.exception("No chart on the card of %s", view.link())
        return None
    shelf().put(_key(record, view.link()), made)
    return made


def _in_words(record: Record, view: View) -> tuple[bytes, bool]:
    """The card in words, and whether the view has a chart that it lacks."""
    shown = lead(record, view)
    return cards.in_words(record, view, shown), shown.draw is not None


def _png(content: bytes, keep: str) -> Response:
    headers = {"Cache-Control": keep, "Access-Control-Allow-Origin": "*"}
    return Response(content, media_type="image/png", headers=headers)


def drawn(one: Picture, keep: DiskCache) -> bytes | None:
    """The picture as WebP, from the shelf or drawn now; None where there is no chart, or nothing can draw it."""
    key = _key(one.record, one.link)
    kept = keep.get(key)
    if kept is not None:
        return kept
    try:
        made = charts.webp(one)
    except image_export.ImageUnavailable as why:
        http.LOG.info("No picture of the chart of %s: %s", one.view.link(), why)
        return None
    except Exception:  # the browser that draws is not ours, and can fail in its own ways
        http.LOG.exception("No picture of the chart of %s", one.view.link())
        return None
    keep.put(key, made)
    return made


def draw_ahead(keep: DiskCache, ended: threading.Event) -> None:
    """Draw the charts of the default views, the Overview's first, those for light phones before the others."""
    views = [page() for page in PAGES.values()]
    record = http.record()
    ahead = [one for view in views for one in charts.pictures_of(record, view, lead(record, view))]
    for one in sorted(ahead, key=lambda one: (one.theme != "light", one.width != charts.NARROW)):
        if ended.is_set() or drawn(one, keep) is None:
            return


async def picture(request: Request) -> Response:
    """The picture that is asked for; a 404 in words where there is none, or none in time."""
    page = next((page for path, page in PAGES.items() if (path or "overview") == request.path_params["page"]), None)
    width, theme = request.query_params.get("width", charts.NARROW), request.query_params.get("theme", "light")
    if page is None or width not in charts.WIDTHS or theme not in charts.THEMES:
        return _none(
            f"There is no such picture. Widths are {', '.join(charts.WIDTHS)}; themes are {', '.join(charts.THEMES)}.\n"
        )
    record = await anyio.to_thread.run_sync(http.record)
    view = await anyio.to_thread.run_sync(http.view, request, page, record)
    one, content = Picture(record, view, width, theme), None
    if drawing().statistics().tasks_waiting < image_export.LONGEST_QUEUE:
        with anyio.move_on_after(LONGEST_WAIT):
            content = await anyio.to_thread.run_sync(drawn, one, shelf(), limiter=drawing(), abandon_on_cancel=True)
    if content is None:
        return _none("There is no picture of this view's chart, or none now.\n")
    return Response(content, media_type="image/webp", headers={"Cache-Control": _KEEP})


def _none(words: str) -> Response:
    return PlainTextResponse(words, 404, headers={"Cache-Control": "no-store"})


ROUTES = [
    Route("/preview/{page}.chart.webp", picture, methods=["GET", "HEAD"]),
    Route("/preview/{name:path}", card, methods=["GET", "HEAD"]),
]
