"""How a state got where it stands: a track per camp, thin from a letter or joining, thick from the signature that binds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from two_shields.charts.palette import MARKS, WORDS
from two_shields.charts.since_when import Span
from two_shields.charts.style import FROM_HERE, GRID, Drawing, Sign, faded
from two_shields.charts.threads import END, FOOT, PAGE, WIDTH, Event, draw_label, draw_years, labels, scale

LANE = 80.0


@dataclass(frozen=True)
class Track:
    """A camp's name, where the state stands in it now, its stretches, and its steps with their marks."""

    camp: str
    name: str
    standing: str
    spans: tuple[Span, ...]
    steps: tuple[tuple[Event, Sign], ...]


def draw_tracks(drawing: Drawing, tracks: Sequence[Track], last: date) -> None:
    """The tracks under each other, from the year of the first step to the last day."""
    events = [event for track in tracks for event, _ in track.steps]
    first = date(min((event.start.year for event in events), default=last.year), 1, 1)
    x_of = scale(first, max([last, *(event.end for event in events)]), PAGE)
    bottom = -LANE * len(tracks)
    draw_years(drawing, first, last, x_of, bottom)
    placed = labels(events, x_of, lines_at_most=2)
    marks: list[tuple[float, float, Sign]] = []
    words = WORDS[drawing.theme]
    points: list[tuple[float, float, Event, int]] = []
    for number, track in enumerate(tracks):
        top = -LANE * number
        rail = top - LANE + 16
        colour = MARKS[drawing.theme].get(track.camp, MARKS[drawing.theme]["neither"])
        drawing.write(1, rail + 24, f"<b>{track.name}</b>", words.get(track.camp, words["grey"]), 13, **FROM_HERE)
        drawing.write(1, rail + 7, track.standing, words["grey"], **FROM_HERE)
        if number:
            drawing.line(0, top, WIDTH, top, GRID)
        for span in track.spans:
            drawing.add_scatter(
                x=[x_of(span.begin), x_of(min(span.end, last)) if span.end < last else END], y=[rail, rail], mode="lines",
                hoverinfo="skip", line={"color": faded(colour, 0.5), "width": 5 if span.is_bound else 1.5},
            )  # fmt: skip
        for label in placed.get(track.steps[0][0].thread, ()):
            draw_label(drawing, label, top + 4, rail, colour, points)
        marks += [(x_of(event.middle), rail, mark) for event, mark in track.steps]
    drawing.add_signs(marks)
    drawing.add_choices(points)
    drawing.in_pixels(WIDTH, bottom - FOOT)
