"""What differs between two states of the tables: rows and cells; what each published version changed, as its release wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from two_shields.contract.rules import row_ids
from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.contract.table import Table
from two_shields.record import versions
from two_shields.record.cache import cached
from two_shields.record.table import tuples

Texts = Mapping[str, pd.DataFrame]


class Change(NamedTuple):
    """One difference. `kind` is added, removed or changed; `column` is blank where it is the whole row.

    `was` and `now` are the cell's text, or what the row says in a few words. `about` holds the codes of the countries,
    initiatives and systems of its row, then and now.
    """

    table: str
    row_id: str
    column: str
    kind: str
    was: str
    now: str
    reason: str = ""
    about: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """The row, with the column where one cell changed: as `corrections.row_id` names it."""
        return f"{self.row_id}/{self.column}" if self.column else self.row_id


#: The columns of a file of changes; whom a row is about is read from the tables.
COLUMNS = Change._fields[:-1]


def changes(before: Texts, after: Texts) -> list[Change]:
    """All differences between two states of the tables, as `versions.text_tables` reads them.

    Columns that the first state did not have are no changes of its rows.
    """
    return [change for table in TABLES for change in _of_table(table, before[table.name], after[table.name])]


def _of_table(table: Table, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Change]:
    old, new = _by_id(table, before), _by_id(table, after)
    compared = [name for name in table.column_names if name in before.attrs["had"] and name not in table.key]
    for row_id, row in old.items():
        if row_id not in new:
            yield Change(table.name, row_id, "", "removed", words(table, row), "")
            continue
        for name in compared:
            if row[name] != new[row_id][name]:
                yield Change(table.name, row_id, name, "changed", row[name], new[row_id][name])
    for row_id, row in new.items():
        if row_id not in old:
            yield Change(table.name, row_id, "", "added", "", words(table, row))


def _by_id(table: Table, rows: pd.DataFrame) -> dict[str, dict[str, str]]:
    return dict(zip(row_ids(table, rows), rows.to_dict("records"), strict=True))


def words(table: Table, row: Mapping[str, str]) -> str:
    """What a row says, in a few words: its core cells, or the first that are filled, and its date."""
    names = table.core or [column.name for column in table.cells if row[column.name]][:3]
    names = [*names, "date"] if "date" in table.column_names and "date" not in names else names
    return ", ".join(row[name] for name in names if row[name])


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
    reasons = {(row.table, row.row_id): row.reason for row in tuples(record.tables["corrections"])}
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
