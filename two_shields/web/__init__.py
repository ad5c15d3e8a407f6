"""What the server has around the dashboard: data, cards, the head of each page, and what machines read.

Only this package knows Starlette. `ROUTES`, `MIDDLEWARE` and `warmed` are what `server.py` gives to Streamlit.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from starlette.middleware import Middleware

from two_shields.export import image_export
from two_shields.record.record import BrokenRecord
from two_shields.web import data, listings, preview
from two_shields.web.access import AccessControl
from two_shields.web.disk_cache import DiskCache
from two_shields.web.headers import Headers
from two_shields.web.pages import Pages
from two_shields.web.redirects import Redirects
from two_shields.web.request_limits import RequestLimits
from two_shields.web.static_files import StaticFiles

ROUTES = [*data.ROUTES, *preview.ROUTES, *listings.ROUTES]
#: The headers stand outermost, so that every answer has them, refusals and faults included.
MIDDLEWARE = [
    Middleware(Headers),
    Middleware(AccessControl),
    Middleware(RequestLimits),
    Middleware(StaticFiles),
    Middleware(Redirects),
    Middleware(Pages),
]

#: Seconds that answers under way have when the server is told to end: enough for a card that falls back to words.
LONGEST_GOODBYE = preview.LONGEST_WAIT + 5


@asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Lifespan of the server: what a first reader would wait for is made beforehand; tidies up after.

    The record is read, the default views' frames are made and their charts are drawn for the summaries.
    """
    server = _server()
    _bound_the_goodbye(server)
    sending = asyncio.create_task(_send_at_once(server))
    keep, ended = preview.shelf(), threading.Event()
    threading.Thread(target=_prepare, args=(keep, ended), name="prepare the first views", daemon=True).start()
    try:
        with image_export.browser_lifespan():
            yield
    finally:
        sending.cancel()
        ended.set()
        preview.close()


def _server() -> uvicorn.Server | None:
    """The server that runs this; None in a test without one. uvicorn 0.54 listens to signals with a method of it."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return server if isinstance(server, uvicorn.Server) else None


def _bound_the_goodbye(server: uvicorn.Server | None) -> None:
    """Told to end, uvicorn waits for all answers that are under way, without Streamlit setting it a bound.

    A reader who takes nothing off the line would keep the process for ever, until it is killed and tidies up nothing.
    """
    if server is not None and server.config.timeout_graceful_shutdown is None:
        server.config.timeout_graceful_shutdown = LONGEST_GOODBYE


async def _send_at_once(server: uvicorn.Server | None) -> None:
    """Have the system send what is written without waiting whether more comes (TCP_NODELAY).

    It would hold back a body until the browser has confirmed its headers: 40 ms for each file on a fast line, a round
    trip more on a slow one, and as much between two messages of a page. asyncio switches that off for connections
    whose listening socket names its protocol, and Streamlit's does not (1.67). Connections inherit it from there.
    """
    while server is not None and not server.started:
        await asyncio.sleep(0.01)
    for listening in server.servers if server is not None else ():
        for one in listening.sockets:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _prepare(keep: DiskCache, ended: threading.Event) -> None:
    with suppress(BrokenRecord):  # logged where it is read; the pages say so, and have no head
        preview.draw_ahead(keep, ended)
    # Libraries, record and first views stay. Python's search for garbage, which now and then stopped a run for 50 ms
    # to look at all of them, looks at what came after them alone.
    gc.collect()
    gc.freeze()
