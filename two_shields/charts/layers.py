"""Systems as boxes in the layers of air defence that they serve, side by side by camp, with who has them below.

A box over two layers stands in both. Nothing is an axis of range: ranges of different things are not compared.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from two_shields.charts.palette import FILLS, MARKS, WORDS
from two_shields.charts.sheet import NARROW, WIDE, Sheet, width_of
from two_shields.charts.style import GRID, Name, faded

#: Where a camp has no box.
NONE = "none with a layer in these sources"
_BAND, _LINE, _EDGE = 66.0, 16.0, 104.0


@dataclass(frozen=True)
class Holders:
    """Names under a box, with their heading; `bar` says whether they have it (filled), ordered it (hollow) or neither."""

    heading: str
    bar: str
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Box:
    """A system: its lowest and highest layer (numbers of bands), its range in words, and what it is a range of."""

    name: str
    low: int
    high: int
    range: str
    about: str
    mark: str
    hover: str
    holders: tuple[Holders, ...]


@dataclass(frozen=True)
class Side:
    """A camp: its boxes, and what stands in no layer, each a line of words that a click chooses."""

    camp: str
    name: str
    about: str
    boxes: tuple[Box, ...]
    without: tuple[Name, ...]


def draw_layers(sheet: Sheet, bands: Sequence[str], sides: Sequence[Side]) -> None:
    """The bands from the lowest to the highest, named at the left, with the camps beside or under each other."""
    if sheet.width == NARROW:
        for side in sides:
            _narrow(sheet, bands, side)
        return
    detailed = sheet.width == WIDE
    edge, gap, air = (_EDGE, 36, 10) if detailed else (72.0, 18, 5)
    number = sum(max(len(side.boxes), 2) for side in sides)
    pitch = min(160.0, (sheet.width - edge - gap * (len(sides) - 1)) / number)
    boxes = [box for side in sides for box in side.boxes] if detailed else []
    edges = _edges(len(bands), boxes, 30.0, pitch - air)
    _bands(sheet, bands, edges, edge)
    top, bottom = edges[-1], edges[0]
    left, deepest = edge, bottom
    for side in sides:
        words, grey = WORDS[sheet.theme].get(side.camp, sheet.drawing.text), WORDS[sheet.theme]["grey"]
        sheet.write(left, 14, f"<b>{side.name}</b>", words, size=15)
        if detailed:
            sheet.write(left + width_of(side.name, 15) + 22, 15, side.about, grey, size=12)
        for place, box in enumerate(side.boxes):
            x = left + pitch * place
            _box(sheet, side, box, (x, x + pitch - air), edges, detailed=detailed)
            if detailed:
                deepest = max(deepest, _holders(sheet, side, box.holders, x, bottom + 18))
            else:
                counts = [one.heading.removesuffix(" it") for one in box.holders if one.heading]
                sheet.write(x, bottom + 6, "<br>".join(counts), size=11.5, top=True)
                deepest = bottom + 40
        if not side.boxes:
            sheet.write(left, (top + bottom) / 2, "<br>".join(textwrap.wrap(NONE, 20)), grey)
        left += pitch * max(len(side.boxes), 2) + gap
    sheet.depth = deepest + 12
    for side in sides if detailed else ():
        _without(sheet, side)
    sheet.depth += 6


def _edges(number: int, boxes: Sequence[Box], top: float, room: float) -> list[float]:
    """The edges of the bands from the lowest to the highest, each as high as what stands in it alone needs."""
    heights = [_BAND] * number
    for box in boxes:
        if box.low == box.high:
            heights[box.low] = max(heights[box.low], 30 + 17.0 * len(_about(box, room)) + 8)
    edges = [top]
    for height in reversed(heights):
        edges.insert(0, edges[0] + height)
    return edges


def _about(box: Box, room: float) -> list[str]:
    return textwrap.wrap(box.about, int((room - 8) / 5.4))


def _words_of(text: str, width: int) -> list[str]:
    """Lines of at most that many letters, or as long as the longest word."""
    return textwrap.wrap(text, max(width, *map(len, text.split())))


def _bands(sheet: Sheet, bands: Sequence[str], edges: Sequence[float], edge: float) -> None:
    for place, band in enumerate(bands):
        low, high = edges[place], edges[place + 1]
        if place % 2 == 0:
            sheet.box(0, high, sheet.width, low, faded(MARKS[sheet.theme]["neither"], 0.08), below=True)
        lines = _words_of(band, 12 if edge > 80 else 9)
        sheet.write(
            4, (high + low) / 2, "<br>".join(f"<b>{line}</b>" for line in lines), WORDS[sheet.theme]["grey"],
            size=12 if edge > 80 else 11,
        )  # fmt: skip


def _box(
    sheet: Sheet, side: Side, box: Box, sides: tuple[float, float], edges: Sequence[float], *, detailed: bool
) -> None:
    """A box with its words in its middle; `detailed`: with what its range is a range of."""
    fill, words = FILLS[sheet.theme].get(side.camp, FILLS[sheet.theme]["neither"]), WORDS[sheet.theme]
    high, low = edges[box.high + 1] + 4, edges[box.low] - 4
    ground = faded(MARKS[sheet.theme].get(side.camp, MARKS[sheet.theme]["neither"]), 0.2)
    sheet.box(sides[0], high, sides[1], low, ground, fill.outline)
    room = sides[1] - sides[0]
    names = _words_of(box.name, int((room - 6) / 7.2)) if not detailed else [box.name]
    about = _about(box, room) if detailed else []
    tight = 18 * (len(names) + bool(box.range)) + 14.5 * len(about) > low - high - 6
    if tight and detailed and box.range:
        parts = [f"<b>{box.name} <span style='color:{words[side.camp]}'>{box.range}</span></b>"]
    else:
        size = 16 if detailed else 13
        parts = [f"<b>{name}</b>" for name in names]
        shown = f"<b><span style='color:{words[side.camp]};font-size:{size}px'>{box.range}</span></b>"
        parts += [shown] if box.range else []
    parts += [f"<span style='font-size:11.5px'>{line}</span>" for line in about]
    middle, centre = (high + low) / 2, (sides[0] + sides[1]) / 2
    sheet.write(centre, middle, "<br>".join(parts), size=13 if detailed else 12, anchor="center")
    # Unseen points from above to below: a click anywhere on the box finds one.
    y = high + 13
    while y < low - 8:
        sheet.choice(centre, y, box)
        y += 24


def _holders(sheet: Sheet, side: Side, holders: Sequence[Holders], left: float, y: float) -> float:
    """The names under a box, each list with its heading and a filled or a hollow bar beside it; gives the last height."""
    colour = MARKS[sheet.theme].get(side.camp, MARKS[sheet.theme]["neither"])
    for one in holders:
        if one.heading:
            sheet.write(left + 8, y, f"<b>{one.heading}</b>", size=12)
            y += _LINE
        begin = y
        for name in one.names:
            sheet.name(left + 8, y, name)
            y += _LINE
        if one.bar:
            fill = colour if one.bar == "filled" else sheet.drawing.ground
            sheet.box(left, begin - 7 - _LINE, left + 4, y - 9, fill, colour)
        y += 5 if one.bar else 0
    return y - _LINE


def _without(sheet: Sheet, side: Side) -> None:
    if not side.without:
        return
    sheet.depth += 12 if sheet.width == NARROW else 4
    words = WORDS[sheet.theme].get(side.camp, sheet.drawing.text)
    heading = f"{side.name}, no layer given:"
    sheet.write(0, sheet.depth, f"<b>{heading}</b>", words)
    left = 215.0 if sheet.width != NARROW else 0.0
    if sheet.width == NARROW:
        sheet.depth += _LINE
    for name in side.without:
        lines = textwrap.wrap(name.text, int((sheet.width - left) / 6.3))
        for line in lines:
            sheet.name(left, sheet.depth, Name(line, name.mark, name.hover))
            sheet.depth += _LINE
    sheet.depth += 2


def _narrow(sheet: Sheet, bands: Sequence[str], side: Side) -> None:
    """A camp on a phone: its boxes with their ranges, and below in words what these are ranges of and who has them."""
    words, grey = WORDS[sheet.theme].get(side.camp, sheet.drawing.text), WORDS[sheet.theme]["grey"]
    if sheet.depth:
        sheet.depth += 24
    sheet.write(0, sheet.depth + 12, f"<b>{side.name}</b>", words, size=15)
    edge, edges = 72.0, _edges(len(bands), [], sheet.depth + 26, 0)
    _bands(sheet, bands, edges, edge)
    top, bottom = edges[-1], edges[0]
    pitch = (sheet.width - edge) / max(len(side.boxes), 3)
    for place, box in enumerate(side.boxes):
        x = edge + pitch * place
        _box(sheet, side, box, (x, x + pitch - 6), edges, detailed=False)
    if not side.boxes:
        sheet.write(edge, (top + bottom) / 2, NONE, grey)
    y = bottom + 8
    for box in side.boxes:
        y += 14
        sheet.write(0, y, f"<b>{box.name}</b> <span style='color:{words}'><b>{box.range}</b></span>", size=13)
        for line in textwrap.wrap(box.about, 56):
            y += _LINE
            sheet.write(0, y, line, grey, size=12)
        for one in box.holders:
            y += _LINE
            left = width_of(one.heading, 13.2) + 10 if one.heading else 0.0
            if one.heading:
                sheet.write(0, y, f"<b>{one.heading}</b>", size=12)
            y = sheet.names(left, y, sheet.width, one.names, line=_LINE + 4)
        y += _LINE
        sheet.line(0, y - 4, sheet.width, y - 4, GRID)
    sheet.depth = y
    _without(sheet, side)
