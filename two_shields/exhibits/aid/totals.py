"""Published totals of aid: with their periods, their words and their evidence; shared by this page's exhibits."""

from collections.abc import Iterable

import pandas as pd

from two_shields.contract.vocabulary import AID_KINDS, AID_MEASURES
from two_shields.exhibits.frame import facts_of, with_evidence
from two_shields.record.cache import cached
from two_shields.record.record import Record, where
from two_shields.record.table import tuples
from two_shields.state.views import AidView
from two_shields.text import dates, phrases

#: The donors shown where the reader has chosen none.
MAIN_DONORS = ("FRA", "DEU", "GBR", "ITA", "POL", "EUU")

COLUMNS = {
    "donor_name": "Donor",
    "kind_words": "Kind",
    "amount_words": "Amount",
    "amount_eur": "Euros",
    "measure_words": "Measure",
    "period_words": "Period",
    "publisher": "Published by",
}


def shown_donors(record: Record, view: AidView) -> tuple[str, ...]:
    return view.donor or tuple(donor for donor in MAIN_DONORS if donor in record.donors)


def totals(record: Record, view: AidView, donors: Iterable[str]) -> pd.DataFrame:
    rows = all_totals(record)
    rows = rows[rows["donor"].isin(set(donors))]
    if view.kind:
        rows = rows[rows["kind"].isin(view.kind)]
    rows = rows[where(_overlaps(row, view) for row in tuples(rows))]
    return with_evidence(record, rows)


@cached(most=1)
def all_totals(record: Record) -> pd.DataFrame:
    rows = record["aid"]
    rows = rows.assign(
        series="total",
        donor_name=rows["donor"].map(record.country_names),
        start=[dates.earliest(day).isoformat() if day else "" for day in rows["period_start"]],
        end=[
            dates.latest(day).isoformat() if day else ""
            for day in rows["period_end"].where(rows["period_end"].ne(""), rows["as_of"])
        ],
        period_words=[dates.period(row.period_start, row.period_end, row.as_of) for row in tuples(rows)],
        measure_words=rows["measure"].map(AID_MEASURES.labels),
        kind_words=rows["kind"].map(AID_KINDS.labels),
        amount_words=[phrases.euros(amount) for amount in rows["amount_eur"]],
        publisher=[_publisher(record, ids) for ids in rows["claim_ids"]],
        source_id="",
        mark=rows["aid_id"],
        facts=facts_of("aid", rows["aid_id"]),
    )
    rows["heading"] = [
        f"{row.donor_name}, {row.kind_words}: {row.amount_words}, {row.measure_words}, {row.period_words}"
        for row in tuples(rows)
    ]
    return rows


def _publisher(record: Record, claim_ids: tuple[str, ...]) -> str:
    publishers = (record.sources_of_claims[claim_id].publisher for claim_id in claim_ids)
    return phrases.join(list(dict.fromkeys(publishers)), most=2)


def _overlaps(row, view: AidView) -> bool:
    since, until = (day.isoformat() if day else "" for day in (view.since, view.until))
    return not ((until and (row.start or row.end) > until) or (row.end and row.end < since))


def totals_sentence(rows: pd.DataFrame) -> str:
    """`France: €2.7 billion from … to …, of which €750 million military; …`: wholes with their parts."""
    sentences, shown, marks = [], tuples(rows), set(rows["mark"])
    for whole in (row for row in shown if row.part_of not in marks):
        parts = [row for row in shown if row.part_of == whole.mark]
        inside = phrases.join([f"{part.amount_words} {part.kind_words}" for part in parts])
        what = f" {whole.kind_words}" if whole.kind not in ("total",) else ""
        donor = whole.donor_name + (" (inferred)" if whole.inferred_core else "")
        sentences.append(
            f"{donor}: {whole.amount_words}{what}, {whole.period_words}" + (f", {inside} of it" if inside else "")
        )
    return "; ".join(sentences[:3])
