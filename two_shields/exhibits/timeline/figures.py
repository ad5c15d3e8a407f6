"""The figure of the page Timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import TOPICS
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.timeline.frames import room_of_a_mark

#: A colour per lane; the lane's own place and name tell it without.
COLOUR: Mapping[str, str] = {
    "membership": style.BLUE,
    "procurement": style.ORANGE,
    "delivery": style.GREEN,
    "production": style.PURPLE,
    "aid": style.VERMILION,
    "diplomacy": style.SKY,
}
LEVEL_PX, NAME_PX, LANE_GAP = 14, 22, 0.5


def figure(frame: Frame, theme: str = "light") -> go.Figure:
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
