"""Charts as pictures, drawn by one browser that stays open.

The first picture costs seconds, the next a third of one, so the browser stays open; one picture is drawn at a time, and
only so many may wait. A browser that dies or hangs costs the picture that it draws; the next one has a new browser.
"""

import atexit
import io
import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import plotly.graph_objects as go
from PIL import Image

from two_shields.charts.style import BACKGROUND
from two_shields.export.chromium import REFUSED, START_TIMEOUT, Chromium
from two_shields.export.typeface import FAMILY

#: Beyond this many waiting pictures a reader is told to come back rather than made to wait.
MAX_QUEUE = 8
#: Seconds after which one of these is told the same.
MAX_WAIT = 15
LOG = logging.getLogger(__name__)
_BUSY = "Many pictures are being drawn at the moment. Please try again in a minute."
_BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
_drawing = threading.Lock()
_places = threading.BoundedSemaphore(MAX_QUEUE)
_browser: Chromium | None = None
_closed = False


class ImageUnavailable(Exception):
    """No picture can be drawn now; the message says why."""


def sized(figure: go.Figure, width: int, theme: str) -> go.Figure:
    """The figure itself, made fit to be drawn where there is no page around it."""
    return figure.update_layout(width=width, paper_bgcolor=BACKGROUND[theme], font_family=FAMILY)


def png(image: Image.Image) -> bytes:
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def draw(figure: go.Figure, form: str) -> bytes:
    """The figure as `png` or `svg`. Raises `ImageUnavailable` where no browser is found or it fails, or too many wait."""
    if not _places.acquire(blocking=False):
        raise ImageUnavailable(_BUSY)
    try:
        if not _drawing.acquire(timeout=MAX_WAIT):
            raise ImageUnavailable(_BUSY)
        try:
            return _render(figure, form)
        finally:
            _drawing.release()
    finally:
        _places.release()


def _render(figure: go.Figure, form: str) -> bytes:
    browser = _opened()
    try:
        return browser.draw(figure, form, scale=2 if form == "png" else 1)
    except REFUSED:  # the browser is well; it is the figure
        raise
    except Exception as fault:
        LOG.warning("The browser that draws %s, and is ended: %r", "hangs" if browser.is_alive else "has died", fault)
        _end()
        raise ImageUnavailable("The browser that draws has failed. Please try again in a minute.") from fault


def _path() -> str | None:
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def can_draw() -> bool:
    return _path() is not None


def _opened() -> Chromium:
    """The browser that draws: started when it is first needed, and anew where it has died."""
    global _browser
    if _closed:
        raise ImageUnavailable("The server is ending.")
    if _browser is not None and not _browser.is_alive:
        _end()
    if _browser is None:
        path = _path()
        if path is None:
            raise ImageUnavailable(
                "This server has no browser to draw pictures with; the table and the data files are whole."
            )
        try:
            _browser = Chromium(path)
        except Exception as fault:
            LOG.warning("The browser that draws does not start: %r", fault)
            raise ImageUnavailable("The browser that draws does not start. Please try again in a minute.") from fault
    return _browser


def _end() -> None:
    global _browser
    ended, _browser = _browser, None
    if ended is not None:
        ended.end()


@contextmanager
def browser_lifespan() -> Iterator[None]:
    """While the server runs. After it the browser has ended, and whoever still waits for a picture gets none."""
    global _closed
    _closed = False
    try:
        yield
    finally:
        _closed = True
        _end()
        # One that was just being started has ended before the server does.
        if _drawing.acquire(timeout=START_TIMEOUT):
            _end()
            _drawing.release()


# Where there is no server around the script, the browser ends with the process.
atexit.register(_end)
