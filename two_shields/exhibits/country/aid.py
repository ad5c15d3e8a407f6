"""A country's aid: what it gave, against the median donor, or what it received, by donor."""

from __future__ import annotations

import dataclasses

import pandas as pd
import plotly.graph_objects as go

from two_shields.charts import style
from two_shields.charts.style import Drawing
from two_shields.contract.table import EU_INSTITUTIONS
from two_shields.contract.vocabulary import AID_KINDS
from two_shields.exhibits.aid import reported, spans
from two_shields.exhibits.aid.series import source_line
from two_shields.exhibits.aid.totals import BILLION, COLUMNS
from two_shields.exhibits.country.summary import describe
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame, fit
from two_shields.record.cache import cached
from two_shields.record.record import Record
from two_shields.state.views import AidView, CountryView
from two_shields.text import dates, phrases


def frame(kept: Record, view: CountryView) -> Frame | None:
    """Aid given, against the median donor; or received, by donor; None where the record has neither."""
    iso3 = view.country
    published, monthly = kept["aid"], kept["aid_monthly"]
    if iso3 in set(published["recipient"]):
        if len(monthly):
            return _received(kept, iso3)
        whole = spans.frame(kept, AidView(donor=tuple(sorted(set(published["donor"])))))
        return dataclasses.replace(whole, name="country-aid")
    has_totals = iso3 in set(published["donor"])
    own = spans.frame(kept, AidView(donor=(iso3,))) if has_totals else None
    if (monthly["donor"] == iso3).any():
        totals = own.rows[own.rows["series"] == "total"] if own else pd.DataFrame()
        return _given(kept, iso3, totals)
    if own is None:
        return None
    plain = own if len(own.rows) else reported.frame(kept, AidView(donor=(iso3,)))
    return dataclasses.replace(plain, name="country-aid") if len(plain.rows) else None


@cached(most=1)
def _running_sums(kept: Record) -> pd.DataFrame:
    """All kinds together, a row per month from the first to the last of the series and a column per donor."""
    booked = kept["aid_monthly"].pivot_table(index="month", columns="donor", values="allocated_eur", aggfunc="sum")
    months = pd.period_range(booked.index.min(), booked.index.max(), freq="M").astype(str)
    return booked.reindex(months).fillna(0.0).cumsum()


def _series_words(kept: Record, donor: str) -> dict:
    """What every value of a donor's series has in common."""
    rows = kept["aid_monthly"]
    source_id = rows.loc[rows["donor"] == donor, "source_id"].iloc[0]
    sources = kept["sources"].set_index("source_id")
    return {
        "donor": donor,
        "donor_name": kept.country_names[donor],
        "kind_words": AID_KINDS["total"].label,
        "measure_words": "allocated",
        "publisher": sources.loc[source_id, "publisher"],
        "source_id": source_id,
        "claim_ids": (),
        "backing": "record",
        "disputed": False,
        "weak": False,
    }


def _given(kept: Record, iso3: str, totals: pd.DataFrame) -> Frame:
    """The country's running sum with the median of all countries that give, and its articles' totals."""
    name, sums = kept.country_names[iso3], _running_sums(kept)
    countries = sums.drop(columns=EU_INSTITUTIONS, errors="ignore")
    median = countries.median(axis="columns")
    monthly = kept["aid_monthly"]
    booked = set(monthly.loc[monthly["donor"] == iso3, "month"])
    common = _series_words(kept, iso3)
    rows = pd.DataFrame(
        [
            common
            | {
                "series": "curve",
                "booked_here": month in booked,
                "amount_eur": amount,
                "amount_words": phrases.euros(amount),
                "median_eur": median[month],
                "median_words": phrases.euros(median[month]),
                "start": "",
                "end": dates.latest(month).isoformat(),
                "period_words": f"to {dates.words(month)}",
                "mark": f"curve|{iso3}|{month}",
                "heading": f"{name}: {phrases.euros(amount)} allocated to {dates.words(month)}, all kinds",
            }
            for month, amount in sums[iso3].items()
        ]
    )
    if len(totals):
        rows = pd.concat([totals.assign(median_words=""), rows], ignore_index=True)
    last, final = sums.index[-1], countries.iloc[-1]
    rank = int((final > final[iso3]).sum()) + 1
    place = "the most" if rank == 1 else _ordinal(rank)
    middle = phrases.euros(median[last])
    side = "above" if final[iso3] > median[last] else "below" if final[iso3] < median[last] else "at"
    title = (
        f"{name}: {phrases.euros(final[iso3])} allocated by {dates.words(last)}, {place} of "
        f"{phrases.count(len(final), 'country', 'countries')} and {side} the median of {middle}"
    )
    return Frame(
        "country-aid",
        title,
        fit(f"Running sum of aid to Ukraine. {title}."),
        rows,
        {**COLUMNS, "median_words": "Median country"},
        source_line(kept, rows),
        "Allocated: set aside for a named purpose or delivery, all kinds together, without a country's share of what "
        "the EU gives."
        + (
            " Totals of the articles count other things over their own periods; they are never added."
            if len(totals)
            else ""
        ),
    )


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _received(kept: Record, iso3: str) -> Frame:
    """What each donor allocated, by the last month of the series; nothing is added up."""
    sums = _running_sums(kept)
    last = dates.words(sums.index[-1])
    final = sums.iloc[-1].sort_values(ascending=False, kind="stable")
    rows = pd.DataFrame(
        [
            _series_words(kept, donor)
            | {
                "series": "donor",
                "amount_eur": amount,
                "amount_words": phrases.euros(amount),
                "period_words": f"to {last}",
                "mark": f"received|{donor}",
                "heading": f"{kept.country_names[donor]}: {phrases.euros(amount)} allocated to {last}, all kinds",
            }
            for donor, amount in final.items()
        ]
    )
    top = [f"{row.donor_name} {row.amount_words}" for row in rows.head(3).itertuples()]
    title = f"Aid to {kept.country_names[iso3]} from {len(rows)} donors by {last}: {phrases.join(top)} gave the most"
    return Frame(
        "country-aid",
        title,
        fit(f"Bars by donor. {title}."),
        rows,
        COLUMNS,
        source_line(kept, rows),
        "Allocated: set aside for a named purpose or delivery, all kinds together. A country's share of what the EU "
        "gives stands with the EU alone.",
    )


def figure(frame: Frame, theme: str = "light", *, narrow: bool = False) -> go.Figure:
    """What the frame's rows are: bars by donor, a curve with the median, or published totals."""
    rows = frame.rows
    if "median_eur" in rows:
        return _given_figure(frame, theme)
    if rows["series"].eq("donor").any():
        return _received_figure(frame, theme)
    return spans.figure(frame, theme, height=360)


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


EXHIBIT = Exhibit("country-aid", CountryView, frame=frame, panels=(figure,), order=2, describe=describe)
