"""One among many on a line: a stroke for each, a mark for the one, and the names of a few to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass

from two_shields.charts import letters
from two_shields.charts.palette import CAMP_SYMBOL, MARKS, WORDS
from two_shields.charts.style import FROM_HERE, Drawing, faded

HEIGHT, RAIL, LETTERS = 104.0, -52.0, 12.0


@dataclass(frozen=True)
class Place:
    """A value on the line; `label` names it where there is room."""

    value: float
    label: str
    mark: str
    hover: str


@dataclass(frozen=True)
class Strip:
    """A measure: what it says of the one (`heading` in bold, then `words`), the one, its camp, and all others."""

    heading: str
    words: str
    camp: str
    own: Place
    others: tuple[Place, ...]


def draw_strips(drawing: Drawing, strips: Sequence[Strip], width: float, note: str = "") -> None:
    """The strips under each other, drawn for a column of that width in pixels; a note stands below them."""
    for number, strip in enumerate(strips):
        _strip(drawing, strip, -HEIGHT * number, width)
    lines = letters.wrap(note, width - 8, LETTERS)
    if lines:
        drawing.write(1, -HEIGHT * len(strips), "<br>".join(lines), WORDS[drawing.theme]["grey"], LETTERS, **FROM_HERE)
    drawing.in_pixels(width, -HEIGHT * len(strips) - 16 * len(lines))


def _strip(drawing: Drawing, strip: Strip, top: float, width: float) -> None:
    grey, rail = WORDS[drawing.theme]["grey"], top + RAIL
    places = [strip.own, *strip.others]
    most = max([place.value for place in places], default=0) or 1.0
    colour = MARKS[drawing.theme].get(strip.camp, MARKS[drawing.theme]["neither"])

    def x_of(value: float) -> float:
        return 8 + (width - 22) * max(0.0, value) / most

    drawing.write(1, top - 2, f"<b>{strip.heading}</b>{strip.words}", size=13, **FROM_HERE)
    drawing.line(2, rail, width - 6, rail, faded(grey, 0.35), 1.2)
    drawing.add_scatter(
        x=[x for place in strip.others for x in (x_of(place.value), x_of(place.value), None)],
        y=[y for _ in strip.others for y in (rail - 9, rail + 9, None)],
        mode="lines", hoverinfo="skip", line={"color": faded(grey, 0.7), "width": 1.6},
    )  # fmt: skip
    drawing.add_choices([(x_of(place.value), rail, place) for place in strip.others], 16)
    drawing.add_scatter(
        x=[x_of(strip.own.value)], y=[rail], mode="markers",
        marker={
            "size": 15, "symbol": CAMP_SYMBOL.get(strip.camp, "circle"), "line": {"width": 2, "color": colour},
            "color": colour if strip.camp in CAMP_SYMBOL else drawing.ground,
        },
        customdata=[[strip.own.mark]], hovertext=[strip.own.hover], hoverinfo="text",
    )  # fmt: skip
    taken: list[tuple[float, float]] = []
    for place in places:
        half = letters.width(place.label, LETTERS, bold=place is strip.own) * 0.53
        x = min(max(x_of(place.value), half + 1), width - half - 1)
        if place.label and not any(x - half < right + 6 and left < x + half + 6 for left, right in taken):
            taken.append((x - half, x + half))
            is_own = place is strip.own
            ink = WORDS[drawing.theme].get(strip.camp, "") if is_own else grey
            text = f"<b>{place.label}</b>" if is_own else place.label
            drawing.write(x, rail - 12, text, ink, LETTERS, xanchor="center", yanchor="top", borderpad=0)
