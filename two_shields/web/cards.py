"""Cards: a view as a picture of 1200 × 630 pixels, which messengers and networks show for its link.

The words are set here, in the pages' own font; the chart is drawn by the browser of `image_export`. A card
without a chart says more in words.
"""

import io
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from two_shields.charts.style import BACKGROUND, BLUE, TEXT
from two_shields.contract.project import TITLE
from two_shields.exhibits.registry import Shown
from two_shields.export import image_export, values
from two_shields.export.typeface import font
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.parameters import View
from two_shields.web.head import CARD_HEIGHT, CARD_WIDTH

MARGIN = 48
#: Pixels for the words beside a chart, and between the two.
_COLUMN, _GAP = 392, 24
_TOP, _FOOT = 78, CARD_HEIGHT - 62
#: A chart without a height of its own, and how much larger or smaller than on its page a chart is at most.
_HEIGHT, _LARGEST, _SMALLEST = 450, 1.3, 0.55
_QUIET = "#5b6673"
_RIGHT_OF_FOOT = 310  # pixels for the data version
_LINE = 38
_NOTE = 30
MAX_ROWS = 8


def note(figure: Any) -> str:
    """What part of the view the chart of a card shows; blank where it shows all."""
    return (figure.layout.meta or {}).get("note", "")


def chart(shown: Shown) -> Any:
    """The figure for the card of an exhibit: the one that it has for that, or else its first panel."""
    return shown.exhibit.card(shown.frame) if shown.exhibit.card else shown.draw()[0]


def with_chart(record: Record, view: View, exhibit: Shown) -> bytes:
    """The card with its chart, as PNG. Raises `ImageUnavailable` where no chart can be drawn.

    The chart keeps its height, for which its labels were laid out, and is brought to the card's size as a picture.
    """
    if not exhibit.has_chart:
        raise image_export.ImageUnavailable("This view has no chart.")
    figure = chart(exhibit)
    card, _ = _base_card(record, view, exhibit, largest=38, width=_COLUMN)
    left, top = MARGIN + _COLUMN + _GAP, 30
    width, height = CARD_WIDTH - 24 - left, _FOOT - top - (_NOTE if note(figure) else 0)
    if note(figure):
        draw = ImageDraw.Draw(card)
        draw.text((left + width, _FOOT - 4), note(figure), fill=_QUIET, font=font(20, "Regular"), anchor="rs")
    if figure.layout.margin.r:  # names at the ends of curves have less room than on the page
        figure.update_layout(margin_r=max(figure.layout.margin.r, 48))
    zoom = max(_SMALLEST, min(_LARGEST, height / (figure.layout.height or _HEIGHT)))
    image_export.sized(figure, round(width / zoom), "light").update_layout(height=round(height / zoom))
    with Image.open(io.BytesIO(image_export.draw(figure, "png"))) as drawn:
        picture = drawn.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    card.paste(picture, (left, top))
    return _file(card)


def in_words(record: Record, view: View, exhibit: Shown) -> bytes:
    """The card without a chart, as PNG: the finding, larger, what more there is to say, and the first rows."""
    width = CARD_WIDTH - 2 * MARGIN
    card, top = _base_card(record, view, exhibit, largest=56, width=width)
    draw, letters = ImageDraw.Draw(card), font(28, "Regular")
    lines = [] if exhibit.title in exhibit.description else wrap(exhibit.description, letters, width, 4)
    lines += [line for text in _rows(exhibit) for line in wrap(text, letters, width, 1)]
    for line in lines[: max(0, (_FOOT - top) // _LINE)]:
        draw.text((MARGIN, top), line, fill=TEXT["light"], font=letters)
        top += _LINE
    return _file(card)


def _file(card: Image.Image) -> bytes:
    """As PNG of 256 colours: a quarter of the bytes, and no pixel's channel is off by more than 12 of 255."""
    return image_export.png(card.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE))


def _rows(exhibit: Shown) -> list[str]:
    rows = tuples(exhibit.table.iloc[:MAX_ROWS, :2])
    lines = [" · ".join(filter(None, map(values.in_words, row))) for row in rows]
    return [line for line in lines if exhibit.title not in line]


def bare() -> bytes:
    card = _empty()
    ImageDraw.Draw(card).text((MARGIN, 260), TITLE, fill=TEXT["light"], font=font(72, "Bold"))
    return _file(card)


def _empty() -> Image.Image:
    card = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), BACKGROUND["light"])
    ImageDraw.Draw(card).rectangle((0, 0, CARD_WIDTH, 10), fill=BLUE)
    return card


def _base_card(record: Record, view: View, exhibit: Shown, largest: int, width: int) -> tuple[Image.Image, int]:
    """A card with site, page, finding, sources and version; and the height at which the rest can begin."""
    card = _empty()
    draw = ImageDraw.Draw(card)
    draw.text((MARGIN, 32), f"{TITLE} · {view.title}", fill=BLUE, font=font(26, "Semibold"))
    size, lines = fit(exhibit.title, largest, width, _FOOT - _TOP)
    top = _TOP
    for line in lines:
        draw.text((MARGIN, top), line, fill=TEXT["light"], font=font(size, "Bold"))
        top += _spaced(size)
    small = font(23, "Regular")
    sources = wrap(exhibit.source_line, small, CARD_WIDTH - 2 * MARGIN - _RIGHT_OF_FOOT, 1)
    draw.text((MARGIN, _FOOT + 14), "".join(sources), fill=_QUIET, font=small)
    version = f"Data {record.data_version}"
    draw.text((CARD_WIDTH - MARGIN, _FOOT + 14), version, fill=_QUIET, font=small, anchor="ra")
    return card, top + 16


def _spaced(size: int) -> int:
    return round(size * 1.2)


def fit(text: str, largest: int, width: int, height: int) -> tuple[int, list[str]]:
    """The largest size at which the text has room, and its lines; at the smallest it is cut."""
    smallest = 26
    for size in range(largest, smallest, -2):
        most = height // _spaced(size)
        lines = wrap(text, font(size, "Bold"), width, most + 1)
        if len(lines) <= most and not any(line.endswith("…") for line in lines):
            return size, lines
    return smallest, wrap(text, font(smallest, "Bold"), width, height // _spaced(smallest))


def wrap(text: str, letters: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """The text in lines of at most that width; after `most` lines it ends in an ellipsis."""
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
