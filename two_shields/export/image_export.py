"""Charts as pictures: with title, sources, link and data version on them, drawn by one browser that stays open.

The first picture costs seconds, the next a third of one, so the browser stays open; one picture is drawn at a time, and
only so many may wait. A browser that dies or hangs costs the picture that it draws; the next one has a new browser.
"""

from __future__ import annotations

import atexit
import html
import logging
import shutil
import textwrap
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import plotly.graph_objects as go

from two_shields.charts.style import BACKGROUND, TEXT
from two_shields.exhibits.frame import Frame
from two_shields.export.chromium import REFUSED, START_TIMEOUT, Chromium

WIDTH, HEIGHT = 1200, 800
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


def annotated(
    figure: go.Figure, frame: Frame, theme: str, *, link: str, version: str, width: int = WIDTH, height: int = HEIGHT
) -> go.Figure:
    """A copy of the figure that stands by itself: its finding above, its sources and its address below."""
    title = "<br>".join(textwrap.wrap(frame.title, width // 17)[:3])
    foot = "<br>".join(
        [*textwrap.wrap(frame.source_line, width // 8)[:2], *textwrap.wrap(f"{link} · data {version}", width // 8)[:2]]
    )
    drawing = go.Figure(figure)
    drawing.update_layout(
        width=width,
        height=height,
        meta={"title": frame.title, "alt": frame.alt},
        paper_bgcolor=BACKGROUND[theme],
        font={"family": "DejaVu Sans, Arial, sans-serif"},
        title={"text": f"<b>{title}</b>", "x": 0.02, "xref": "container", "y": 0.97, "yref": "container",
               "yanchor": "top", "font": {"size": 24, "color": TEXT[theme]}},
        margin={"l": 50, "r": 50, "t": 70 + 32 * title.count("<br>") + 50, "b": 110},
    )  # fmt: skip
    drawing.add_annotation(
        text=foot, x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-48, align="left",
        showarrow=False, font={"size": 13, "color": TEXT[theme]},
    )  # fmt: skip
    return drawing


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
        image = browser.draw(figure, form, scale=2 if form == "png" else 1)
    except REFUSED:  # the browser is well; it is the figure
        raise
    except Exception as fault:
        LOG.warning("The browser that draws %s, and is ended: %r", "hangs" if browser.is_alive else "has died", fault)
        _end()
        raise ImageUnavailable("The browser that draws has failed. Please try again in a minute.") from fault
    return _with_description(image, figure.layout.meta) if form == "svg" and figure.layout.meta else image


def _with_description(svg: bytes, meta: Mapping[str, str]) -> bytes:
    """The SVG with a title and a description, for those who do not see it; Plotly writes none."""
    opening, _, rest = svg.partition(b">")
    words = f"<title>{html.escape(meta['title'])}</title><desc>{html.escape(meta['alt'])}</desc>"
    return opening + b' role="img">' + words.encode("utf-8") + rest


def _path() -> str | None:
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def can_draw() -> bool:
    """Whether this machine has a browser to draw with."""
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
