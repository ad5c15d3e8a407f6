"""The figures of the page Aid."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import SERIES, Drawing
from two_shields.exhibits.frame import Frame
from two_shields.text import dates

BILLION = 1e9


def cumulative_figure(frame: Frame, theme: str = "light", *, height: int = 460) -> go.Figure:
    """Curves where a series exists; totals as bars over their periods; loans on an axis of their own."""
    totals = frame.rows[frame.rows["series"] == "total"]
    curves = frame.rows[frame.rows["series"] == "curve"]
    loans, grants = totals[totals["kind"] == "loan"], totals[totals["kind"] != "loan"]
    two = bool(len(loans)) and bool(len(grants) or len(curves))
    made = Drawing(theme, height=height)
    if two:
        _panels(made)
    donors = list(dict.fromkeys([*curves.get("donor", ()), *totals["donor"]]))
    for row, (bars, lines) in enumerate(((grants, curves), (loans, curves.iloc[:0])), start=1):
        panel = "2" if two and row == 2 else ""
        if len(bars):
            _spans(made, bars, donors, panel, labelled=row == 2 or not len(curves))
        if len(lines):
            _curves(made, lines, donors, panel)
    return _finished(made, named_at_end=len(curves) > 0 and not len(loans))


#: Where the two panels stand, from the bottom of the drawing to its top.
_LOWER, _UPPER = (0.0, 0.2624), (0.4424, 1.0)


def _panels(made: Drawing) -> None:
    """Two axes of time under each other: national and EU aid, and apart from it the loan."""
    made.update_layout(
        margin={"t": 28},
        xaxis={"anchor": "y", "matches": "x2", "showticklabels": False},
        yaxis={"anchor": "x", "domain": _UPPER},
        xaxis2=made.layout["xaxis"] | {"anchor": "y2"},
        yaxis2=made.layout["yaxis"] | {"anchor": "x2", "domain": _LOWER},
    )
    for (_, top), words in ((_UPPER, "National and EU aid, € billion"), (_LOWER, "The European loan apart, € billion")):
        made.add_annotation(
            x=0, y=top, xref="paper", yref="paper", xanchor="left", yanchor="bottom", text=words, showarrow=False,
            font={"size": 12, "color": made.text},
        )  # fmt: skip


def _on(panel: str) -> dict[str, str]:
    """The axes of a trace in a panel: the first has no number."""
    return {"xaxis": f"x{panel}", "yaxis": f"y{panel}"}


def _curves(made: Drawing, curves: pd.DataFrame, donors: list[str], panel: str) -> None:
    ends = []
    for donor, points in curves.groupby("donor", sort=False):
        colour, dash, symbol = SERIES[donors.index(donor) % len(SERIES)]
        made.add_scatter(
            x=points["end"],
            y=points["amount_eur"] / BILLION,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 2, "shape": "hv"},
            marker={"symbol": symbol, "size": 5, "color": colour},
            customdata=points["mark"].to_numpy()[:, None],
            hovertext=points["heading"],
            hoverinfo="text",
            showlegend=False,
            **_on(panel),
        )
        last = points.iloc[-1]
        ends.append((last["amount_eur"] / BILLION, last["donor_name"], style.lettering(colour, made.theme)))
    # Names at the curves' ends, moved apart where the ends are close.
    last_day, gap, floor = (
        curves["end"].max(),
        0.075 * (460 / made.height) * curves["amount_eur"].max() / BILLION,
        0.0,
    )
    for height, name, colour in sorted(ends):
        floor = max(height, floor)
        made.add_annotation(
            x=last_day, y=floor, text=name, showarrow=False, xanchor="left", xshift=6,
            font={"color": colour, "size": 12}, xref=f"x{panel}", yref=f"y{panel}",
        )  # fmt: skip
        floor += gap


def _spans(made: Drawing, totals: pd.DataFrame, donors: list[str], panel: str, *, labelled: bool) -> None:
    """Each total as a level bar over its period, with one mark to click; a lone day is a diamond."""
    days = sorted(day for day in (*totals["start"], *totals["end"]) if day)
    middle = days[len(days) // 2] if len(totals) > 1 else ""
    for row in totals.itertuples():
        colour, _, symbol = SERIES[donors.index(row.donor) % len(SERIES)]
        height = row.amount_eur / BILLION
        ink = style.ink(colour, [row.backing])[0]
        if row.start and row.end:
            made.add_scatter(
                    x=[row.start, row.end], y=[height, height], mode="lines", hoverinfo="skip", showlegend=False,
                    line={"color": ink, "width": (7 if not row.part_of else 4) if labelled else 3, "dash": "solid" if row.kind != "military" else "dot"}, **_on(panel))  # fmt: skip
        elif not row.period_end and len(row.as_of) in (4, 7):
            first, last = dates.span(row.as_of)
            made.add_scatter(x=[first, last], y=[height, height], mode="lines", hoverinfo="skip", showlegend=False,
                           line={"color": ink, "width": 10}, opacity=0.3, **_on(panel))  # fmt: skip
        label = f"{row.donor_name}, {row.kind_words}: {row.amount_words}"
        if not labelled:
            label = ""  # among curves there is no room for words; the caption tells the bars
        made.add_scatter(
            x=[row.start or row.end],
            y=[height],
            mode="markers+text",
            marker={"symbol": symbol, "size": 13 if labelled else 9, "color": ink},
            text=style.marked([label], [row.disputed and label != ""]),
            textposition="top right" if row.start and row.start < middle else "middle left",
            customdata=[[row.mark]],
            hovertext=[f"{row.heading}<br>{row.publisher}"],
            hoverinfo="text",
            showlegend=False,
            **_on(panel),
        )


def _finished(made: Drawing, *, named_at_end: bool) -> go.Figure:
    made.update_yaxes(rangemode="tozero", fixedrange=True, gridcolor=style.GRID, nticks=6, automargin=True)
    made.update_xaxes(type="date", fixedrange=True, showgrid=False, automargin=True)
    days = sorted(map(pd.Timestamp, {day for trace in made.traces for day in trace["x"] if day is not None}))
    if days:
        # Room on the right for names at the curves' ends.
        room = (days[-1] - days[0]) * 0.04
        made.update_xaxes(range=[days[0] - room, days[-1] + room * (4 if named_at_end else 1)])
    tops: dict[str, float] = {}
    for trace in made.traces:
        tops[trace["yaxis"]] = max(*trace["y"], tops.get(trace["yaxis"], 0))
    if len(tops) == 1:
        made.update_yaxes(range=[0, max(tops.values()) * 1.18], ticksuffix=" bn", tickprefix="€")
    else:
        for axis in ("y", "y2"):
            made.update_layout(**{"yaxis" + axis[1:]: {"range": [0, tops.get(axis, 1) * 1.3]}})
    return made.figure()


#: What tells a donor's bars without their colour; bars hatched aslant are those without a month of their own.
DONOR_PATTERN = ("", ".", "x", "-", "|", "+", "\\")


def monthly_figure(frame: Frame, theme: str = "light") -> go.Figure:
    """Bars by month and donor; hatched where the month is a bookkeeping date; totals where no series is."""
    if not len(frame.rows) or frame.rows["series"].eq("total").any():
        return cumulative_figure(frame, theme)
    made = Drawing(theme, height=460)
    donors = list(dict.fromkeys(frame.rows["donor"]))
    for (donor, dated), bars in frame.rows.groupby(["donor", "dated"], sort=False):
        place = donors.index(donor) % len(SERIES)
        colour, pattern = SERIES[place][0], DONOR_PATTERN[place]
        made.add_bar(
            x=[dates.earliest(month) for month in bars["month"]],
            y=bars["amount_eur"] / BILLION,
            marker={
                "color": colour,
                # Dated months are full areas with a pattern on them, the others hatching alone: the full ones carry more.
                "pattern": {
                    "shape": pattern,
                    "fillmode": "overlay",
                    "fgcolor": "white",
                    "fgopacity": 0.5,
                    "size": 6,
                    "solidity": 0.2,
                }
                if dated
                else {"shape": "/", "fillmode": "replace", "solidity": 0.4},
                "line": {"width": 0 if dated else 1, "color": colour},
            },
            customdata=bars["mark"].to_numpy()[:, None],
            hovertext=bars["heading"] + ("" if dated else "<br>month is a bookkeeping date"),
            hoverinfo="text",
            name=bars["donor_name"].iloc[0] + ("" if dated else ", no month of its own"),
            showlegend=True,
        )
    made.update_layout(barmode="relative", bargap=0.15, showlegend=True, legend={"y": -0.1})
    made.update_yaxes(ticksuffix=" bn", tickprefix="€", gridcolor=style.GRID)
    made.update_xaxes(type="date", showgrid=False)
    return made.figure()


_MEASURE_LOOK: Mapping[str, tuple[str, str]] = {
    "reported": (style.GREY, "circle"),
    "announced": (style.SKY, "triangle-up"),
    "committed": (style.PURPLE, "diamond"),
    "allocated": (style.BLUE, "square"),
    "disbursed": (style.GREEN, "star"),
}


def reported_figure(frame: Frame, theme: str = "light") -> go.Figure:
    """One donor's totals on one time axis: a look per measure, a line over the period covered."""
    rows = frame.rows[frame.rows["end"] != ""] if len(frame.rows) else frame.rows
    made = Drawing(theme, height=520)
    for measure, (colour, symbol) in _MEASURE_LOOK.items():
        totals = rows[rows["measure"] == measure] if len(rows) else rows
        if not len(totals):
            continue
        for row in totals.itertuples():
            if row.start:
                made.add_scatter(x=[row.start, row.end], y=[row.amount_eur / BILLION] * 2, mode="lines", hoverinfo="skip",
                               line={"color": style.faded(colour, 0.45), "width": 2}, showlegend=False)  # fmt: skip
        made.add_scatter(
                x=totals["end"],
                y=totals["amount_eur"] / BILLION,
                mode="markers+text",
                text=style.marked(_reported_labels(totals, crowded=len(rows) > 8), totals["disputed"]),
                textposition="top left",
                marker={"symbol": symbol, "size": 12, "color": style.ink(colour, totals["backing"]), "line": {"width": 1.5, "color": colour}},
                customdata=totals["mark"].to_numpy()[:, None],
                hovertext=totals["heading"] + "<br>" + totals["publisher"],
                hoverinfo="text",
                name=measure,
                showlegend=True,
            )  # fmt: skip
    made.update_layout(showlegend=True, legend={"y": -0.1})
    made.update_yaxes(rangemode="tozero", ticksuffix=" bn", tickprefix="€", gridcolor=style.GRID)
    made.update_xaxes(type="date", showgrid=False)
    return made.figure()


def _reported_labels(totals: pd.DataFrame, *, crowded: bool) -> list[str]:
    """Amount and kind beside each mark; among many, the table has them."""
    if crowded:
        return [""] * len(totals)
    return [f"{amount}, {kind}" for amount, kind in zip(totals["amount_words"], totals["kind_words"], strict=True)]


FIGURES: Mapping[str, Callable[..., go.Figure]] = {
    "cumulative": cumulative_figure,
    "monthly": monthly_figure,
    "reported": reported_figure,
}
