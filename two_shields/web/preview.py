"""`/preview/<page>.png?…`: the card of any view; `/preview/<page>.chart.webp?…&width=…&theme=…`: its chart alone.

Charts are drawn one at a time, in a thread. A request that would wait behind too many others, or for too long, gets the
card in words, or no chart.
"""

import os
import threading
from collections.abc import Callable
from functools import cache, partial

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
from two_shields.text.progress import progress
from two_shields.web import cards, charts, http
from two_shields.web.charts import Picture
from two_shields.web.disk_cache import DiskCache, code_version
from two_shields.web.templating import render

#: Seconds. Programs that preview links wait for about as long.
MAX_WAIT = 15
#: The environment variable that names a folder for the cards; they then outlive the server and serve several.
CARDS_FOLDER = "TWO_SHIELDS_CARDS"
PAGE_NAMES = {f"{path or 'overview'}.png": page for path, page in PAGES.items()}
_LASTING = "public, max-age=3600"
#: For a card that lacks its chart for now.
_SHORT_LIVED = "public, max-age=60"


@cache
def card_cache() -> DiskCache:
    """Cards and charts, in a folder of this process or in the one that servers share."""
    return DiskCache("two-shields-cards", at=os.environ.get(CARDS_FOLDER))


def close() -> None:
    """Remove the cards from disk. A server that is told to end does not run what Python runs at its exit."""
    if card_cache.cache_info().currsize:
        card_cache().close()
        card_cache.cache_clear()


def cache_key(record: Record, link: str) -> str:
    return f"{record.version} {code_version()} {link}"


@cache
def drawing_slot() -> anyio.CapacityLimiter:
    """One drawing at a time, in a thread of its own. Whoever waited finds the same view's image in the cache."""
    return anyio.CapacityLimiter(1)


async def _when_free(draw: Callable[[], bytes | None]) -> bytes | None:
    """What `draw` gives; None where too many wait already, or its turn and its drawing take too long."""
    if drawing_slot().statistics().tasks_waiting >= image_export.MAX_QUEUE:
        return None
    with anyio.move_on_after(MAX_WAIT):
        # A drawing that has begun goes on, and is cached for the next request.
        return await anyio.to_thread.run_sync(draw, limiter=drawing_slot(), abandon_on_cancel=True)
    return None


def _cached_or_drawn(disk: DiskCache, key: str, draw: Callable[[], bytes], name: str) -> bytes | None:
    """The image from the cache, or drawn and cached; None where it cannot be drawn, and the log says why."""
    if (image := disk.get(key)) is not None:
        return image
    try:
        image = draw()
    except image_export.ImageUnavailable as why:
        http.LOG.info("No chart for %s: %s", name, why)
        return None
    except Exception:  # the browser that draws is not ours, and can fail in its own ways
        http.LOG.exception("No chart for %s", name)
        return None
    disk.put(key, image)
    return image


async def card(request: Request) -> Response:
    """A card; an unknown page is a 404 that names the known ones. Whatever else fails, a card in words."""
    page = PAGE_NAMES.get(request.path_params["name"])
    if page is None:
        known = [f"/preview/{name}" for name in PAGE_NAMES]
        return PlainTextResponse(render("unknown.txt", what="card", known=known), 404)
    try:
        return await _card(request, page)
    except BrokenRecord:
        pass  # logged once, when it was read
    except Exception:  # a link with a plain card is better than one with an error
        http.LOG.exception("The card %s could not be rendered", request.path_params["name"])
    return _png(await anyio.to_thread.run_sync(cards.bare), _SHORT_LIVED)


async def _card(request: Request, page: type[View]) -> Response:
    record, view = await anyio.to_thread.run_sync(http.shown, request, page)
    key = cache_key(record, view.link())
    image = await anyio.to_thread.run_sync(card_cache().get, key)
    if image is None:
        shown = await anyio.to_thread.run_sync(lead, record, view)
        with_chart = partial(cards.with_chart, record, view, shown)
        drawn = partial(_cached_or_drawn, card_cache(), key, with_chart, view.link())
        image = await _when_free(drawn) if shown.has_chart else None
        if image is None:
            words = await anyio.to_thread.run_sync(cards.in_words, record, view, shown)
            return _png(words, _SHORT_LIVED if shown.has_chart else _LASTING)
    return _png(image, _LASTING)


def _png(content: bytes, cache_control: str) -> Response:
    headers = {"Cache-Control": cache_control, "Access-Control-Allow-Origin": "*"}
    return Response(content, media_type="image/png", headers=headers)


async def chart(request: Request) -> Response:
    """The picture of a view's chart; a 404 in words where there is none, or none in time."""
    page = PAGE_NAMES.get(f"{request.path_params['page']}.png")
    width, theme = request.query_params.get("width", charts.NARROW), request.query_params.get("theme", "light")
    if page is None or width not in charts.WIDTHS or theme not in charts.THEMES:
        return _no_chart(
            f"There is no such picture. Widths are {', '.join(charts.WIDTHS)}; themes are {', '.join(charts.THEMES)}.\n"
        )
    record, view = await anyio.to_thread.run_sync(http.shown, request, page)
    image = await _when_free(partial(_chart_image, card_cache(), Picture(record, view, width, theme)))
    if image is None:
        return _no_chart("There is no picture of this view's chart, or none now.\n")
    return Response(image, media_type="image/webp", headers={"Cache-Control": _LASTING})


def _chart_image(disk: DiskCache, picture: Picture) -> bytes | None:
    key = cache_key(picture.record, picture.link)
    return _cached_or_drawn(disk, key, partial(charts.webp, picture), picture.view.link())


def _no_chart(sentence: str) -> Response:
    return PlainTextResponse(sentence, 404, headers={"Cache-Control": "no-store"})


def prerender(disk: DiskCache, ended: threading.Event) -> None:
    """Draw the charts of the default views, the Overview's first, those for light phones before the others.

    Stops once the server ends, or where nothing can be drawn.
    """
    record = http.record()
    views = [page() for page in PAGES.values()]
    pictures = [one for view in views for one in charts.pictures_of(record, view, lead(record, view))]
    missing = [one for one in pictures if disk.get(cache_key(record, one.link)) is None]
    missing.sort(key=lambda one: (one.theme != "light", one.width != charts.NARROW))
    for picture in progress(missing, "Pictures", len(missing)):
        if ended.is_set() or _chart_image(disk, picture) is None:
            return


ROUTES = [
    Route("/preview/{page}.chart.webp", chart, methods=["GET", "HEAD"]),
    Route("/preview/{name:path}", card, methods=["GET", "HEAD"]),
]
