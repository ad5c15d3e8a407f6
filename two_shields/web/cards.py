"""Cards: a view as one picture of 1200 × 630 pixels, for those who see its link before they open it.

The words are set here, in the pages' own letters; the chart is drawn by the browser that `pictures` keeps open. A card
without a chart says more in words.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from two_shields import pictures
from two_shields.datapackage import TITLE
from two_shields.figures.template import BACKGROUND, BLUE, TEXT
from two_shields.parameters import View
from two_shields.record import Record
from two_shields.site import Exhibit
from two_shields.web.head import CARD_HEIGHT, CARD_WIDTH

MARGIN = 48
MOST_LINES = 3
_FOOT = CARD_HEIGHT - 62
#: Of the chart's own pixels on the card: a card is shown at half its size, and the chart's letters are small.
_ZOOM = 1.5
_QUIET = "#5b6673"
_RIGHT_OF_FOOT = 250  # pixels for the data version


def with_chart(record: Record, view: View, exhibit: Exhibit) -> bytes:
    """The card with its chart, as PNG. Raises `NoPicture` where no chart can be drawn."""
    if exhibit.draw is None:
        raise pictures.NoPicture("This view has no chart.")
    card, top = _begun(record, view, exhibit, largest=40)
    width, height = CARD_WIDTH - 2 * MARGIN, _FOOT - 14 - top
    figure = exhibit.draw()
    figure.update_layout(width=round(width / _ZOOM), height=round(height / _ZOOM), paper_bgcolor=BACKGROUND["light"])
    with Image.open(io.BytesIO(pictures.draw(figure, "png"))) as drawn:
        chart = drawn.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    card.paste(chart, (MARGIN, top))
    return _png(card)


def in_words(record: Record, view: View, exhibit: Exhibit) -> bytes:
    """The card without a chart, as PNG: the finding, larger, and what more there is to say."""
    card, top = _begun(record, view, exhibit, largest=56)
    if not exhibit.description.startswith(exhibit.title):
        draw, letters = ImageDraw.Draw(card), font(28, "Regular")
        for line in wrapped(exhibit.description, letters, CARD_WIDTH - 2 * MARGIN, (_FOOT - 20 - top) // 38):
            draw.text((MARGIN, top + 10), line, fill=TEXT["light"], font=letters)
            top += 38
    return _png(card)


def bare() -> bytes:
    """The card where there is nothing to say: the site's name."""
    card = _empty()
    ImageDraw.Draw(card).text((MARGIN, 260), TITLE, fill=TEXT["light"], font=font(72, "Bold"))
    return _png(card)


def _empty() -> Image.Image:
    card = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), BACKGROUND["light"])
    ImageDraw.Draw(card).rectangle((0, 0, CARD_WIDTH, 10), fill=BLUE)
    return card


def _begun(record: Record, view: View, exhibit: Exhibit, largest: int) -> tuple[Image.Image, int]:
    """A card with site, page, finding, sources and version; and the height at which the rest can begin."""
    card, width = _empty(), CARD_WIDTH - 2 * MARGIN
    draw = ImageDraw.Draw(card)
    draw.text((MARGIN, 32), f"{TITLE} · {view.title}", fill=BLUE, font=font(26, "Semibold"))
    size, lines = fitted(exhibit.title, largest, width)
    top = 78
    for line in lines:
        draw.text((MARGIN, top), line, fill=TEXT["light"], font=font(size, "Bold"))
        top += round(size * 1.2)
    small = font(23, "Regular")
    sources = wrapped(exhibit.source_line, small, width - _RIGHT_OF_FOOT, 1)
    draw.text((MARGIN, _FOOT + 14), "".join(sources), fill=_QUIET, font=small)
    draw.text((CARD_WIDTH - MARGIN, _FOOT + 14), f"Data {record.version}", fill=_QUIET, font=small, anchor="ra")
    return card, top + 12


def fitted(text: str, largest: int, width: int) -> tuple[int, list[str]]:
    """The largest size at which the text takes no more than `MOST_LINES`, and its lines; at the smallest it is cut."""
    for size in range(largest, 26, -2):
        lines = wrapped(text, font(size, "Bold"), width, MOST_LINES + 1)
        if len(lines) <= MOST_LINES:
            return size, lines
    return 26, wrapped(text, font(26, "Bold"), width, MOST_LINES)


def wrapped(text: str, letters: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """The text in lines of at most that width; of more than `most` lines, the last one kept ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and letters.getlength(longer) > width:
            lines.append(line)
            longer = word
        line = _cut(longer, letters, width) if letters.getlength(longer) > width else longer
    lines += [line] if line else []
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(f"{lines[most - 1]} …", letters, width)] if most > 0 else []
    return lines


def _cut(text: str, letters: ImageFont.FreeTypeFont, width: int) -> str:
    while len(text) > 1 and letters.getlength(text) > width:
        text = text.rstrip("… ")[:-1] + "…"
    return text


@cache
def font(size: int, weight: str) -> ImageFont.FreeTypeFont:
    """The pages' own letters, which come with Streamlit; otherwise the machine's, or Pillow's."""
    for path in _of_streamlit():
        letters = ImageFont.truetype(path, size)
        letters.set_variation_by_name(weight)
        return letters
    names = ("DejaVuSans.ttf",) if weight == "Regular" else ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf")
    for name in names:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _of_streamlit() -> list[Path]:
    found = find_spec("streamlit")  # finds the package, and does not import it
    if found is None or found.origin is None:
        return []
    return sorted(Path(found.origin).parent.glob("static/static/media/SourceSansVF-Upright.*.woff2"))[:1]


def _png(card: Image.Image) -> bytes:
    buffer = io.BytesIO()
    card.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
