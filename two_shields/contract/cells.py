"""The contract's rules of single cells: which claims bear a cell out, and which cells a conflict is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from two_shields.contract.fault import Fault
from two_shields.contract.schema import TABLE_BY_NAME, TABLES, Table

Tables = Mapping[str, pd.DataFrame]

#: The tables whose rows are facts.
FACTS = tuple(table for table in TABLES if table.rests_on_claims)


def row_ids(table: Table, rows: pd.DataFrame) -> list[str]:
    """Each row's id: its key, with `/` between the values where it has several."""
    return ["/".join(key) for key in rows[list(table.key)].itertuples(index=False, name=None)]


def _cells_of_conflicts(tables: Tables) -> Iterator[Fault]:
    known = {
        name: dict(zip(row_ids(TABLE_BY_NAME[name], rows), rows.to_dict("records"), strict=True))
        for name, rows in tables.items()
        if not rows.attrs.get("unread")
    }
    for line, cells in tables["conflicts"]["cells"].items():
        for cell in cells.split(";") if cells else ():
            table, _, rest = cell.partition("/")
            row_id, _, column = rest.rpartition("/")
            if table not in TABLE_BY_NAME:
                yield Fault("conflicts.csv", line, "cells", cell, f"a table, one of {', '.join(TABLE_BY_NAME)}")
            elif table not in known:
                continue
            elif row_id not in known[table]:
                yield Fault("conflicts.csv", line, "cells", cell, f"the id of a row of {table}")
            elif column not in TABLE_BY_NAME[table].column_names or column == "claim_ids":
                yield Fault("conflicts.csv", line, "cells", cell, f"a column of {table} that says something")
            elif not known[table][row_id][column]:
                yield Fault("conflicts.csv", line, "cells", cell, "a cell that is filled")


def _cell_claims(tables: Tables) -> Iterator[Fault]:
    """Each entry names a filled cell of a fact, and claims among those of its row."""
    rows = {
        table.name: dict(zip(row_ids(table, tables[table.name]), tables[table.name].to_dict("records"), strict=True))
        for table in FACTS
    }
    for entry in tables["cell_claims"].itertuples():

        def fault(column: str, expected: str, entry=entry) -> Fault:
            return Fault("cell_claims.csv", entry.Index, column, getattr(entry, column), expected)

        if entry.table not in rows:
            yield fault("table", f"a table of facts, one of {', '.join(rows)}")
            continue
        if tables[entry.table].attrs.get("unread"):
            continue
        row = rows[entry.table].get(entry.row_id)
        if row is None:
            yield fault("row_id", f"the id of a row of {entry.table}")
            continue
        name, _, item = entry.column.partition("/")
        column = next((column for column in TABLE_BY_NAME[entry.table].cells if column.name == name), None)
        if column is None:
            yield fault("column", f"a column of {entry.table} that says something")
        elif not row[name]:
            yield fault("column", "a cell that is filled: a blank one needs no claim")
        elif item and (column.type != "list" or item not in row[name].split(";")):
            yield fault("column", f"`{name}`, or an item of that list")
        for claim_id in entry.claim_ids.split(";"):
            if claim_id not in row["claim_ids"].split(";"):
                yield Fault(
                    "cell_claims.csv",
                    entry.Index,
                    "claim_ids",
                    claim_id,
                    f"one of the claims of its row: {row['claim_ids']}",
                )


CELL_RULES = (_cells_of_conflicts, _cell_claims)
