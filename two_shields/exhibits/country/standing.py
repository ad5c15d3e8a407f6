"""How a country got where it stands: its status in each initiative over time, a track per camp."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts.palette import MARKS, WORDS
from two_shields.charts.since_when import Span
from two_shields.charts.style import FROM_HERE, GRID, Drawing, Sign, faded
from two_shields.charts.threads import (
    END,
    FOOT,
    PAGE,
    WIDTH,
    Event,
    draw_label,
    draw_upright,
    draw_years,
    labels,
    scale,
)
from two_shields.contract.vocabulary import CAMPS, MEMBERSHIP_STATUSES, READINGS
from two_shields.domain import membership
from two_shields.exhibits.country.summary import comma, describe, standing
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, facts_of, notes_on, with_evidence
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import CountryView
from two_shields.text import dates

#: How much a step says: who signed before who joined before who says so. Labels are given in that order.
_WEIGHT: Mapping[str, int] = {"bound": 1, "joined": 2, "intends": 2, "declined": 2, "outside": 3}

LANE = 80.0


class _Row(NamedTuple):
    initiative_id: str
    initiative: str
    camp: str
    status: str
    status_words: str
    group: str
    when: str
    from_publication: bool
    start: date
    end: date
    unsure: bool
    mark: str
    heading: str


@dataclass(frozen=True)
class Track:
    """A camp's name, where the state stands in it now, its stretches, and its steps with their marks."""

    camp: str
    name: str
    standing: str
    spans: tuple[Span, ...]
    steps: tuple[tuple[Event, Sign], ...]


def frame(record: Record, view: CountryView) -> Frame | None:
    """One row per change of status; `placed` where the chart draws it. None without any."""
    iso3 = view.country
    steps = [_step(record, row) for row in membership.changes_of(record).get(iso3, ())]
    if not steps:
        return None
    steps.sort(key=lambda step: (list(CAMPS).index(step["camp"]), step["initiative"], step["known_on"]))
    rows = pd.DataFrame(steps).assign(placed=[*_drawn(steps)])
    rows = with_evidence(record, rows.assign(facts=facts_of("memberships", rows["membership_id"])))
    key = "Thin line: joined, or a letter of intent; thick, with a filled mark: bound by a signature. ★ leads, × stays out."
    caption = f"Counted as members: {READINGS['signed'].counts}."
    if rows["unsure"].any():
        caption = "Dotted: the date is inferred, or is the day on which a source reported it. " + caption
    return Frame.of(
        record, "country-standing", standing(record, iso3).removesuffix("."), "Steps of status over time, a track per camp", rows,
        {"initiative": "Initiative", "status_words": "Status", "date_words": "Date", "date_basis": "Date stated or inferred"},
        key=key, caption=caption, notes=notes_on(record, rows), until=record.last_day,
    )  # fmt: skip


def _step(record: Record, row) -> dict[str, Any]:
    """A change of status in words."""
    name, initiative = record.country_names[row.iso3], record.initiative_names[row.initiative_id]
    status, known = MEMBERSHIP_STATUSES[row.status], dates.known(row.when, row.from_publication)
    start, end = dates.span(row.when) if row.when else (None, None)
    is_inferred = row.date_basis == "inferred"
    return {
        **row._asdict(), "country": name, "initiative": initiative, "camp": record.camps[row.initiative_id],
        "status_words": status.label, "group": status.group, "date_words": known or "date not given", "start": start, "end": end,
        "unsure": row.from_publication or is_inferred,
        "mark": f"{row.initiative_id}|{row.iso3}|{row.status}|{row.date}",
        "heading": f"{name}, {initiative}: {status.label}{comma(known)}" + (" (inferred)" if is_inferred else ""),
    }  # fmt: skip


def _drawn(steps: Iterable[Mapping[str, Any]]) -> Iterable[bool]:
    """Whether a step has a date and binds it more than those before it; later reports of what it is are in the table alone."""
    firmest: dict[str, int] = {}
    for step in steps:
        rank, before = MEMBERSHIP_STATUSES[step["status"]].rank, firmest.get(step["initiative_id"], 99)
        yield bool(step["when"]) and (rank < before or step["group"] == "declined")
        if step["when"]:
            firmest[step["initiative_id"]] = rank if step["group"] == "declined" else min(rank, before)


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """A track per camp; narrow, a line of words per step."""
    rows = tuples(frame.rows[frame.rows["placed"]], _Row)
    rows.sort(key=lambda row: (row.end, row.start))
    drawing, last = Drawing(theme, height=60), frame.until or date.max
    if not rows:
        return drawing.figure()
    tracks = [
        _track(camp, of_camp, theme, last) for camp in CAMPS if (of_camp := [row for row in rows if row.camp == camp])
    ]
    if narrow:
        events = [event for track in tracks for event, _ in track.steps]
        draw_upright(drawing, {_THREAD[camp]: CAMPS[camp].label for camp in CAMPS}, events, whole=True)
    else:
        _draw(drawing, tracks, last)
    return drawing.figure()


def _draw(drawing: Drawing, tracks: Sequence[Track], last: date) -> None:
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


def card(frame: Frame, theme: str = "light") -> go.Figure:
    """The lines of words: beside the card's own a track's labels have no room."""
    return figure(frame, theme, narrow=True)


#: The thread whose colours a camp's steps have on the narrow form.
_THREAD: Mapping[str, str] = {"german_led": "sky_shield", "french_led": "french_led", "other": "talks"}


def _track(camp: str, rows: list[_Row], theme: str, last: date) -> Track:
    own = camp if camp != "other" else "neither"
    spans: list[Span] = []
    for initiative_id in dict.fromkeys(row.initiative_id for row in rows):
        steps = sorted((row for row in rows if row.initiative_id == initiative_id), key=_middle)
        ends = [*map(_middle, steps[1:]), last]
        bound = False
        for step, end in zip(steps, ends, strict=True):
            bound = step.group == "bound" or (bound and step.group != "declined")
            if step.group in ("bound", "joined") and _middle(step) < end:
                spans.append(Span(_middle(step), end, bound, own))
    firmest = min(rows, key=lambda row: (MEMBERSHIP_STATUSES[row.status].rank, -row.end.toordinal()))
    colour, steps = camp if camp != "other" else "grey", tuple(_steps(rows, own, theme))
    return Track(colour, CAMPS[camp].label, firmest.status_words, tuple(spans), steps)


def _middle(step: _Row) -> date:
    """Where a step is drawn: the middle of the days that its date can mean."""
    return step.start + (step.end - step.start) / 2


def _steps(rows: list[_Row], camp: str, theme: str):
    for row in rows:
        words = row.status_words if camp == "german_led" else f"{row.initiative.partition(' (')[0]}: {row.status_words}"
        when = ("by " if row.from_publication else "") + dates.short(row.when)
        is_vague = row.unsure or row.start != row.end  # its label gives way to that of a day that is told
        weight = _WEIGHT[row.group] + is_vague
        event = Event(
            _THREAD.get(camp, "talks"), row.start, row.end, when, words, weight, row.mark, f"<b>{row.heading}</b>",
            bool(row.unsure),
        )  # fmt: skip
        symbol, size = _symbol(row.status, row.group, camp)
        colour = MARKS[theme]["neither" if row.group == "declined" else camp]
        yield event, Sign(symbol, colour, row.mark, event.hover, size, bool(row.unsure))


def _symbol(status: str, group: str, camp: str) -> tuple[str, float]:
    """Plotly's symbol of a status and its size: the camp's shape, filled where a signature binds."""
    shape = {"german_led": "circle", "french_led": "square"}.get(camp, "hexagon")
    if status == "lead":
        return "star", 16
    looks = {
        "bound": (shape, 13), "joined": (f"{shape}-open", 12), "intends": (f"{shape}-open-dot", 12),
        "declined": ("x-thin-open", 11),
    }  # fmt: skip
    return looks.get(group, ("line-ew-open", 11))


EXHIBIT = Exhibit(
    "country-standing", CountryView, frame=frame, panels=(figure,), resizes=True, card=card, order=0, describe=describe
)
