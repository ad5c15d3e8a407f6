"""Published totals over the periods that they cover: what stands where the evidence has no monthly series.

Commitments, allocations and disbursements are never added; parts are never added to their wholes.
"""

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import DISPUTED, SERIES, Drawing
from two_shields.exhibits.aid.look import BILLION
from two_shields.exhibits.aid.totals import COLUMNS, shown_donors, totals, totals_sentence
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import AidView
from two_shields.text import dates

#: Where the two panels stand, from the bottom of the drawing to its top: national and EU aid, and apart from it the loan.
_PANELS = {
    "": ((0.4424, 1.0), "National and EU aid, € billion"),
    "2": ((0.0, 0.2624), "Loan from the EU, shown separately, € billion"),
}


def frame(record: Record, view: AidView) -> Frame:
    rows = totals(record, view, shown_donors(record, view))
    rows = rows[rows["backing"] != "record"].reset_index(drop=True)
    title = totals_sentence(rows) or "The sources chosen give no total for this selection"
    caption = "Bars show totals that the articles report, each over the period it covers; a total may contain another."
    key = f"{DISPUTED}: sources disagree." if rows["disputed"].any() else ""
    return Frame.of(
        record, "aid-cumulative", title, "Aid to Ukraine over time", rows, COLUMNS, key=key, caption=caption
    )


def figure(frame: Frame, theme: str = "light") -> go.Figure:
    """Totals as bars over their periods; loans on an axis of their own."""
    rows = frame.rows
    drawing = Drawing(theme, height=460)
    is_loan = rows["kind"] == "loan"
    donors = list(dict.fromkeys(rows["donor"]))
    if is_loan.any() and not is_loan.all():
        _split(drawing)
        _spans(drawing, rows[~is_loan], donors, "")
        _spans(drawing, rows[is_loan], donors, "2")
    else:
        _spans(drawing, rows, donors, "")
    return _finished(drawing)


def _split(drawing: Drawing) -> None:
    (upper, _), (lower, _) = _PANELS.values()
    drawing.update_layout(
        margin={"t": 28},
        xaxis={"anchor": "y", "matches": "x2", "showticklabels": False},
        yaxis={"anchor": "x", "domain": upper},
        xaxis2=drawing.layout["xaxis"] | {"anchor": "y2"},
        yaxis2=drawing.layout["yaxis"] | {"anchor": "x2", "domain": lower},
    )
    for (_, top), words in _PANELS.values():
        drawing.write(0, top, words, xref="paper", yref="paper", xanchor="left", yanchor="bottom")


def _spans(drawing: Drawing, totals: pd.DataFrame, donors: list[str], panel: str) -> None:
    """Each total as a level bar over its period, with one mark to click; a lone day is a diamond."""
    on = {"xaxis": f"x{panel}", "yaxis": f"y{panel}"}
    days = sorted(day for day in (*totals["start"], *totals["end"]) if day)
    middle = days[len(days) // 2] if len(totals) > 1 else ""
    for row in tuples(totals):
        colour, symbol = SERIES[donors.index(row.donor) % len(SERIES)]
        height = row.amount_eur / BILLION
        span, line, more = (), {}, {}
        if row.start and row.end:
            span = row.start, row.end
            line = {"width": 4 if row.part_of else 7, "dash": "dot" if row.kind == "military" else "solid"}
        elif not row.period_end and len(row.as_of) in (4, 7):
            span, line, more = dates.span(row.as_of), {"width": 10}, {"opacity": 0.3}
        if span:
            drawing.add_scatter(
                x=list(span), y=[height, height], mode="lines", hoverinfo="skip", showlegend=False,
                line={"color": colour, **line}, **more, **on,
            )  # fmt: skip
        label = f"{row.donor_name}, {row.kind_words}: {row.amount_words}"
        drawing.add_scatter(
            x=[row.start or row.end], y=[height], mode="markers+text", marker={"symbol": symbol, "size": 13, "color": colour},
            text=[f"{label} {DISPUTED}" if row.disputed else label],
            textposition="top right" if row.start and row.start < middle else "middle left",
            customdata=[[row.mark]], hovertext=[f"{row.heading}<br>{row.publisher}"], hoverinfo="text", showlegend=False, **on,
        )  # fmt: skip


def _finished(drawing: Drawing) -> go.Figure:
    drawing.update_yaxes(rangemode="tozero", fixedrange=True, gridcolor=style.GRID, nticks=6, automargin=True)
    drawing.update_xaxes(type="date", fixedrange=True, showgrid=False, automargin=True)
    days = sorted(map(pd.Timestamp, {day for trace in drawing.traces for day in trace["x"] if day is not None}))
    if days:
        room = (days[-1] - days[0]) * 0.04
        drawing.update_xaxes(range=[days[0] - room, days[-1] + room])
    tops: dict[str, float] = {}
    for trace in drawing.traces:
        tops[trace["yaxis"]] = max(*trace["y"], tops.get(trace["yaxis"], 0))
    if len(tops) == 1:
        drawing.update_yaxes(range=[0, max(tops.values()) * 1.18], ticksuffix=" bn", tickprefix="€")
    else:
        for axis in ("y", "y2"):
            drawing.update_layout(**{"yaxis" + axis[1:]: {"range": [0, tops.get(axis, 1) * 1.3]}})
    return drawing.figure()
