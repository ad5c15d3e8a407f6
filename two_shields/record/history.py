"""What each published version of the data changed, as its release wrote it, and what has changed since the last one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from two_shields.contract.cells import row_ids
from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.record import versions
from two_shields.record.cache import cached
from two_shields.record.changes import Change, changes

if TYPE_CHECKING:
    from two_shields.record.record import Record

#: Columns that say which countries, initiatives and systems a row is about.
ABOUT = (
    "iso3", "from_iso3", "to_iso3", "lead_iso3", "origin_iso3", "donor", "initiative_id", "initiative_ids", "system_id",
    "system_ids",
)  # fmt: skip


@lru_cache(maxsize=8)
def brought_by(version: str, folder: Path = versions.VERSIONS) -> tuple[Change, ...]:
    """What a published version changed against the one before it; nothing for the first."""
    found = versions.changes_brought_by(version, folder)
    if not found:
        return ()
    published = versions.published(folder)
    before = versions.text_tables(versions.files_of(published[published.index(version) - 1], folder))
    after = versions.text_tables(versions.files_of(version, folder))
    return tuple(
        Change(**row, about=_about(before, row["table"], row["row_id"]) | _about(after, row["table"], row["row_id"]))
        for row in found
    )


@cached(most=1)
def unpublished(record: Record) -> tuple[Change, ...]:
    """What the record changes against the last published version; nothing where it is that version."""
    last = versions.published()[-1]
    if record.data_version == last:
        return ()
    before, after = versions.text_tables(versions.files_of(last)), versions.text_tables(record.files)
    reasons = {(row.table, row.row_id): row.reason for row in record.tables["corrections"].itertuples(index=False)}
    return tuple(
        change._replace(
            reason=reasons.get((change.table, change.place), ""),
            about=_about(before, change.table, change.row_id) | _about(after, change.table, change.row_id),
        )
        for change in changes(before, after)
    )


def _about(tables: Mapping[str, pd.DataFrame], table: str, row_id: str) -> frozenset[str]:
    rows = tables[table]
    if "about" not in rows.attrs:  # made once for the tables at hand, which nobody else keeps
        names = [name for name in ABOUT if name in rows.columns]
        codes = [
            frozenset(code for cell in cells for code in cell.split(";") if code)
            for cells in rows[names].itertuples(index=False)
        ]
        rows.attrs["about"] = dict(zip(row_ids(TABLE_BY_NAME[table], rows), codes, strict=True))
    return rows.attrs["about"].get(row_id, frozenset())
