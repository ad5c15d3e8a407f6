"""The figure of the ranking: bars stacked by kind, and beside them a dot for the size of the donor."""

from collections.abc import Sized
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.palette import CAMP_SYMBOL
from two_shields.charts.style import Drawing
from two_shields.domain.aid import KINDS
from two_shields.exhibits.aid import look, spans
from two_shields.exhibits.frame import Frame
from two_shields.record.table import tuples

ROW, ABOVE, BELOW = 18.5, 72, 12
NARROW_WIDTH, MOST_ON_A_CARD, FIRST = 358, 14, 20
UNITS = {"euro": "bn", "gdp": " %", "head": " € per head"}
HEADINGS = {"euro": "€ billion", "gdp": "share of GDP, %", "head": "euros per head"}


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Left the amount by kind, right the share of GDP; on a phone that share as a column of numbers."""
    if "placed" not in frame.rows:
        return spans.figure(frame, theme)
    rows = frame.rows[frame.rows["placed"]]
    if rows.empty:  # as of the EU's institutions by GDP
        drawing = Drawing(theme, height=120)
        drawing.write(0.5, 0.5, "None of them can be placed by this measure.", xref="paper", yref="paper")
        drawing.update_xaxes(visible=False)
        drawing.update_yaxes(visible=False)
        return drawing.figure()
    above = ABOVE + 22 if narrow else ABOVE
    height = round(above + BELOW + _step(rows) * len(rows))
    drawing = Drawing(theme, height=height)
    places = list(range(len(rows), 0, -1))
    told = tuples(rows)
    names = [_named(row, theme) for row in told]
    top = rows["value"].max() * (1.35 if narrow else 1.16)
    _bars(drawing, rows, places)
    for place, row in zip(places, told, strict=True):
        drawing.write(row.value, place, _number(row.value), size=11.5, xanchor="left", xshift=4)
    has_share = rows["gdp_share"].notna().any()
    drawing.update_layout(
        margin={"t": above, "b": BELOW, "l": 8, "r": 8}, barmode="stack", showlegend=True,
        legend={"x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top", "font": {"size": 12}, "traceorder": "normal",
                **({"entrywidthmode": "fraction", "entrywidth": 0.5} if narrow else {})},
        xaxis={"domain": [0, 0.74 if narrow else 0.52], "side": "top", "gridcolor": style.GRID, "showgrid": True, "zeroline": False}
        | look.amount_axis(top, UNITS[rows["measured"].iloc[0]], most=3 if narrow else 4),
        yaxis={"range": [0.4, len(rows) + 0.6], "tickvals": places, "ticktext": names, "gridcolor": style.GRID, "zeroline": False,
               "tickfont": {"size": 12, "color": drawing.text}},
    )  # fmt: skip
    if has_share and narrow:
        _numbers(drawing, told, places)
    elif has_share:
        _dots(drawing, told, places)
    return drawing.figure()


def _step(rows: Sized) -> float:
    return max(ROW, 30 if len(rows) < 8 else 0)


def first_rows(frame: Frame, theme: str = "light") -> go.Figure | None:
    """The rows that a phone shows first; None where these are all."""
    placed = frame.rows[frame.rows["placed"]] if "placed" in frame.rows else frame.rows[:0]
    return figure(replace(frame, rows=placed.head(FIRST)), theme, narrow=True) if len(placed) > FIRST else None


def card(frame: Frame, theme: str = "light") -> go.Figure:
    if "placed" not in frame.rows:
        return figure(frame, theme, narrow=True)
    placed = frame.rows[frame.rows["placed"]]
    made = figure(replace(frame, rows=placed.head(MOST_ON_A_CARD)), theme, narrow=True)
    note = f"The first {MOST_ON_A_CARD} of {len(placed)}" if len(placed) > MOST_ON_A_CARD else ""
    return made.update_layout(meta={"note": note, "width": NARROW_WIDTH})


def _named(row, theme: str) -> str:
    name = {"United Kingdom": "UK"}.get(row.name, row.name)
    ink = look.words(look.CAMP_COLOUR.get(row.camp, style.GREY), theme)
    return f"{name} <span style='color:{ink}'>{row.sign}</span> " if row.sign else f"{name} "


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"


def _bars(drawing: Drawing, rows: pd.DataFrame, places: list[int]) -> None:
    edge = {"width": 0.6, "color": style.BACKGROUND[drawing.theme]}
    parts = []
    for kind in KINDS:
        ink = look.KIND_COLOUR[drawing.theme][kind]
        parts.append((f"bar_{kind}", kind, {"color": ink, "line": edge}))
        hatched = {"shape": "/", "fillmode": "replace", "size": 5, "solidity": 0.5}
        parts.append((f"bar_undated_{kind}", "without a month", {"color": ink, "line": edge, "pattern": hatched}))
    dotted = {"shape": ".", "fgcolor": "white", "size": 5, "solidity": 0.25, "fillmode": "overlay"}
    parts.append(("bar_eu", "part in the EU's aid", {"color": style.GREEN, "line": edge, "pattern": dotted}))
    named: set[str] = set()
    for column, name, marker in parts:
        if not rows[column].gt(0).any():
            continue
        drawing.add_bar(
            x=rows[column], y=places, orientation="h", width=0.66, marker=marker, name=name, showlegend=name not in named,
            customdata=rows["mark"].to_numpy()[:, None], hovertext=rows["heading"], hoverinfo="text",
        )  # fmt: skip
        named.add(name)


def _dots(drawing: Drawing, rows: list[Any], places: list[int]) -> None:
    """The other measure, on an axis of its own: share of GDP, or the amount where the bars are that share."""
    by_share = rows[0].measured == "gdp"
    values = [row.amount_eur / look.BILLION if by_share else row.gdp_share for row in rows]
    there = [shown for shown in zip(places, values, rows, strict=True) if shown[1] == shown[1]]
    top = max(value for _, value, _ in there) * 1.2
    drawing.update_layout(
        xaxis2={"domain": [0.62, 1], "anchor": "y2", "side": "top", "fixedrange": True, "gridcolor": style.GRID, "zeroline": False,
                "tickfont": {"color": drawing.text}} | look.amount_axis(top, "bn" if by_share else " %", most=4),
        yaxis2={"anchor": "x2", "matches": "y", "showticklabels": False, "showgrid": False, "fixedrange": True, "zeroline": False},
    )  # fmt: skip
    on = {"xaxis": "x2", "yaxis": "y2"}
    for place, value, row in there:
        ink = look.CAMP_COLOUR.get(row.camp, style.GREY)
        drawing.line(0, place, value, place, style.faded(ink, 0.4), 2.5, xref="x2", yref="y2")
        text = _number(value)
        if not by_share and 1 <= row.place_by_share <= 5:
            text = f"<b>{text}</b> · {('1st', '2nd', '3rd', '4th', '5th')[row.place_by_share - 1]}"
        drawing.write(value, place, text, size=11.5, xref="x2", yref="y2", xanchor="left", xshift=9)
    drawing.add_scatter(
        x=[value for _, value, _ in there], y=[place for place, _, _ in there], mode="markers",
        customdata=[[row.mark] for *_, row in there], hovertext=[row.heading for *_, row in there],
        hoverinfo="text", showlegend=False, cliponaxis=False,
        marker={"size": 11, "symbol": [({**CAMP_SYMBOL, "neither": "circle-open"}).get(row.camp, "line-ns-open") for *_, row in there],
                "color": [look.CAMP_COLOUR.get(row.camp, style.GREY) for *_, row in there]}, **on,
    )  # fmt: skip
    for x, text in (
        (0, HEADINGS[rows[0].measured]),
        (0.62, "€ billion" if by_share else "as a share of the donor's GDP of 2021"),
    ):
        look.heading(drawing, text, x=x, y=1 + 20 / (_step(there) * len(there)))


def _numbers(drawing: Drawing, rows: list[Any], places: list[int]) -> None:
    by_share = rows[0].measured == "gdp"
    for place, row in zip(places, rows, strict=True):
        text = _number(row.amount_eur / look.BILLION) if by_share else row.share_words
        drawing.write(1, place, text, size=11.5, xref="paper", yref="y", xanchor="right")
    above = 1 + 20 / (_step(rows) * len(rows))
    look.heading(drawing, HEADINGS[rows[0].measured], x=0, y=above)
    at_right = {"xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    drawing.write(1, above, f"<b>{'€ bn' if by_share else '% of GDP'}</b>", size=13, **at_right)
