"""What the server has around the dashboard: data, cards, the head of each page, and what machines read.

Only this package knows Starlette. `ROUTES`, `MIDDLEWARE` and `warmed` are what `server.py` gives to Streamlit.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware

from two_shields.record import BrokenRecord
from two_shields.web import asked, data, listings, preview
from two_shields.web.bundles import Bundles
from two_shields.web.headers import Headers
from two_shields.web.pages import Pages

ROUTES = [*data.ROUTES, *preview.ROUTES, *listings.ROUTES]
#: The headers stand outermost, so that every answer has them.
MIDDLEWARE = [Middleware(Headers), Middleware(Bundles), Middleware(Pages)]


@asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Lifespan of the server: what a first reader would wait for is made beforehand; tidies up after.

    The record is read, the default views' frames are made and their charts are drawn for the summaries.
    """
    ended = threading.Event()
    threading.Thread(target=_prepare, args=(ended,), name="prepare the first views", daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        preview.close()


def _prepare(ended: threading.Event) -> None:
    try:
        preview.draw_ahead(ended)
    except BrokenRecord as broken:
        asked.LOG.error("The record is broken; the pages say so, and have no head.\n%s", broken)
