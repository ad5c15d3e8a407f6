"""The figures of the page Country."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import STATUS_GROUPS
from two_shields.exhibits.aid import cumulative
from two_shields.exhibits.aid.totals import BILLION
from two_shields.exhibits.country.frames import LETTER_SHARE
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.initiatives.figures import GROUP_OF, STATUS_LOOKS
from two_shields.exhibits.timeline.frames import room_of_a_mark

LEVEL_PX, NAME_PX = 26, 22
CAMP_COLOUR = {**style.STATE_COLOUR, "other": style.GREY}


def standing_figure(frame: Frame, theme: str = "light") -> go.Figure:
    """A line per initiative, headed by the status now; a letter, a shape and a colour per step."""
    rows = frame.rows
    floor, bottom = {}, 0.0
    for initiative_id, lane in reversed(list(rows.groupby("initiative_id", sort=False))):
        floor[initiative_id] = bottom
        bottom += max(lane["level"].max(), 0) + 1 + NAME_PX / LEVEL_PX + 0.35
    made = Drawing(theme, height=int(bottom * LEVEL_PX) + 90)
    placed = rows[rows["placed"]]
    if placed.empty:
        return made.figure()
    first, last = placed["start"].min(), placed["end"].max()
    # A single day gets a year around it, so that the axis has something to say.
    room = max(room_of_a_mark(first, last, LETTER_SHARE), timedelta(days=0 if (last - first).days > 300 else 200))
    left, right = _at(first) - room, _at(last) + room
    for initiative_id, lane in rows.groupby("initiative_id", sort=False):
        base = floor[initiative_id]
        top = base + max(lane["level"].max(), 0)
        made.add_shape(
            type="line", x0=left, x1=right, y0=base, y1=base, line={"width": 1, "color": style.GRID}, layer="below",
        )  # fmt: skip
        made.add_annotation(
            x=0, xref="paper", y=top + 0.55 + NAME_PX / LEVEL_PX / 2, xanchor="left", yanchor="middle", showarrow=False,
            text=lane["lane_words"].iloc[0], font={"size": 12.5, "color": style.lettering(CAMP_COLOUR[lane["camp"].iloc[0]], theme)},
        )  # fmt: skip
        for group, (colour, symbol) in STATUS_LOOKS.items():
            steps = lane[lane["placed"] & (lane["status"].map(GROUP_OF) == group)]
            if len(steps):
                _steps(made, steps.assign(y=base + steps["level"]), colour, symbol)
    made.update_yaxes(visible=False, range=[-0.8, bottom])
    made.update_xaxes(type="date", range=[left, right], showgrid=True, gridcolor=style.GRID, tickangle=0, nticks=7)
    for group, (colour, symbol) in STATUS_LOOKS.items():
        if (placed["status"].map(GROUP_OF) == group).any():
            made.add_scatter(x=[None], y=[None], mode="markers", name=STATUS_GROUPS[group].meaning, showlegend=True, hoverinfo="skip",
                           marker={"symbol": symbol, "size": 11, "color": colour})  # fmt: skip
    made.update_layout(showlegend=True, legend={"y": -30 / made.height, "x": 0})
    return made.figure()


def _at(day) -> datetime:
    return datetime.combine(day, time(12))


def _steps(made: Drawing, steps: pd.DataFrame, colour: str, symbol: str) -> None:
    """Marks with their letters; a bar over the month or year where no day is known."""
    for step in steps[steps["start"] != steps["end"]].itertuples():
        made.add_scatter(x=[_at(step.start), _at(step.end)], y=[step.y, step.y], mode="lines", hoverinfo="skip",
                       showlegend=False, line={"color": style.faded(colour, 0.28), "width": 14})  # fmt: skip
    ink = style.ink(colour, steps["backing"])
    on_ink = style.on_ink(colour, steps["backing"], made.theme)
    letters = [made.text if unsure else letter for unsure, letter in zip(steps["unsure"], on_ink, strict=True)]
    made.add_scatter(
        x=[_at(step.start + (step.end - step.start) / 2) for step in steps.itertuples()],
        y=steps["y"],
        mode="markers+text",
        marker={
            "symbol": [f"{symbol}-open" if unsure else symbol for unsure in steps["unsure"]],
            "size": 20,
            "color": ink,
            "line": {"width": 1.8, "color": ink},
        },
        text=[f"<b>{letter}</b>" for letter in steps["letter"]],
        textfont={"size": 11, "color": letters},
        customdata=steps["mark"].to_numpy()[:, None],
        hovertext=style.marked(steps["heading"], steps["disputed"]),
        hoverinfo="text",
        showlegend=False,
    )


def aid_figure(frame: Frame, theme: str = "light") -> go.Figure:
    """What the frame's rows are: bars by donor, a curve with the median, or published totals."""
    rows = frame.rows
    if "median_eur" in rows:
        return _given_figure(frame, theme)
    if rows["series"].eq("donor").any():
        return _received_figure(frame, theme)
    return cumulative.figure(frame, theme, height=360)


def _given_figure(frame: Frame, theme: str) -> go.Figure:
    """The country's steps, the median as a thin dotted line, and the articles' totals over their periods."""
    made = Drawing(theme, height=340)
    curve = frame.rows[frame.rows["series"] == "curve"]
    totals = frame.rows[
        (frame.rows["series"] == "total") & frame.rows["start"].astype(bool) & frame.rows["end"].astype(bool)
    ]
    name = curve["donor_name"].iloc[0]
    ends = [
        (curve["median_eur"].iloc[-1], "median", style.lettering(style.GREY, theme)),
        (curve["amount_eur"].iloc[-1], name, style.lettering(style.BLUE, theme)),
    ]
    made.add_scatter(
            x=curve["end"], y=curve["median_eur"] / BILLION, mode="lines", hoverinfo="text", showlegend=False,
            hovertext="Median country " + curve["period_words"] + ": " + curve["median_words"],
            line={"color": style.GREY, "dash": "dot", "width": 1.5, "shape": "hv"},
        )  # fmt: skip
    made.add_scatter(
            x=curve["end"], y=curve["amount_eur"] / BILLION, mode="lines+markers", showlegend=False,
            line={"color": style.BLUE, "width": 2.5, "shape": "hv"},
            marker={"size": [7 if booked else 1 for booked in curve["booked_here"]], "color": style.BLUE},
            customdata=curve["mark"].to_numpy()[:, None], hovertext=curve["heading"], hoverinfo="text",
        )  # fmt: skip
    for total in totals.itertuples():
        ink = style.ink(style.ORANGE, [total.backing])[0]
        height = total.amount_eur / BILLION
        made.add_scatter(x=[total.start, total.end], y=[height, height], mode="lines", hoverinfo="skip", showlegend=False,
                       line={"color": ink, "width": 3, "dash": "dot" if total.part_of else "solid"})  # fmt: skip
        made.add_scatter(
                x=[total.start], y=[height], mode="markers+text", showlegend=False,
                marker={"symbol": "square", "size": 9, "color": ink}, textposition="top right",
                text=[f"article: {total.amount_words} {total.kind_words}"], textfont={"size": 11},
                customdata=[[total.mark]], hovertext=[f"{total.heading}<br>{total.publisher}"], hoverinfo="text",
            )  # fmt: skip
    top = 1.18 * max(
        curve["median_eur"].max(), curve["amount_eur"].max(), totals["amount_eur"].max() if len(totals) else 0
    )
    floor = -1.0
    for amount, words, colour in sorted(ends):
        floor = max(amount / BILLION, floor + 0.075 * top / BILLION)
        made.add_annotation(
            x=curve["end"].max(), y=floor, text=words, showarrow=False, xanchor="right", yanchor="bottom", yshift=4,
            font={"color": colour, "size": 12},
        )  # fmt: skip
    made.update_yaxes(range=[0, top / BILLION], ticksuffix=" bn", tickprefix="€", nticks=6)
    made.update_xaxes(type="date")
    return made.figure()


def _received_figure(frame: Frame, theme: str) -> go.Figure:
    """A bar per donor, the largest on top, with its amount."""
    rows = frame.rows.iloc[::-1]
    made = Drawing(theme, height=40 + 22 * len(rows))
    made.add_bar(
        x=rows["amount_eur"] / BILLION,
        y=rows["donor_name"],
        orientation="h",
        marker={"color": style.ink(style.BLUE, rows["backing"])},
        text=rows["amount_words"],
        textposition="outside",
        cliponaxis=False,
        customdata=rows["mark"].to_numpy()[:, None],
        hovertext=rows["heading"],
        hoverinfo="text",
    )
    made.update_xaxes(visible=False, range=[0, 1.28 * rows["amount_eur"].max() / BILLION])
    made.update_yaxes(showgrid=False)
    return made.figure()
