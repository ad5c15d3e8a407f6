"""Published totals over the periods that they cover, beside the running sum of a donor where there is a series.

Commitments, allocations and disbursements are never added; parts are never added to their wholes; a curve is drawn
only where a source publishes a series.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import SERIES, Drawing
from two_shields.contract.vocabulary import AID_KINDS, AID_MEASURES
from two_shields.exhibits.aid.series import publishers, source_line
from two_shields.exhibits.aid.totals import BILLION, COLUMNS, shown_donors, totals, totals_sentence
from two_shields.exhibits.frame import Frame, fit
from two_shields.record.cache import cached
from two_shields.record.record import Record, where
from two_shields.state.views import AidView
from two_shields.text import dates, phrases

NO_CURVES = pd.DataFrame(columns=["series", "backing", "disputed", "weak"])


def frame(record: Record, view: AidView) -> Frame:
    """Running sums of the monthly series, with the articles' totals over the periods that they cover."""
    donors = shown_donors(record, view)
    curves = _curves(record, view, donors)
    published = totals(record, view, donors)
    published = published[published["backing"] != "record"]
    rows = pd.concat([published, curves], ignore_index=True)
    title = _cumulative_title(rows, view)
    measures = "Bars show totals that the articles report, each over the period it covers; a total may contain another."
    if len(curves):
        measures = (
            f"Curves show money allocated: {AID_MEASURES['allocated'].meaning}. {measures}"
            " Amounts committed, allocated and paid out are different measures and are never added up."
        )  # fmt: skip
    return Frame(
        "aid-cumulative",
        title,
        fit(f"Aid to Ukraine over time. {title}."),
        rows,
        COLUMNS,
        source_line(record, rows),
        measures,
    )


def _curves(record: Record, view: AidView, donors: Iterable[str]) -> pd.DataFrame:
    rows = _all_curves(record, view.kind)
    rows = rows[rows["donor"].isin(set(donors))]
    if view.until:
        rows = rows[where(dates.earliest(month) <= view.until for month in rows["month"])]
    if view.since:
        rows = rows[where(dates.latest(month) >= view.since for month in rows["month"])]
    return NO_CURVES if rows.empty else rows


@cached(most=16)
def _all_curves(record: Record, chosen: tuple[str, ...]) -> pd.DataFrame:
    """The running sums of every donor's series, of these kinds of aid or of all."""
    months = record["aid_monthly"]
    if chosen:
        months = months[months["kind"].isin(chosen)]
    kinds = phrases.join([AID_KINDS[kind].label for kind in chosen]) if chosen else AID_KINDS["total"].label
    sums = (
        months.groupby(["donor", "month"], sort=True)
        .agg(booked=("allocated_eur", "sum"), dated=("dated", "min"), source_id=("source_id", "first"))
        .reset_index()
    )
    rows = sums.assign(
        series="curve",
        donor_name=sums["donor"].map(record.country_names),
        amount_eur=sums.groupby("donor")["booked"].cumsum(),
        kind="curve",
        kind_words=kinds,
        measure="allocated",
        measure_words="allocated",
        part_of="",
        start="",
        end=[dates.latest(month).isoformat() for month in sums["month"]],
        period_words=[f"to {dates.words(month)}" for month in sums["month"]],
        publisher=sums["source_id"].map(publishers(record)),
        mark="curve|" + sums["donor"] + "|" + sums["month"],
        claim_ids=[()] * len(sums),
        backing="record",
        disputed=False,
        weak=False,
    )
    rows["amount_words"] = rows["amount_eur"].map(phrases.euros)
    rows["heading"] = [
        f"{row.donor_name}: {row.amount_words} allocated {row.period_words}, {kinds}" for row in rows.itertuples()
    ]
    return rows


def _cumulative_title(rows: pd.DataFrame, view: AidView) -> str:
    curves = rows[rows["series"] == "curve"]
    totals = rows[(rows["series"] == "total")]
    if len(curves):
        last = curves.groupby("donor_name").last().sort_values("amount_eur", ascending=False)
        month = dates.words(curves["month"].max())
        parts = [f"{name} {phrases.euros(amount)}" for name, amount in last["amount_eur"].items()]
        return f"Allocated by {month}: {phrases.join(parts, most=3)}"
    return totals_sentence(totals) or "The sources chosen give no total for this selection"


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False, height: int = 460) -> go.Figure:
    """Curves where a series exists; totals as bars over their periods; loans on an axis of their own."""
    totals = frame.rows[frame.rows["series"] == "total"]
    curves = frame.rows[frame.rows["series"] == "curve"]
    loans, grants = totals[totals["kind"] == "loan"], totals[totals["kind"] != "loan"]
    two = bool(len(loans)) and bool(len(grants) or len(curves))
    drawing = Drawing(theme, height=height)
    if two:
        _panels(drawing)
    donors = list(dict.fromkeys([*curves.get("donor", ()), *totals["donor"]]))
    for row, (bars, lines) in enumerate(((grants, curves), (loans, curves.iloc[:0])), start=1):
        panel = "2" if two and row == 2 else ""
        if len(bars):
            _spans(drawing, bars, donors, panel, labelled=row == 2 or not len(curves))
        if len(lines):
            _draw_curves(drawing, lines, donors, panel)
    return _finished(drawing, named_at_end=len(curves) > 0 and not len(loans))


#: Where the two panels stand, from the bottom of the drawing to its top.
_LOWER, _UPPER = (0.0, 0.2624), (0.4424, 1.0)


def _panels(drawing: Drawing) -> None:
    """Two axes of time under each other: national and EU aid, and apart from it the loan."""
    drawing.update_layout(
        margin={"t": 28},
        xaxis={"anchor": "y", "matches": "x2", "showticklabels": False},
        yaxis={"anchor": "x", "domain": _UPPER},
        xaxis2=drawing.layout["xaxis"] | {"anchor": "y2"},
        yaxis2=drawing.layout["yaxis"] | {"anchor": "x2", "domain": _LOWER},
    )
    for (_, top), words in (
        (_UPPER, "National and EU aid, € billion"),
        (_LOWER, "Loan from the EU, shown separately, € billion"),
    ):
        drawing.add_annotation(
            x=0, y=top, xref="paper", yref="paper", xanchor="left", yanchor="bottom", text=words, showarrow=False,
            font={"size": 12, "color": drawing.text},
        )  # fmt: skip


def _on(panel: str) -> dict[str, str]:
    """The axes of a trace in a panel: the first has no number."""
    return {"xaxis": f"x{panel}", "yaxis": f"y{panel}"}


def _draw_curves(drawing: Drawing, curves: pd.DataFrame, donors: list[str], panel: str) -> None:
    ends = []
    for donor, points in curves.groupby("donor", sort=False):
        colour, dash, symbol = SERIES[donors.index(donor) % len(SERIES)]
        drawing.add_scatter(
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
        ends.append((last["amount_eur"] / BILLION, last["donor_name"], style.lettering(colour, drawing.theme)))
    # Names at the curves' ends, moved apart where the ends are close.
    last_day, gap, floor = (
        curves["end"].max(),
        0.075 * (460 / drawing.height) * curves["amount_eur"].max() / BILLION,
        0.0,
    )
    for height, name, colour in sorted(ends):
        floor = max(height, floor)
        drawing.add_annotation(
            x=last_day, y=floor, text=name, showarrow=False, xanchor="left", xshift=6,
            font={"color": colour, "size": 12}, xref=f"x{panel}", yref=f"y{panel}",
        )  # fmt: skip
        floor += gap


def _spans(drawing: Drawing, totals: pd.DataFrame, donors: list[str], panel: str, *, labelled: bool) -> None:
    """Each total as a level bar over its period, with one mark to click; a lone day is a diamond."""
    days = sorted(day for day in (*totals["start"], *totals["end"]) if day)
    middle = days[len(days) // 2] if len(totals) > 1 else ""
    for row in totals.itertuples():
        colour, _, symbol = SERIES[donors.index(row.donor) % len(SERIES)]
        height = row.amount_eur / BILLION
        if row.start and row.end:
            drawing.add_scatter(
                    x=[row.start, row.end], y=[height, height], mode="lines", hoverinfo="skip", showlegend=False,
                    line={"color": colour, "width": (7 if not row.part_of else 4) if labelled else 3, "dash": "solid" if row.kind != "military" else "dot"}, **_on(panel))  # fmt: skip
        elif not row.period_end and len(row.as_of) in (4, 7):
            first, last = dates.span(row.as_of)
            drawing.add_scatter(x=[first, last], y=[height, height], mode="lines", hoverinfo="skip", showlegend=False,
                           line={"color": colour, "width": 10}, opacity=0.3, **_on(panel))  # fmt: skip
        label = f"{row.donor_name}, {row.kind_words}: {row.amount_words}"
        if not labelled:
            label = ""  # among curves there is no room for words; the caption tells the bars
        drawing.add_scatter(
            x=[row.start or row.end],
            y=[height],
            mode="markers+text",
            marker={"symbol": symbol, "size": 13 if labelled else 9, "color": colour},
            text=style.marked([label], [row.disputed and label != ""]),
            textposition="top right" if row.start and row.start < middle else "middle left",
            customdata=[[row.mark]],
            hovertext=[f"{row.heading}<br>{row.publisher}"],
            hoverinfo="text",
            showlegend=False,
            **_on(panel),
        )


def _finished(drawing: Drawing, *, named_at_end: bool) -> go.Figure:
    drawing.update_yaxes(rangemode="tozero", fixedrange=True, gridcolor=style.GRID, nticks=6, automargin=True)
    drawing.update_xaxes(type="date", fixedrange=True, showgrid=False, automargin=True)
    days = sorted(map(pd.Timestamp, {day for trace in drawing.traces for day in trace["x"] if day is not None}))
    if days:
        # Room on the right for names at the curves' ends.
        room = (days[-1] - days[0]) * 0.04
        drawing.update_xaxes(range=[days[0] - room, days[-1] + room * (4 if named_at_end else 1)])
    tops: dict[str, float] = {}
    for trace in drawing.traces:
        tops[trace["yaxis"]] = max(*trace["y"], tops.get(trace["yaxis"], 0))
    if len(tops) == 1:
        drawing.update_yaxes(range=[0, max(tops.values()) * 1.18], ticksuffix=" bn", tickprefix="€")
    else:
        for axis in ("y", "y2"):
            drawing.update_layout(**{"yaxis" + axis[1:]: {"range": [0, tops.get(axis, 1) * 1.3]}})
    return drawing.figure()
