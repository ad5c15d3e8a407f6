"""What the server has around the dashboard: data, cards, the head of each page, and what machines read.

Only this package knows Starlette. `ROUTES`, `MIDDLEWARE` and `warmed` are what `server.py` gives to Streamlit.
"""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from starlette.middleware import Middleware

from two_shields import pictures
from two_shields.record import BrokenRecord
from two_shields.web import data, listings, preview
from two_shields.web.bounds import Bounds
from two_shields.web.bundles import Bundles
from two_shields.web.doors import Doors
from two_shields.web.headers import Headers
from two_shields.web.moved import Moved
from two_shields.web.pages import Pages
from two_shields.web.shelf import Shelf

ROUTES = [*data.ROUTES, *preview.ROUTES, *listings.ROUTES]
#: The headers stand outermost, so that every answer has them, refusals and faults included.
MIDDLEWARE = [
    Middleware(Headers),
    Middleware(Doors),
    Middleware(Bounds),
    Middleware(Bundles),
    Middleware(Moved),
    Middleware(Pages),
]

#: Seconds that answers under way have when the server is told to end: enough for a card that falls back to words.
LONGEST_GOODBYE = preview.LONGEST_WAIT + 5


@asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Lifespan of the server: what a first reader would wait for is made beforehand; tidies up after.

    The record is read, the default views' frames are made and their charts are drawn for the summaries.
    """
    _bound_the_goodbye()
    keep, ended = preview.shelf(), threading.Event()
    threading.Thread(target=_prepare, args=(keep, ended), name="prepare the first views", daemon=True).start()
    try:
        with pictures.drawing():
            yield
    finally:
        ended.set()
        preview.close()


def _bound_the_goodbye() -> None:
    """Told to end, uvicorn waits for all answers that are under way, without Streamlit setting it a bound.

    A reader who takes nothing off the line would keep the process for ever, until it is killed and tidies up nothing.
    uvicorn 0.54 listens to the signal with a method of its server.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if isinstance(server, uvicorn.Server) and server.config.timeout_graceful_shutdown is None:
        server.config.timeout_graceful_shutdown = LONGEST_GOODBYE


def _prepare(keep: Shelf, ended: threading.Event) -> None:
    with suppress(BrokenRecord):  # logged where it is read; the pages say so, and have no head
        preview.draw_ahead(keep, ended)
    # Libraries, record and first views stay. Python's search for garbage, which now and then stopped a run for 50 ms
    # to look at all of them, looks at what came after them alone.
    gc.collect()
    gc.freeze()
