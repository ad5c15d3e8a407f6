"""A list with a box before each entry: what it belongs to, in the look of its camp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from two_shields.charts import letters
from two_shields.charts.palette import FILLS, WORDS
from two_shields.charts.style import Drawing

BOX, LETTERS, LINE, GAP = 96.0, 13.0, 16.0, 12.0


@dataclass(frozen=True)
class Entry:
    """What stands in the box, whose it is (a camp, or blank), and the words beside it: bold, plain, then small lines."""

    box: str
    camp: str
    bold: str
    words: str
    small: tuple[str, ...]
    mark: str
    hover: str


def draw_boxes(drawing: Drawing, entries: Sequence[Entry], width: float) -> None:
    """The entries under each other, drawn for a column of that width in pixels."""
    room, y, points = width - BOX - 16, 0.0, []
    grey = WORDS[drawing.theme]["grey"]
    for entry in entries:
        head = letters.wrap(f"{entry.bold} {entry.words}", room * 0.96, LETTERS)
        small = [line for text in entry.small for line in letters.wrap(text, room, 12)]
        box = letters.wrap(entry.box, BOX - 14, 11.5)
        tall = max(LINE * (len(head) + len(small)), 15 * len(box) + 12)
        look = FILLS[drawing.theme].get(entry.camp) or FILLS[drawing.theme]["neither"]
        drawing.add_shape(
            type="rect",
            x0=1,
            x1=BOX,
            y0=y,
            y1=y - tall,
            fillcolor=look.ground,
            line={"color": look.outline, "width": 1.2},
        )
        _words(drawing, BOX / 2, y - tall / 2, "<br>".join(box), drawing.text, 11.5, "center", "middle")
        shown = "<br>".join(head)
        shown = f"<b>{entry.bold}</b>{shown[len(entry.bold) :]}" if shown.startswith(entry.bold) else shown
        _words(drawing, BOX + 12, y, shown, drawing.text, LETTERS, "left", "top")
        if small:
            _words(drawing, BOX + 12, y - LINE * len(head) - 2, "<br>".join(small), grey, 12, "left", "top")
        points += [(BOX / 2, y - tall / 2, entry), (BOX + 40, y - 10, entry), (BOX + 120, y - 10, entry)]
        y -= tall + GAP
    drawing.add_scatter(
        x=[x for x, _, _ in points], y=[y for _, y, _ in points], mode="markers",
        marker={"size": 26, "color": "rgba(0,0,0,0)"}, customdata=[[entry.mark] for *_, entry in points],
        hovertext=[entry.hover for *_, entry in points], hoverinfo="text",
    )  # fmt: skip
    drawing.height = round(-y)
    drawing.update_layout(height=drawing.height, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    drawing.update_xaxes(visible=False, range=[0, width])
    drawing.update_yaxes(visible=False, range=[y, 2])


def _words(
    drawing: Drawing, x: float, y: float, text: str, colour: str, size: float, across: str, upright: str
) -> None:
    drawing.add_annotation(
        x=x, y=y, text=text, showarrow=False, xanchor=across, yanchor=upright, align=across, borderpad=0,
        font={"size": size, "color": colour},
    )  # fmt: skip
