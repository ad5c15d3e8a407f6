"""The contract's rules of single cells: which claims bear a cell out, and which cells a conflict is about."""

from collections.abc import Iterator, Mapping
from functools import partial

import pandas as pd

from two_shields.contract.fault import Fault
from two_shields.contract.schema import TABLE_BY_NAME, TABLES
from two_shields.contract.table import Column, Table

Tables = Mapping[str, pd.DataFrame]

#: The tables whose rows are facts.
FACTS = tuple(table for table in TABLES if table.rests_on_claims)


def row_ids(table: Table, rows: pd.DataFrame) -> list[str]:
    """Each row's id: its key, with `/` between the values where it has several."""
    keys = rows[list(table.key)].itertuples(index=False, name=None)
    return ["/".join(str(value).lower() if isinstance(value, bool) else value for value in key) for key in keys]


def _cells_of_conflicts(tables: Tables) -> Iterator[Fault]:
    known = {
        name: dict(zip(row_ids(TABLE_BY_NAME[name], rows), rows.to_dict("records"), strict=True))
        for name, rows in tables.items()
        if not rows.attrs.get("unread")
    }
    conflicts = tables["conflicts"]
    for line, cells, claim_ids in zip(conflicts.index, conflicts["cells"], conflicts["claim_ids"], strict=True):
        claims = set(claim_ids.split(";"))
        if len(claims) < 2:
            yield Fault(
                "conflicts.csv", line, "claim_ids", claim_ids, "two claims at least, which cannot both be right"
            )
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
            elif claims.isdisjoint([row_id, *known[table][row_id].get("claim_ids", "").split(";")]):
                yield Fault("conflicts.csv", line, "cells", cell, "a cell of a row that rests on one of these claims")


def _cell_claims(tables: Tables) -> Iterator[Fault]:
    """Each entry names a filled cell of a fact, and claims among those of its row."""
    rows = {
        table.name: dict(zip(row_ids(table, tables[table.name]), tables[table.name].to_dict("records"), strict=True))
        for table in FACTS
    }
    fault = partial(Fault.of, "cell_claims")
    for entry in tables["cell_claims"].itertuples():
        if entry.table not in rows:
            yield fault(entry, "table", f"a table of facts, one of {', '.join(rows)}")
            continue
        if tables[entry.table].attrs.get("unread"):
            continue
        row = rows[entry.table].get(entry.row_id)
        if row is None:
            yield fault(entry, "row_id", f"the id of a row of {entry.table}")
            continue
        name, _, item = entry.column.partition("/")
        column = next((column for column in TABLE_BY_NAME[entry.table].cells if column.name == name), None)
        if column is None:
            yield fault(entry, "column", f"a column of {entry.table} that says something")
        elif not row[name]:
            yield fault(entry, "column", "a cell that is filled: a blank one needs no claim")
        elif item and (column.type != "list" or item not in row[name].split(";")):
            yield fault(entry, "column", f"`{name}`, or an item of that list")
        for claim_id in entry.claim_ids.split(";"):
            if claim_id not in row["claim_ids"].split(";"):
                expected = f"one of the claims of its row: {row['claim_ids']}"
                yield Fault("cell_claims.csv", entry.Index, "claim_ids", claim_id, expected)


def _cells_without_claims(tables: Tables) -> Iterator[Fault]:
    """Of a row that rests on articles and on the public record, each cell says which claims bear it out."""
    corpus = dict(zip(tables["sources"]["source_id"], tables["sources"]["corpus"], strict=True))
    claims = tables["claims"]
    corpus_of = {row.claim_id: corpus.get(row.source_id) for row in claims.itertuples(index=False)}
    listed = tables["cell_claims"]
    if any(tables[name].attrs.get("unread") for name in ("sources", "claims", "cell_claims")):
        return
    entries = set(zip(listed["table"], listed["row_id"], listed["column"], strict=True))
    for table in FACTS:
        rows = tables[table.name]
        for line, row_id, row in zip(rows.index, row_ids(table, rows), rows.to_dict("records"), strict=True):
            if len({corpus_of.get(claim_id) for claim_id in row["claim_ids"].split(";")} - {None}) < 2:
                continue
            for column in table.borne_out:
                if row[column.name] and not _has_claims((table.name, row_id), column, row[column.name], entries):
                    expected = (
                        f"a row in cell_claims that says which of its row's claims bear the cell out: "
                        f"{table.name},{row_id},{column.name},…"
                    )
                    yield Fault(f"{table.name}.csv", line, column.name, row[column.name], expected)


def _has_claims(row: tuple[str, str], column: Column, cell: str, entries: set[tuple[str, str, str]]) -> bool:
    if (*row, column.name) in entries:
        return True
    return column.type == "list" and all((*row, f"{column.name}/{item}") in entries for item in cell.split(";"))


CELL_RULES = (_cells_of_conflicts, _cell_claims, _cells_without_claims)
