"""The frames of the page Aid: over time, by month, totals compared.

Commitments, allocations and disbursements are never added; parts are never added to their wholes;
a curve is drawn only where a source publishes a series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pandas as pd

from two_shields.contract.vocabulary import AID_KINDS, AID_MEASURES
from two_shields.exhibits.frame import Frame, conflict_sentences, fit, source_line, with_evidence
from two_shields.record.cache import cached
from two_shields.record.record import Record, where
from two_shields.state.views import AidView
from two_shields.text import dates, phrases

NO_CURVES = pd.DataFrame(columns=["series", "backing", "disputed", "weak"])
#: The donors shown where the reader has chosen none.
MAIN_DONORS = ("FRA", "DEU", "GBR", "ITA", "POL", "EUU")
MAIN_DONOR = "FRA"


@cached(most=128)
def frame(record: Record, view: AidView) -> Frame:
    """The frame of the view's kind, from the record as the evidence switch shows it."""
    return FRAMES[view.view](record.only(view.evidence), view)


def _totals(record: Record, view: AidView, donors: Iterable[str]) -> pd.DataFrame:
    """Published totals with their period, their words and their evidence."""
    rows = _all_totals(record)
    rows = rows[rows["donor"].isin(set(donors))]
    if view.kind:
        rows = rows[rows["kind"].isin(view.kind)]
    rows = rows[where(_overlaps(row, view) for row in rows.itertuples())]
    return with_evidence(record, rows)


@cached(most=1)
def _all_totals(record: Record) -> pd.DataFrame:
    rows = record["aid"]
    rows = rows.assign(
        series="total",
        donor_name=rows["donor"].map(record.country_names),
        start=[dates.earliest(day).isoformat() if day else "" for day in rows["period_start"]],
        end=[day.isoformat() if (day := _last_day(row)) else "" for row in rows.itertuples()],
        period_words=[_period_words(row) for row in rows.itertuples()],
        measure_words=rows["measure"].map(AID_MEASURES.labels),
        kind_words=rows["kind"].map(AID_KINDS.labels),
        amount_words=[phrases.euros(amount) for amount in rows["amount_eur"]],
        publisher=[_publisher(record, ids) for ids in rows["claim_ids"]],
        source_id="",
        mark=rows["aid_id"],
    )
    rows["heading"] = [
        f"{row.donor_name}, {row.kind_words}: {row.amount_words}, {row.measure_words}, {row.period_words}"
        for row in rows.itertuples()
    ]
    return rows


def _last_day(row) -> date | None:
    day = row.period_end or row.as_of
    return dates.latest(day) if day else None


def _period_words(row) -> str:
    if row.period_start and row.period_end:
        return f"{dates.words(row.period_start)} to {dates.words(row.period_end)}"
    if row.period_end or row.period_start:
        return f"to {dates.words(row.period_end)}" if row.period_end else f"from {dates.words(row.period_start)}"
    return f"told {dates.words(row.as_of)}, period not stated" if row.as_of else "period not stated"


def _publisher(record: Record, claim_ids: tuple[str, ...]) -> str:
    publishers = (record.sources_of_claims[claim_id].publisher for claim_id in claim_ids)
    return phrases.join(list(dict.fromkeys(publishers)), most=2)


def _publishers(record: Record) -> dict[str, str]:
    """Publishers by source id, for the series, which rest on a source and not on claims."""
    return dict(zip(record["sources"]["source_id"], record["sources"]["publisher"], strict=True))


def _overlaps(row, view: AidView) -> bool:
    begins = date.fromisoformat(row.start) if row.start else None
    ends = date.fromisoformat(row.end) if row.end else None
    return not (
        (view.until and (begins or ends) and (begins or ends) > view.until)
        or (view.since and ends and ends < view.since)
    )


def _months(record: Record, view: AidView, donors: Iterable[str]) -> pd.DataFrame:
    """The monthly series of these donors and kinds, up to the view's last day."""
    rows = record["aid_monthly"]
    rows = rows[rows["donor"].isin(set(donors))]
    if view.kind:
        rows = rows[rows["kind"].isin(view.kind)]
    if view.until:
        rows = rows[where(dates.earliest(month) <= view.until for month in rows["month"])]
    return rows.assign(donor_name=rows["donor"].map(record.country_names))


def _shown_donors(record: Record, view: AidView) -> tuple[str, ...]:
    return view.donor or tuple(donor for donor in MAIN_DONORS if donor in record.donors)


COLUMNS = {
    "donor_name": "Donor",
    "kind_words": "Kind",
    "amount_words": "Amount",
    "amount_eur": "Euros",
    "measure_words": "Measure",
    "period_words": "Period",
    "publisher": "Published by",
}


def cumulative_frame(record: Record, view: AidView) -> Frame:
    """Running sums of the monthly series, with the articles' totals over the periods that they cover."""
    donors = _shown_donors(record, view)
    curves = _curves(record, view, donors)
    totals = _totals(record, view, donors)
    totals = totals[totals["backing"] != "record"]
    rows = pd.concat([totals, curves], ignore_index=True)
    title = _cumulative_title(rows, view)
    measures = (
        "Totals as the articles report them, each drawn over the period it covers; parts lie inside their wholes."
    )
    if len(curves):
        measures = (
            "Curves: " + AID_MEASURES["allocated"].meaning + " (allocated). Level bars: " + measures[:1].lower() + measures[1:]
            + " Commitments, allocations and payments are different measures and are never added."
        )  # fmt: skip
    return Frame(
        "aid-cumulative",
        title,
        fit(f"Aid to Ukraine over time. {title}."),
        rows,
        COLUMNS,
        aid_source_line(record, rows),
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
        publisher=sums["source_id"].map(_publishers(record)),
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
    return _totals_sentence(totals) or "The evidence chosen holds no total for this choice"


def _totals_sentence(totals: pd.DataFrame) -> str:
    """`France: €2.7 billion from … to …, of which €750 million military; …`: wholes with their parts."""
    sentences = []
    for whole in totals[~totals["part_of"].isin(totals["mark"])].itertuples():
        parts = totals[totals["part_of"] == whole.mark]
        inside = phrases.join([f"{part.amount_words} {part.kind_words}" for part in parts.itertuples()])
        what = f" {whole.kind_words}" if whole.kind not in ("total",) else ""
        sentences.append(
            f"{whole.donor_name}: {whole.amount_words}{what}, {whole.period_words}"
            + (f", {inside} of it" if inside else "")
        )
    return "; ".join(sentences[:3])


def monthly_frame(record: Record, view: AidView) -> Frame:
    """The monthly series as published; money without a month of its own is told apart."""
    donors = _shown_donors(record, view)
    months = _months(record, view, donors)
    if view.since:
        months = months[where(dates.latest(month) >= view.since for month in months["month"])]
    if months.empty:
        totals = _totals(record, view, donors)
        totals = totals[totals["backing"] != "record"]
        sentence = _totals_sentence(totals)
        title = (
            "No month-by-month series in this evidence; only totals over longer periods"
            if sentence
            else ("The evidence chosen holds no amounts for this choice")
        )
        return Frame(
            "aid-monthly", title, fit(f"{title}. {sentence}."), totals, COLUMNS, aid_source_line(record, totals),
            "A total over a year cannot be split into months without inventing a curve: it is drawn over its whole period.",
        )  # fmt: skip
    rows = months.assign(
        series="month",
        measure="allocated",
        measure_words=months["dated"].map({True: "allocated", False: "allocated, month is a bookkeeping date"}),
        kind_words=months["kind"].map(AID_KINDS.labels),
        amount_words=months["allocated_eur"].map(phrases.euros),
        amount_eur=months["allocated_eur"],
        period_words=months["month"].map(dates.words),
        publisher=months["source_id"].map(_publishers(record)),
        claim_ids=[()] * len(months),
        mark=months["donor"]
        + "|"
        + months["month"]
        + "|"
        + months["kind"]
        + "|"
        + months["dated"].map({True: "dated", False: "undated"}),
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
        f"{dates.words(by_month.idxmax())} was the largest dated month: {phrases.euros(by_month.max())}"
        if len(by_month)
        else ""
    )
    rest = f"{phrases.euros(undated)} has no month of its own" if undated else ""
    title = "; ".join(part for part in (peak, rest) if part)
    return Frame(
        "aid-monthly",
        title,
        fit(f"Allocations by month. {title}."),
        rows,
        COLUMNS,
        aid_source_line(record, rows),
        "Measure: allocated. Months are months of announcement; bars hatched aslant are money that the series books in a month for want of a better one.",
    )


def reported_frame(record: Record, view: AidView) -> Frame:
    """All published totals for one donor, each with its measure and cut-off, and why they differ."""
    donor = view.donor[0] if view.donor else MAIN_DONOR
    rows = _totals(record, view, [donor]).sort_values(["end", "amount_eur"], kind="stable")
    name = record.country_names.get(donor, donor)
    wholes = rows[~rows["part_of"].isin(rows["mark"])]
    compared = wholes[wholes["kind"] == "total"] if (wholes["kind"] == "total").any() else wholes
    if rows.empty:
        title = f"The evidence chosen holds no published total for {name}"
    elif len(wholes) == 1:
        title = _totals_sentence(rows)
    else:
        measures = phrases.join(sorted(compared["measure"].unique()))
        title = (
            f"{name}: {phrases.count(len(compared), 'published total')} from {phrases.euros(compared['amount_eur'].min())} "
            f"to {phrases.euros(compared['amount_eur'].max())}, because they count different things ({measures}) over different periods"
        )
    conflicts = record.conflicts_of([claim_id for ids in rows["claim_ids"] for claim_id in ids])
    return Frame(
        "aid-reported",
        title,
        fit(f"Published totals of aid to Ukraine. {title}."),
        rows,
        COLUMNS,
        aid_source_line(record, rows),
        "Each total stands at the end of the period that it covers; the line before it is that period.",
        conflict_sentences(conflicts),
    )


def aid_source_line(record: Record, rows: pd.DataFrame) -> str:
    line = source_line(record, rows["claim_ids"]) if rows["claim_ids"].map(bool).any() else ""
    series = [source_id for source_id in rows.get("source_id", pd.Series(dtype=str)).unique() if source_id]
    if series:
        sources = record["sources"].set_index("source_id")
        titles = phrases.join([f"{sources.loc[i, 'publisher']}, {sources.loc[i, 'title']}" for i in series])
        line += f"{' And' if line else 'Rests'} on {phrases.count(len(series), 'series', 'series')}: {titles}."
    return line.strip() or "Rests on no claim: there is nothing to show."


FRAMES: Mapping[str, Callable[[Record, AidView], Frame]] = {
    "cumulative": cumulative_frame,
    "monthly": monthly_frame,
    "reported": reported_frame,
}
