"""Charts as pictures: with title, sources, link and data version on them, drawn by one browser kept open.

Kaleido draws with Chromium. Its first picture costs seconds, the next a third of one, so the browser stays
open; one picture is drawn at a time, and only so many may wait.
"""

from __future__ import annotations

import atexit
import shutil
import textwrap
import threading
from functools import cache

import kaleido
import plotly.graph_objects as go

from two_shields.figures.template import BACKGROUND, TEXT
from two_shields.frames.frame import Frame

WIDTH, HEIGHT = 1200, 800
#: Beyond this many waiting pictures a reader is told to come back rather than made to wait.
LONGEST_QUEUE = 8
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_drawing = threading.Lock()
_places = threading.BoundedSemaphore(LONGEST_QUEUE)


class NoPicture(Exception):
    """No picture can be drawn now; the message says why."""


def with_words(
    figure: go.Figure, frame: Frame, theme: str, *, link: str, version: str, width: int = WIDTH, height: int = HEIGHT
) -> go.Figure:
    """A copy of the figure that stands by itself: its finding above, its sources and its address below."""
    title = "<br>".join(textwrap.wrap(frame.title, width // 17)[:3])
    foot = "<br>".join(
        [*textwrap.wrap(frame.source_line, width // 8)[:2], *textwrap.wrap(f"{link} · data {version}", width // 8)[:2]]
    )
    made = go.Figure(figure)
    made.update_layout(
        width=width,
        height=height,
        paper_bgcolor=BACKGROUND[theme],
        font={"family": "DejaVu Sans, Arial, sans-serif"},
        title={"text": f"<b>{title}</b>", "x": 0.02, "xref": "container", "y": 0.97, "yref": "container",
               "yanchor": "top", "font": {"size": 24, "color": TEXT[theme]}},
        margin={"l": 50, "r": 50, "t": 70 + 32 * title.count("<br>") + 50, "b": 110},
    )  # fmt: skip
    made.add_annotation(
        text=foot, x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-48, align="left",
        showarrow=False, font={"size": 13, "color": TEXT[theme]},
    )  # fmt: skip
    return made


def draw(figure: go.Figure, form: str) -> bytes:
    """The figure as `png` or `svg`. Raises `NoPicture` where no browser is found, or too many wait."""
    if not _places.acquire(blocking=False):
        raise NoPicture("Many pictures are being drawn at the moment. Please try again in a minute.")
    try:
        with _drawing:
            _open_browser()
            return figure.to_image(form, scale=2 if form == "png" else 1)
    finally:
        _places.release()


@cache
def _browser() -> str | None:
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def can_draw() -> bool:
    """Whether this machine has a browser to draw with."""
    return _browser() is not None


@cache
def _open_browser() -> None:
    """Starts the browser that draws, once per process; it ends with the process."""
    path = _browser()
    if path is None:
        raise NoPicture("This server has no browser to draw pictures with; the table and the data files are whole.")
    kaleido.start_sync_server(path=path, silence_warnings=True)
    atexit.register(kaleido.stop_sync_server, silence_warnings=True)
