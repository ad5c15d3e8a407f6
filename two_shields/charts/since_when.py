"""Who stands where, and since when: a grid of standings, and beside it a line of time for each row.

All places are pixels of the wide form; the page stretches them to its width. The narrow form is the grid alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from two_shields.charts import letters
from two_shields.charts.palette import MARKS, WORDS
from two_shields.charts.style import GRID, Drawing, Group, Sign, faded

#: Above the rows, which begin at 0: heads of three lines, and a line for each level of guides.
ROW, HEADING, HEADS, GUIDE = 18.5, 32.0, 60.0, 20.0
NAME_X, TRACK, WIDTH = 10.0, (455.0, 1150.0), 1160.0
NARROW_WIDTH, NARROW_NAMES = 358.0, 138.0
_BESIDE = {"xanchor": "left", "yanchor": "middle"}


@dataclass(frozen=True)
class Column:
    """An initiative: its name in one or two lines, its camp, and how many count as in."""

    key: str
    heading: str
    camp: str
    count: str


@dataclass(frozen=True)
class Span:
    """A stretch of a line of time: thick where a signature binds, thin before."""

    begin: date
    end: date
    is_bound: bool
    camp: str


@dataclass(frozen=True)
class Row:
    """A country: its cells by column, and its track of stretches and dated marks."""

    name: str
    cells: dict[str, Sign] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    steps: tuple[tuple[date, str, Sign], ...] = ()


@dataclass(frozen=True)
class Guide:
    """A dated line through the whole track: something that several countries did on one day."""

    day: date
    words: str
    camp: str


def draw_since_when(
    drawing: Drawing,
    columns: Sequence[Column],
    groups: Sequence[Group],
    guides: Sequence[Guide],
    last: date,
    *,
    narrow: bool,
) -> None:
    """The grid, and unless it is narrow the track from the year of the first step to the last day."""
    width = NARROW_WIDTH if narrow else WIDTH
    place = _narrow_places(columns) if narrow else {one.key: 190 + 74.0 * at for at, one in enumerate(columns)}
    days = [day for group in groups for row in group.rows for day, _, _ in row.steps]
    start = date(min((day.year for day in days), default=last.year), 1, 1)
    start = max(start, date(2022, 1, 1))
    scale = (TRACK[1] - TRACK[0]) / max((last - start).days, 1)

    def x_of(day: date) -> float:
        return TRACK[0] + scale * max(0, (day - start).days)

    words = WORDS[drawing.theme]
    marks: list[tuple[float, float, Sign]] = []
    dots: list[tuple[float, float]] = []
    y = 0.0
    for group in groups:
        y -= HEADING
        drawing.write(0, y + 14, f"<b>{group.heading}</b>", words.get(group.camp, ""), 12.5, **_BESIDE)
        drawing.line(0, y + 4, width, y + 4, GRID)
        for row in group.rows:
            y -= ROW
            middle = y + ROW / 2
            drawing.write(NAME_X, middle, row.name, size=12.5 if not narrow else 12, **_BESIDE)
            for key, x in place.items():
                if key in row.cells:
                    marks.append((x, middle, row.cells[key]))
                else:
                    dots.append((x, middle))
            if not narrow:
                marks += _track(drawing, row, middle, x_of)
    drawing.add_scatter(
        x=[x for x, _ in dots], y=[y for _, y in dots], mode="markers", hoverinfo="skip",
        marker={"size": 2, "color": words["grey"]},
    )  # fmt: skip
    for column in columns:
        text = f"<b>{column.heading}</b><br>{column.count}"
        drawing.write(place[column.key], 6, text, words[column.camp], 11.5, yanchor="bottom", align="center")
    top = HEADS if narrow else _time(drawing, guides, start, last, x_of, y)
    drawing.add_signs(marks)
    drawing.in_pixels(width, y - 12, top)


def _track(drawing: Drawing, row: Row, middle: float, x_of: Any) -> list[tuple[float, float, Sign]]:
    """The stretches of a row, the two camps a little apart; its dated marks are given back, to be drawn above."""
    camps = list(dict.fromkeys([*(span.camp for span in row.spans), *(camp for _, camp, _ in row.steps)]))
    apart = dict.fromkeys(camps, 0.0) if len(camps) < 2 else {"german_led": 3.2, "french_led": -3.2}
    for span in row.spans:
        y = middle + apart.get(span.camp, 0)
        drawing.add_scatter(
            x=[x_of(span.begin), x_of(span.end)], y=[y, y], mode="lines", hoverinfo="skip",
            line={"color": faded(MARKS[drawing.theme][span.camp], 0.5), "width": 4.5 if span.is_bound else 1.5},
        )  # fmt: skip
    return [(x_of(day), middle + apart.get(camp, 0), mark) for day, camp, mark in row.steps]


def _narrow_places(columns: Sequence[Column]) -> dict[str, float]:
    """The middles of the columns on a phone, where each is as wide as its head."""
    widths = [max(letters.width(line, 11.5, bold=True) for line in column.heading.split("<br>")) for column in columns]
    gap = (NARROW_WIDTH - NARROW_NAMES - sum(widths)) / max(len(columns), 1)
    places, x = {}, NARROW_NAMES
    for column, wide in zip(columns, widths, strict=True):
        places[column.key] = x + (gap + wide) / 2
        x += gap + wide
    return places


def _time(drawing: Drawing, guides: Sequence[Guide], start: date, last: date, x_of: Any, bottom: float) -> float:
    for year in range(start.year, last.year + 1):
        x = x_of(date(year, 1, 1))
        drawing.line(x, 2, x, bottom, GRID, layer="below")
        drawing.write(x + 4, 10, str(year), WORDS[drawing.theme]["grey"], **_BESIDE)
    ends: list[float] = []
    for guide in sorted(guides, key=lambda guide: guide.day):
        x = x_of(guide.day)
        # The lowest line whose last words end before these begin.
        level = next((level for level, end in enumerate(ends) if end < x), len(ends))
        ends[level : level + 1] = [x + 6.2 * len(guide.words)]
        y = 32 + GUIDE * level
        colour = WORDS[drawing.theme][guide.camp]
        drawing.line(x, y - 10, x, bottom, colour, dash="dot", layer="below")
        is_late = x > TRACK[1] - 6.2 * len(guide.words)
        on_ground = {"bgcolor": drawing.ground, "borderpad": 1}  # the lines of later guides pass behind
        drawing.write(
            x, y, guide.words, colour, 11.5, xanchor="right" if is_late else "left", yanchor="middle", **on_ground
        )
    return max(HEADS, 22 + GUIDE * len(ends))
