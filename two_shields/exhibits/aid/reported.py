"""All published totals for one donor, each with its measure and its period, and why they differ."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.vocabulary import AID_MEASURES
from two_shields.exhibits.aid.series import source_line
from two_shields.exhibits.aid.totals import BILLION, COLUMNS, MAIN_DONOR, totals, totals_sentence
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, conflict_sentences, conflicts_about, fit
from two_shields.record.record import Record
from two_shields.state.views import AidView
from two_shields.text import phrases


def frame(record: Record, view: AidView) -> Frame:
    """All published totals for one donor, each with its measure and cut-off, and why they differ."""
    donor = view.donor[0] if view.donor else MAIN_DONOR
    rows = totals(record, view, [donor]).sort_values(["end", "amount_eur"], kind="stable")
    name = record.country_names.get(donor, donor)
    wholes = rows[~rows["part_of"].isin(rows["mark"]) & (rows["measure"] != "yearly_rate")]
    compared = wholes[wholes["kind"] == "total"] if (wholes["kind"] == "total").any() else wholes
    if rows.empty:
        title = f"The sources chosen give no published total for {name}"
    elif len(wholes) == 1:
        title = totals_sentence(rows)
    else:
        measures = phrases.join(sorted(compared["measure"].unique()))
        title = (
            f"{name}: {phrases.count(len(compared), 'published total')} from {phrases.euros(compared['amount_eur'].min())} "
            f"to {phrases.euros(compared['amount_eur'].max())}, because they count different things ({measures}) over different periods"
        )
    return Frame(
        "aid-reported",
        title,
        fit(f"Published totals of aid to Ukraine. {title}."),
        rows,
        COLUMNS,
        source_line(record, rows),
        "Each mark is at the end of the period that the total covers; the line before it is that period.",
        conflict_sentences(conflicts_about(record, rows)),
    )


_MEASURE_LOOK: Mapping[str, tuple[str, str]] = {
    "reported": (style.GREY, "circle"),
    "announced": (style.SKY, "triangle-up"),
    "committed": (style.PURPLE, "diamond"),
    "allocated": (style.BLUE, "square"),
    "disbursed": (style.GREEN, "star"),
}


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
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
                name=AID_MEASURES[measure].label,
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


EXHIBIT = Exhibit("aid-reported", AidView, view="reported", frame=frame, panels=(figure,))
