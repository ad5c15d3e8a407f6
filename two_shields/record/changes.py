"""What differs between two states of the tables: rows that came or went, and cells that changed."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from two_shields.contract.cells import row_ids
from two_shields.contract.schema import TABLES
from two_shields.contract.table import Table

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
