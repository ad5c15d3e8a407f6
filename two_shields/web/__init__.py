"""What the server adds to the dashboard: data, cards, the head of each page, and what machines read.

Only this package knows Starlette. `ROUTES`, `MIDDLEWARE` and `lifespan` are what `server.py` gives to Streamlit.
"""

import asyncio
import gc
import signal
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from starlette.middleware import Middleware
from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from two_shields.domain.membership import stops
from two_shields.exhibits.overview import summary
from two_shields.exhibits.registry import exhibits_of
from two_shields.export import image_export
from two_shields.record import live
from two_shields.record.record import BrokenRecord, Record
from two_shields.state.views import PAGES, InitiativesView, OverviewView
from two_shields.web import changes, data, listings, preview, release
from two_shields.web.access import AccessControl
from two_shields.web.disk_cache import DiskCache
from two_shields.web.headers import Headers
from two_shields.web.pages import Pages, Redirects
from two_shields.web.request_limits import RequestLimits
from two_shields.web.static_files import StaticFiles

ROUTES = [*changes.ROUTES, *release.ROUTES, *data.ROUTES, *preview.ROUTES, *listings.ROUTES]
#: The headers stand outermost, so that every answer has them, refusals and faults included.
MIDDLEWARE = [
    Middleware(Headers),
    Middleware(release.Release),
    Middleware(AccessControl),
    Middleware(RequestLimits),
    Middleware(StaticFiles),
    Middleware(Redirects),
    Middleware(Pages),
]

#: Seconds that responses in progress have when the server is told to end: enough for a card that falls back to words.
SHUTDOWN_TIMEOUT = preview.MAX_WAIT + 5
#: Bytes of one message from a reader, unpacked; a page's are a few thousand. Compressed, a megabyte takes one of them.
MAX_RECEIVED = 256_000


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """The server's lifespan: prepares what the first reader would wait for, and cleans up at the end.

    The record is read, and the default views' charts are drawn for the summaries.
    """
    server = _server()
    if server is not None:
        server.config.ws_max_size = MAX_RECEIVED  # Streamlit's setting bounds what is sent, too
        # uvicorn (0.54) compresses within 4 kB, a tenth of a map, and has no setting for it. This takes 250 kB per reader.
        websockets_sansio_impl.ServerPerMessageDeflateFactory = lambda **_: ServerPerMessageDeflateFactory(
            server_max_window_bits=15
        )
    _limit_shutdown(server)
    nagle = asyncio.create_task(_disable_nagle(server))
    disk, ended = preview.card_cache(), threading.Event()
    threading.Thread(target=_warm_up, args=(disk, ended), name="warm-up", daemon=True).start()
    try:
        with image_export.browser_lifespan():
            yield
    finally:
        nagle.cancel()
        ended.set()
        preview.close()


def _server() -> uvicorn.Server | None:
    """The server that runs this, found through its signal handler (uvicorn 0.54); None in a test without one."""
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return server if isinstance(server, uvicorn.Server) else None


def _limit_shutdown(server: uvicorn.Server | None) -> None:
    """Give the shutdown a time limit, which Streamlit does not set.

    Without one, uvicorn waits for every response in progress: a client that stops reading keeps the process alive until
    it is killed, and nothing is cleaned up.
    """
    if server is not None and server.config.timeout_graceful_shutdown is None:
        server.config.timeout_graceful_shutdown = SHUTDOWN_TIMEOUT


async def _disable_nagle(server: uvicorn.Server | None) -> None:
    """Set TCP_NODELAY, so that the system sends small packets at once.

    Otherwise a body waits until the client has acknowledged its headers: 40 ms for each file on a fast line, a round
    trip more on a slow one, and as much between two messages of a page. asyncio sets it for connections whose listening
    socket names its protocol, and Streamlit's does not (1.67). Connections inherit it from the listening socket.
    """
    while server is not None and not server.started:
        await asyncio.sleep(0.01)
    for listener in server.servers if server is not None else ():
        for listening in listener.sockets:
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _warm_up(disk: DiskCache, ended: threading.Event) -> None:
    with suppress(BrokenRecord):  # logged where it is read; the pages say so, and have no head
        preview.prerender(disk, ended)
    # Libraries, record and first views stay. The garbage collector, which now and then stopped a run for 50 ms to look
    # at all of them, looks only at what came after them. Nothing here may be part of a cycle with the record: a frozen
    # cycle is never freed. A run makes some ten thousand objects that it lets go of itself: by default (700) the collector
    # looked a dozen times in each, a tenth of its time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    with suppress(BrokenRecord):
        _draw_views(live.record(), ended)


def _draw_views(record: Record, ended: threading.Event) -> None:
    """Draw each page, and each step of time on the two maps, so that no reader waits for what nobody has asked for before."""
    days = stops(record, InitiativesView().reading)
    steps = [page(as_of=day) for day in days for page in (OverviewView, InitiativesView)]
    for view in (*(page() for page in PAGES.values()), *steps):
        for exhibit in exhibits_of(view):
            if ended.wait(0.02):  # readers first
                return
            exhibit.figures_of(record, view, "light")
        if isinstance(view, OverviewView):
            for make in (summary.tiles, summary.latest, summary.disputes):
                make(record, view)
