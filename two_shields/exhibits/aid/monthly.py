"""Aid by month, as the series book it; money without a month of its own is told apart."""

from __future__ import annotations

import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import SERIES, Drawing
from two_shields.contract.vocabulary import AID_KINDS
from two_shields.exhibits.aid import cumulative
from two_shields.exhibits.aid.series import months, publishers, source_line
from two_shields.exhibits.aid.totals import BILLION, COLUMNS, shown_donors, totals, totals_sentence
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit
from two_shields.record.record import Record, where
from two_shields.state.views import AidView
from two_shields.text import dates, phrases


def frame(record: Record, view: AidView) -> Frame:
    """The monthly series as published; money without a month of its own is told apart."""
    donors = shown_donors(record, view)
    series = months(record, view, donors)
    if view.since:
        series = series[where(dates.latest(month) >= view.since for month in series["month"])]
    if series.empty:
        published = totals(record, view, donors)
        published = published[published["backing"] != "record"]
        sentence = totals_sentence(published)
        title = (
            "The sources chosen give no amounts by month, only totals over longer periods"
            if sentence
            else "The sources chosen give no amounts for this selection"
        )
        return Frame(
            "aid-monthly", title, fit(f"{title}. {sentence}."), published, COLUMNS, source_line(record, published),
            "A yearly total says nothing about its months, so it is drawn over its whole period.",
        )  # fmt: skip
    rows = series.assign(
        series="month",
        measure="allocated",
        measure_words=series["dated"].map({True: "allocated", False: "allocated, month is a bookkeeping date"}),
        kind_words=series["kind"].map(AID_KINDS.labels),
        amount_words=series["allocated_eur"].map(phrases.euros),
        amount_eur=series["allocated_eur"],
        period_words=series["month"].map(dates.words),
        publisher=series["source_id"].map(publishers(record)),
        claim_ids=[()] * len(series),
        mark=series["donor"]
        + "|"
        + series["month"]
        + "|"
        + series["kind"]
        + "|"
        + series["dated"].map({True: "dated", False: "undated"}),
        backing="record",
        disputed=False,
        weak=False,
    )
    rows["heading"] = [
        f"{row.donor_name}, {row.kind_words}, {row.period_words}: {row.amount_words}" for row in rows.itertuples()
    ]
    by_month = rows[rows["dated"]].groupby("month")["amount_eur"].sum()
    undated = rows.loc[~rows["dated"], "amount_eur"].sum()
    peak = (
        f"{dates.words(by_month.idxmax())} was the month with the most aid: {phrases.euros(by_month.max())}"
        if len(by_month)
        else ""
    )
    rest = f"{phrases.euros(undated)} cannot be dated to a month" if undated else ""
    title = "; ".join(part for part in (peak, rest) if part)
    return Frame(
        "aid-monthly",
        title,
        fit(f"Allocations by month. {title}."),
        rows,
        COLUMNS,
        source_line(record, rows),
        "Amounts allocated, by month of announcement. Hatched bars: money that cannot be dated to a month; the series books it in the one shown.",
    )


#: What tells a donor's bars without their colour; bars hatched aslant are those without a month of their own.
DONOR_PATTERN = ("", ".", "x", "-", "|", "+", "\\")


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """Bars by month and donor; hatched where the month is a bookkeeping date; totals where no series is."""
    if not len(frame.rows) or frame.rows["series"].eq("total").any():
        return cumulative.figure(frame, theme, narrow=narrow)
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
            name=bars["donor_name"].iloc[0] + ("" if dated else ", month not known"),
            showlegend=True,
        )
    made.update_layout(barmode="relative", bargap=0.15, showlegend=True, legend={"y": -0.1})
    made.update_yaxes(ticksuffix=" bn", tickprefix="€", gridcolor=style.GRID)
    made.update_xaxes(type="date", showgrid=False)
    return made.figure()


EXHIBIT = Exhibit("aid-monthly", AidView, view="monthly", frame=frame, panels=(figure,))
