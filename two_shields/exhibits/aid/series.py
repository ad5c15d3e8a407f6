"""The monthly series of aid, which rest on a source and not on claims; and the line that counts what both rest on."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from two_shields.exhibits import frame
from two_shields.record.record import Record, where
from two_shields.state.views import AidView
from two_shields.text import dates, phrases


def publishers(record: Record) -> dict[str, str]:
    """Publishers by source id, for the series, which rest on a source and not on claims."""
    return dict(zip(record["sources"]["source_id"], record["sources"]["publisher"], strict=True))


def months(record: Record, view: AidView, donors: Iterable[str]) -> pd.DataFrame:
    """The monthly series of these donors and kinds, up to the view's last day."""
    rows = record["aid_monthly"]
    rows = rows[rows["donor"].isin(set(donors))]
    if view.kind:
        rows = rows[rows["kind"].isin(view.kind)]
    if view.until:
        rows = rows[where(dates.earliest(month) <= view.until for month in rows["month"])]
    return rows.assign(donor_name=rows["donor"].map(record.country_names))


def source_line(record: Record, rows: pd.DataFrame) -> str:
    line = frame.source_line(record, rows["claim_ids"]) if rows["claim_ids"].map(bool).any() else ""
    series = [source_id for source_id in rows.get("source_id", pd.Series(dtype=str)).unique() if source_id]
    if series:
        sources = record["sources"].set_index("source_id")
        titles = phrases.join([f"{sources.loc[i, 'publisher']}, {sources.loc[i, 'title']}" for i in series])
        line += f"{' And' if line else 'Rests'} on {phrases.count(len(series), 'series', 'series')}: {titles}."
    return line.strip() or "Rests on no claim: there is nothing to show."
