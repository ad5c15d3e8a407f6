"""The chart of a view alone, as a picture for the summary that stands in for the live page.

It has the width and height that the live chart will have, on a phone and on a desk.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from urllib.parse import urlencode

from PIL import Image

from two_shields.charts.style import BACKGROUND
from two_shields.exhibits.overview import frames as overview
from two_shields.exhibits.registry import Shown, lead
from two_shields.export import image_export
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import InitiativesView, OverviewView

NARROW, WIDE = "narrow", "wide"
#: Pixels: the column of a chart on a phone, and on a desk with a window of 1280.
WIDTHS = {NARROW: 358, WIDE: 1120}
THEMES = ("light", "dark")
#: Pixels of a screen per pixel of a page. Sharp on a phone; on a desk small enough to be there soon.
_SCALE = {NARROW: 2.0, WIDE: 1.25}
_QUALITY = 60
_ON_A_PHONE = 380  # the height of a map there, as in pages/initiatives.py


@dataclass(frozen=True)
class Picture:
    """One picture of a view's chart."""

    record: Record
    view: View
    width: str
    theme: str

    @property
    def link(self) -> str:
        """Its address, from the root of the site."""
        query = {**self.view.query(), "width": self.width, "theme": self.theme}
        return f"/preview/{self.view.path or 'overview'}.chart.webp?{urlencode(query, doseq=True)}"

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height on the page."""
        return WIDTHS[self.width], _height(self.record, self.view, self.width)


def pictures_of(record: Record, view: View, shown: Shown) -> tuple[Picture, ...]:
    """The pictures that the view's chart has, if it has one and this server can draw. On the Overview all columns
    are about as wide as a phone."""
    if shown.draw is None or not image_export.can_draw():
        return ()
    widths = (NARROW,) if isinstance(view, OverviewView) else (WIDE, NARROW)
    return tuple(Picture(record, view, width, theme) for width in widths for theme in THEMES)


def media(picture: Picture, pictures: tuple[Picture, ...]) -> str:
    """The media query by which a browser takes this one of a view's pictures."""
    queries = [f"(prefers-color-scheme: {picture.theme})"]
    if len({one.width for one in pictures}) > 1:
        queries.append({NARROW: "(max-width: 863px)", WIDE: "(min-width: 864px)"}[picture.width])
    return " and ".join(queries)


@cached(most=512)
def _height(record: Record, view: View, width: str) -> int:
    draw = lead(record, view).draw
    return int(draw(**_size(view, width)).layout.height) if draw else 0


def _size(view: View, width: str) -> dict[str, int]:
    """The height that the page gives a chart, where it does."""
    if isinstance(view, OverviewView):
        return {"height": overview.CHART_HEIGHT}
    return (
        {"height": _ON_A_PHONE} if isinstance(view, InitiativesView) and view.view == "map" and width == NARROW else {}
    )


def webp(one: Picture) -> bytes:
    """The picture. Raises `ImageUnavailable` where the view has no chart, or none can be drawn."""
    draw = lead(one.record, one.view).draw
    if draw is None:
        raise image_export.ImageUnavailable("This view has no chart.")
    figure = draw(one.theme, **_size(one.view, one.width))
    width, height = one.pixels
    figure.update_layout(
        width=width,
        height=height,
        paper_bgcolor=BACKGROUND[one.theme],
        # The browser that draws does not have the page's font; the ones it has run wider.
        font={"family": "DejaVu Sans Condensed, Arial Narrow, sans-serif", "size": 11},
    )
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(image_export.draw(figure, "png"))) as image:
        size = (round(width * _SCALE[one.width]), round(height * _SCALE[one.width]))
        image.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(buffer, "WEBP", quality=_QUALITY, method=6)
    return buffer.getvalue()
