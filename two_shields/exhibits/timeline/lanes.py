"""Events over time, in a lane per topic, each on a level of its own where days are dense."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import TOPICS
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit, notes_on, source_line, with_evidence
from two_shields.exhibits.timeline import by_year
from two_shields.exhibits.timeline.events import QUIET, SHOWN_FROM, first_day, shown_events
from two_shields.exhibits.timeline.levels import levels, room_of_a_mark
from two_shields.exhibits.timeline.looks import COLOUR
from two_shields.record.record import Record
from two_shields.state.views import TimelineView
from two_shields.text import dates, phrases


def frame(record: Record, view: TimelineView) -> Frame:
    """The events of the view's topics, countries and days; what has no date is in the rows, and on no lane.

    `rows` has a row per event: `placed` (whether it has a date), `start`, `end` (the days that the date can
    mean), `middle`, `lane` (its topic), `level` (0 lowest; on one level no two marks of a lane touch).
    """
    rows = _levelled(shown_events(record, view))
    rows = with_evidence(record, rows)
    placed = rows[rows["placed"]]
    undated = int((~rows["placed"]).sum())
    title = _title(record, view, placed, undated)
    inferred = int((placed["date_basis"] == "inferred").sum())
    return Frame(
        "timeline",
        title,
        fit(
            f"Events over time, by topic. {title}.",
            f"{_lane_sentence(placed)}.",
            f"Inferred dates: {inferred}." if inferred else "",
        ),
        rows,
        {
            "date_words": "Date",
            "basis_words": "Date stated or inferred",
            "topic_words": "Topic",
            "title": "Event",
            "countries": "Countries",
            "initiatives": "Initiatives",
            "systems": "Systems",
        },
        source_line(record, rows["claim_ids"]),
        _caption(placed, first_day(view)),
        notes_on(record, rows),
    )


def _levelled(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their level within their lane; undated ones have none (-1)."""
    level = pd.Series(-1, index=rows.index)
    placed = rows[rows["placed"]]
    if len(placed):
        room = room_of_a_mark(placed["start"].min(), placed["end"].max())
        for _, lane in placed.groupby("lane"):
            level.loc[lane.index] = levels(lane["start"], lane["end"], room)
    return rows.assign(level=level)


def _title(record: Record, view: TimelineView, placed: pd.DataFrame, undated: int) -> str:
    """The busiest year, or where years tie the first of them, and what it was busy with."""
    where = phrases.join([record.country_names[code] for code in view.country], most=3)
    prefix = f"{where}: " if where else ""
    if placed.empty:
        if undated:
            return f"{prefix}{phrases.count(undated, 'event')} without a date"
        return f"{prefix}the sources chosen report no event for this selection"
    if len(placed) == 1:
        row = placed.iloc[0]
        return f"{prefix}one dated event: {row['title']}, {row['date_words']}"
    years = placed["date"].str[:4].value_counts()
    busiest = sorted(years[years == years.max()].index)
    since = f" since {SHOWN_FROM.year}" if first_day(view) == SHOWN_FROM and not view.until else ""
    total = phrases.count(len(placed), "dated event") + since
    if len(years) == 1:
        return f"{prefix}{total} in {busiest[0]}, {_mostly(placed)}"
    if years.max() < QUIET - 1 and len(placed) > years.max():
        return f"{prefix}{total} from {min(years.index)} to {max(years.index)}, {_mostly(placed)}"
    if len(busiest) > 1:
        return f"{prefix}{phrases.join(busiest)} have the most events in the record: {years.max()} each of {total}"
    of_year = placed[placed["date"].str.startswith(busiest[0])]
    return f"{prefix}{busiest[0]} has the most events in the record: {len(of_year)} of {total}, {_mostly(of_year)}"


def _mostly(rows: pd.DataFrame) -> str:
    """`17 of them on procurement`; where topics tie, both."""
    topics = rows["topic"].value_counts()
    most = sorted(topics[topics == topics.max()].index, key=list(TOPICS).index)
    words = phrases.join([TOPICS[topic].label.lower() for topic in most])
    if len(topics) == 1:
        return f"all on {words}"
    if len(most) > 2:
        return f"on {phrases.count(len(topics), 'topic')}"
    return f"{topics.max()} of them on {words}" if len(most) == 1 else f"{topics.max()} each on {words}"


def _lane_sentence(placed: pd.DataFrame) -> str:
    counts = placed["topic"].value_counts()
    return phrases.join([f"{TOPICS[topic].label} {counts[topic]}" for topic in TOPICS if topic in counts]) or "No lane"


def _caption(placed: pd.DataFrame, first: date | None) -> str:
    parts = ["Each mark is an event, in the row of its topic; marks of nearby days are stacked."]
    if (placed["precision"] != "day").any():
        parts.append("A square on a bar: only the month or year is known, and the bar covers it.")
    if (placed["date_basis"] == "inferred").any():
        parts.append("Hollow: the date is inferred, not stated.")
    if first:
        parts.append(f"Shown from {first.year if first == SHOWN_FROM else dates.words(first.isoformat())} on.")
    return " ".join(parts)


LEVEL_PX, NAME_PX, LANE_GAP = 14, 22, 0.5


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """A lane per topic: a circle for a day, a square on a bar for a month or a year, hollow where inferred."""
    rows = frame.rows[frame.rows["placed"]]
    lanes = [topic for topic in TOPICS if (rows["lane"] == topic).any()]
    name_rows = NAME_PX / LEVEL_PX
    floor: dict[str, float] = {}
    bottom = 0.0
    for lane in reversed(lanes):
        floor[lane] = bottom
        bottom += rows.loc[rows["lane"] == lane, "level"].max() + 1 + name_rows + LANE_GAP
    made = Drawing(theme, height=int(bottom * LEVEL_PX) + 90)
    if rows.empty:
        return made.figure()
    first, last = rows["start"].min(), rows["end"].max()
    room = room_of_a_mark(first, last)
    left, right = _at(first) - room, _at(last) + room
    every = list(rows.itertuples(index=False))
    for lane in lanes:
        of_lane = [row for row in every if row.lane == lane]
        made.add_shape(
            type="line", x0=left, x1=right, y0=floor[lane] - 0.75, y1=floor[lane] - 0.75,
            line={"width": 1, "color": style.GRID}, layer="below",
        )  # fmt: skip
        made.add_annotation(
            x=0, xref="paper", y=floor[lane] + max(row.level for row in of_lane) + 0.5 + name_rows / 2, showarrow=False,
            xanchor="left", yanchor="middle", text=f"<b>{TOPICS[lane].label}</b> · {len(of_lane)}",
            font={"size": 13, "color": style.lettering(COLOUR[lane], theme)},
        )  # fmt: skip
        _bars(made, of_lane, floor[lane], COLOUR[lane])
        _marks(made, of_lane, floor[lane], COLOUR[lane])
    made.update_yaxes(visible=False, range=[-1.1, bottom])
    made.update_xaxes(type="date", range=[left, right], showgrid=True, gridcolor=style.GRID, tickangle=0)
    _key(made, rows)
    return made.figure()


def _at(day) -> datetime:
    return datetime.combine(day, time(12))


def _bars(made: Drawing, rows: list, floor: float, colour: str) -> None:
    """The period that each imprecise date covers: one trace for all of a lane, with gaps between them."""
    bars = [row for row in rows if row.precision != "day"]
    if not bars:
        return
    made.add_scatter(
        x=[x for bar in bars for x in (_at(bar.start), _at(bar.end) + timedelta(hours=12), None)],
        y=[y for bar in bars for y in (floor + bar.level, floor + bar.level, None)],
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
        line={"color": style.faded(colour, 0.28), "width": 9},
    )


def _marks(made: Drawing, rows: list, floor: float, colour: str) -> None:
    ink = style.ink(colour, [row.backing for row in rows])
    symbols = [
        ("circle" if row.precision == "day" else "square") + ("-open" if row.date_basis == "inferred" else "")
        for row in rows
    ]
    made.add_scatter(
        x=[_at(row.middle) for row in rows],
        y=[floor + row.level for row in rows],
        mode="markers",
        marker={
            "symbol": symbols,
            "size": [9 if row.precision == "day" else 7 for row in rows],
            "color": ink,
            "line": {"width": 1.6, "color": ink},
        },
        customdata=[[row.mark] for row in rows],
        hovertext=style.marked((f"{row.date_words}<br>{row.title}" for row in rows), (row.disputed for row in rows)),
        hoverinfo="text",
        showlegend=False,
    )


def _key(made: Drawing, rows: pd.DataFrame) -> None:
    """What circle, square and hollow mean, as far as they occur."""
    inferred, exact = rows["date_basis"] == "inferred", rows["precision"] == "day"
    for words, symbol, present in (
        ("day known", "circle", (exact & ~inferred).any()),
        ("month or year known", "square", (~exact & ~inferred).any()),
        ("day inferred", "circle-open", (exact & inferred).any()),
        ("month or year inferred", "square-open", (~exact & inferred).any()),
    ):
        if present:
            made.add_scatter(
                    x=[None], y=[None], mode="markers", name=words, showlegend=True, hoverinfo="skip",
                    marker={"symbol": symbol, "size": 9, "color": style.GREY, "line": {"width": 1.6, "color": style.GREY}},
                )  # fmt: skip
    made.update_layout(showlegend=True, legend={"y": -30 / made.height, "x": 0})


EXHIBIT = Exhibit("timeline", TimelineView, frame=frame, panels=(figure,), card=by_year.figure)
