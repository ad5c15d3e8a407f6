"""A list with a box before each entry: what it belongs to, in the look of its camp."""

from collections.abc import Sequence
from dataclasses import dataclass

from two_shields.charts import letters
from two_shields.charts.palette import FILLS, WORDS
from two_shields.charts.style import FROM_HERE, Drawing

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
        outline = {"color": look.outline, "width": 1.2}
        drawing.add_shape(type="rect", x0=1, x1=BOX, y0=y, y1=y - tall, fillcolor=look.ground, line=outline)
        in_box = {"xanchor": "center", "yanchor": "middle", "align": "center", "borderpad": 0}
        drawing.write(BOX / 2, y - tall / 2, "<br>".join(box), size=11.5, **in_box)
        shown = "<br>".join(head)
        shown = f"<b>{entry.bold}</b>{shown[len(entry.bold) :]}" if shown.startswith(entry.bold) else shown
        drawing.write(BOX + 12, y, shown, size=LETTERS, **FROM_HERE)
        if small:
            drawing.write(BOX + 12, y - LINE * len(head) - 2, "<br>".join(small), grey, **FROM_HERE)
        points += [(BOX / 2, y - tall / 2, entry), (BOX + 40, y - 10, entry), (BOX + 120, y - 10, entry)]
        y -= tall + GAP
    drawing.add_choices(points)
    drawing.in_pixels(width, y, 2)
    drawing.update_layout(height=round(-y))
