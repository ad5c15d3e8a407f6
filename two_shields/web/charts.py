"""The chart of a view alone, as a picture for the summary that stands in for the live page.

It has the width and height that the live chart will have, on a phone and on a desk.
"""

import io
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from PIL import Image

from two_shields.charts.style import BACKGROUND
from two_shields.exhibits.country import place
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.registry import Shown, lead
from two_shields.export import image_export
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import CountryView

NARROW, WIDE = "narrow", "wide"
#: The two forms, with the windows that they are for: the wide one as the live page has it (window.js).
WIDTHS = {WIDE: "(min-width: 1055px)", NARROW: "(max-width: 1054px)"}
#: Pixels: the column of a chart on a phone. On a desk with a window of 1280 the exhibit says it.
PHONE = 358
THEMES = ("light", "dark")
#: Pixels of a screen per pixel of a page. Sharp on a phone; on a desk small enough to be there soon.
_SCALE = {NARROW: 2.0, WIDE: 1.25}
_QUALITY = 60
_BETWEEN = 16  # pixels between panels


@dataclass(frozen=True)
class Picture:
    record: Record
    view: View
    width: str
    theme: str

    @property
    def link(self) -> str:
        query = {**self.view.query(), "width": self.width, "theme": self.theme}
        return f"/preview/{self.view.path or 'overview'}.chart.webp?{urlencode(query, doseq=True)}"

    @property
    def pixels(self) -> tuple[int, int]:
        return _size(self.record, self.view, self.width)


def pictures_of(record: Record, view: View, shown: Shown) -> tuple[Picture, ...]:
    """The pictures that the view's chart has, if it has one and this server can draw."""
    if not (shown.has_chart and image_export.can_draw()):
        return ()
    return tuple(Picture(record, view, width, theme) for width in WIDTHS for theme in THEMES)


def first(record: Record, view: View) -> Shown:
    """What the live page draws first: the chart that it leads with, or of a country its small map."""
    shown = lead(record, view)
    where = place.EXHIBIT.frame_of(record, view) if isinstance(view, CountryView) else None
    return shown if where is None else replace(shown, exhibit=place.EXHIBIT, frame=where)


def media(picture: Picture) -> str:
    """The media query by which a browser takes this one of a view's pictures."""
    return f"(prefers-color-scheme: {picture.theme}) and {WIDTHS[picture.width]}"


@cached(most=512)
def _size(record: Record, view: View, width: str) -> tuple[int, int]:
    shown = first(record, view)
    heights = [int(figure.layout.height) for figure in shown.draw(narrow=width == NARROW)] if shown.has_chart else [0]
    if width == WIDE:
        return shown.exhibit.wide, max(heights)
    return PHONE, sum(heights) + _BETWEEN * (len(heights) - 1)


def across(exhibit: Exhibit, width: str) -> int:
    """Pixels of each of an exhibit's panels: side by side, or on a phone under each other."""
    panels = max(1, len(exhibit.panels))
    return PHONE if width == NARROW else (exhibit.wide - _BETWEEN * (panels - 1)) // panels


def webp(one: Picture) -> bytes:
    """The picture: its panels side by side, or on a phone under each other.

    Raises `ImageUnavailable` where the view has no chart, or none can be drawn.
    """
    shown = first(one.record, one.view)
    if not shown.has_chart:
        raise image_export.ImageUnavailable("This view has no chart.")
    figures = shown.draw(one.theme, narrow=one.width == NARROW)
    width = across(shown.exhibit, one.width)
    scale, x, y = _SCALE[one.width], 0, 0
    whole = Image.new("RGB", tuple(round(side * scale) for side in one.pixels), BACKGROUND[one.theme])
    for figure in figures:
        height = int(figure.layout.height)
        with Image.open(io.BytesIO(image_export.draw(image_export.sized(figure, width, one.theme), "png"))) as panel:
            size = (round(width * scale), round(height * scale))
            whole.paste(
                panel.convert("RGB").resize(size, Image.Resampling.LANCZOS), (round(x * scale), round(y * scale))
            )
        if one.width == WIDE:
            x += width + _BETWEEN
        else:
            y += height + _BETWEEN
    buffer = io.BytesIO()
    whole.save(buffer, "WEBP", quality=_QUALITY, method=6)
    return buffer.getvalue()
