"""How a state got where it stands: a track per camp, thin from a letter or joining, thick from the signature that binds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from two_shields.charts.palette import MARKS, WORDS
from two_shields.charts.since_when import Mark, Span, draw_marks
from two_shields.charts.style import GRID, Drawing, faded
from two_shields.charts.threads import (
    END,
    FOOT,
    PAGE,
    WIDTH,
    Event,
    clicks,
    draw_label,
    draw_years,
    labels,
    scale,
    text,
)

LANE = 80.0


@dataclass(frozen=True)
class Track:
    """A camp's name, where the state stands in it now, its stretches, and its steps with their marks."""

    camp: str
    name: str
    standing: str
    spans: tuple[Span, ...]
    steps: tuple[tuple[Event, Mark], ...]


def draw_tracks(drawing: Drawing, tracks: Sequence[Track], last: date) -> None:
    """The tracks under each other, from the year of the first step to the last day."""
    events = [event for track in tracks for event, _ in track.steps]
    first = date(min((event.start.year for event in events), default=last.year), 1, 1)
    x_of = scale(first, max([last, *(event.end for event in events)]), PAGE)
    bottom = -LANE * len(tracks)
    draw_years(drawing, first, last, x_of, bottom)
    placed = labels(events, x_of, lines_at_most=2)
    marks: list[tuple[float, float, Mark]] = []
    points: list[tuple[float, float, Event, int]] = []
    for number, track in enumerate(tracks):
        top = -LANE * number
        rail = top - LANE + 16
        colour = MARKS[drawing.theme].get(track.camp, MARKS[drawing.theme]["neither"])
        text(
            drawing,
            1,
            rail + 24,
            f"<b>{track.name}</b>",
            WORDS[drawing.theme].get(track.camp, WORDS[drawing.theme]["grey"]),
            13,
        )
        text(drawing, 1, rail + 7, track.standing, WORDS[drawing.theme]["grey"], 12)
        if number:
            drawing.add_shape(type="line", x0=0, x1=WIDTH, y0=top, y1=top, line={"color": GRID, "width": 1})
        for span in track.spans:
            drawing.add_scatter(
                x=[x_of(span.begin), x_of(min(span.end, last)) if span.end < last else END], y=[rail, rail], mode="lines",
                hoverinfo="skip", line={"color": faded(colour, 0.5), "width": 5 if span.is_bound else 1.5},
            )  # fmt: skip
        for label in placed.get(track.steps[0][0].thread, ()):
            draw_label(drawing, label, top + 4, rail, colour, points)
        marks += [(x_of(event.middle), rail, mark) for event, mark in track.steps]
    draw_marks(drawing, marks)
    clicks(drawing, points)
    drawing.height = round(FOOT - bottom)
    drawing.update_layout(height=drawing.height, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    drawing.update_xaxes(visible=False, range=[0, WIDTH])
    drawing.update_yaxes(visible=False, range=[bottom - FOOT, 0])
