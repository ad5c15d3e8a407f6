"""A chart as a picture that stands by itself: its finding above it; its sources, its address and the data version below.

The chart is drawn as on its page, and stands between words: they take nothing of its room, for which its labels were
laid out.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go
from PIL import Image, ImageDraw

from two_shields.charts import letters
from two_shields.charts.sheet import WIDE
from two_shields.charts.style import BACKGROUND, TEXT
from two_shields.exhibits.frame import Frame
from two_shields.export import image_export
from two_shields.export.typeface import FAMILY, font, style

#: Pixels: an even margin around the wide form of a chart, and the whole.
MARGIN = 40
WIDTH = WIDE + 2 * MARGIN
SCALE = 2
#: Letter size and distance of lines, of the finding and of what stands below.
_TITLE, _FOOT = (24, 31), (14, 20)
_GAP = 16


@dataclass(frozen=True)
class Picture:
    """A wide figure with the words around it, by theme; `link` is its address."""

    figure: go.Figure
    frame: Frame
    theme: str
    link: str
    version: str

    @property
    def title(self) -> list[str]:
        return letters.wrap(self.frame.title, WIDE * 0.93, _TITLE[0])

    @property
    def foot(self) -> list[str]:
        """Sources, and the whole link, in as many lines as they need: who has it on paper types it."""
        link = f"{self.link} · data {self.version}"
        long = range(0, len(link), 170)
        return [*letters.wrap(self.frame.source_line, WIDE, _FOOT[0]), *(link[at : at + 170] for at in long)]

    @property
    def top(self) -> int:
        return MARGIN + _TITLE[1] * len(self.title) + _GAP

    @property
    def height(self) -> int:
        return self.top + int(self.figure.layout.height) + _GAP + _FOOT[1] * len(self.foot) + MARGIN

    def png(self) -> bytes:
        """Twice as large, for screens that have the pixels. Raises `ImageUnavailable`."""
        whole = Image.new("RGB", (SCALE * WIDTH, SCALE * self.height), BACKGROUND[self.theme])
        with Image.open(io.BytesIO(image_export.draw(self._chart(), "png"))) as chart:
            whole.paste(chart.convert("RGB"), (SCALE * MARGIN, SCALE * self.top))
        draw = ImageDraw.Draw(whole)
        for line, baseline, size, weight in self._lines():
            place = (SCALE * MARGIN, SCALE * baseline)
            draw.text(place, line, fill=TEXT[self.theme], font=font(SCALE * size, weight), anchor="ls")
        return image_export.png(whole)

    def svg(self) -> bytes:
        """With a title and a description, for those who do not see it; Plotly writes none. Raises `ImageUnavailable`."""
        chart = image_export.draw(self._chart(), "svg").decode("utf-8")
        placed = chart.replace("<svg ", f'<svg x="{MARGIN}" y="{self.top}" ', 1)
        words = "".join(
            f'<text x="{MARGIN}" y="{baseline}" font-size="{size}" font-weight="{weight.lower()}">{escape(line)}</text>'
            for line, baseline, size, weight in self._lines()
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" role="img">'
            f"<title>{escape(self.frame.title)}</title><desc>{escape(self.frame.alt)}</desc>{style()}"
            f'<rect width="100%" height="100%" fill="{BACKGROUND[self.theme]}"/>'
            f'<g font-family="{FAMILY}" fill="{TEXT[self.theme]}">{words}</g>'
            f"{placed}</svg>"
        ).encode()

    def _lines(self) -> Iterator[tuple[str, int, int, str]]:
        size, step = _TITLE
        for number, line in enumerate(self.title):
            yield line, MARGIN + round(0.75 * size) + step * number, size, "Bold"
        size, step = _FOOT
        for number, line in enumerate(reversed(self.foot)):
            yield line, self.height - MARGIN - 3 - step * number, size, "Regular"

    def _chart(self) -> go.Figure:
        """A copy: others are shown the same figure."""
        return image_export.sized(go.Figure(self.figure), WIDE, self.theme)
