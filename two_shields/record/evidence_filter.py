"""The record with some sources taken away: of each fact, the cells that a claim of the others bears out.

Which claims bear a cell out is told by `cell_claims`, and by the row where that is silent. Nothing is read from words:
a cell stays as it is, or goes; only a date may become shorter, by the dates of the claims that stay. A row that loses
one of its core cells is no row any more, and a conflict that loses a claim is no conflict.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from two_shields.contract.rules import row_ids
from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.contract.table import DISPUTED, Column, Table
from two_shields.record.table import tuples
from two_shields.text import dates

Tables = Mapping[str, pd.DataFrame]
#: The claims that bear a cell out, by table, row and column; those of one item of a list by `column/item`.
CellClaims = Mapping[tuple[str, str, str], tuple[str, ...]]
#: The claims that stay, by id: their date and its basis.
ClaimDates = Mapping[str, tuple[str, str]]


def claims_of_cells(tables: Tables) -> CellClaims:
    return {(row.table, row.row_id, row.column): row.claim_ids for row in tuples(tables["cell_claims"])}


def filtered(tables: Tables, corpora: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    sources = set(tables["sources"].loc[tables["sources"]["corpus"].isin(corpora), "source_id"])
    result = {
        name: rows[rows["source_id"].isin(sources)] if "source_id" in rows.columns else rows
        for name, rows in tables.items()
    }
    ids, days, bases = (result["claims"][name].tolist() for name in ("claim_id", "date", "date_basis"))
    dates_of = dict(zip(ids, zip(days, bases, strict=True), strict=True))
    # Half a disagreement is none.
    conflicts = tables["conflicts"]
    result["conflicts"] = conflicts[conflicts["claim_ids"].map(set(dates_of).issuperset)]
    disputed = {cell for cells in result["conflicts"]["cells"] for cell in cells}
    entries = claims_of_cells(tables)
    for name, rows in tables.items():
        if TABLE_BY_NAME[name].rests_on_claims:
            result[name] = _facts(TABLE_BY_NAME[name], rows, dates_of, entries, disputed)
    cells = tables["cell_claims"]
    cells = cells.assign(claim_ids=[_still(ids, dates_of) for ids in cells["claim_ids"]])
    result["cell_claims"] = cells[cells["claim_ids"].map(bool)]
    if "record" not in corpora:
        # What was found and left out was found for the public record.
        result["left_out"] = tables["left_out"].iloc[:0]
    _drop_dangling(result)
    _drop_gone_cells(result)
    return {name: rows.reset_index(drop=True) for name, rows in result.items()}


def _still(claim_ids: tuple[str, ...], dates_of: ClaimDates) -> tuple[str, ...]:
    return tuple(claim_id for claim_id in claim_ids if claim_id in dates_of)


def _facts(
    table: Table, facts: pd.DataFrame, dates_of: ClaimDates, entries: CellClaims, disputed: set[str]
) -> pd.DataFrame:
    # Most rows lose all their claims with the public record: these need no look at their cells.
    facts = facts[pd.Series([any(i in dates_of for i in ids) for ids in facts["claim_ids"]], facts.index, dtype=bool)]
    rows, stay = [], []
    for row_id, row in zip(row_ids(table, facts), facts.to_dict("records"), strict=True):
        whole = row["claim_ids"]
        claim_ids = _still(whole, dates_of)
        if claim_ids != whole:
            row |= dict(_cells(table, row_id, row, dates_of, entries)) | {"claim_ids": claim_ids}
            for column in table.borne_out:
                if (
                    column.enum
                    and row[column.name] == DISPUTED
                    and f"{table.name}/{row_id}/{column.name}" not in disputed
                ):
                    row[column.name] = ""
        rows.append(row)
        stay.append(not any(is_blank(row[name]) for name in table.core))
    narrowed = pd.DataFrame(rows, columns=facts.columns, index=facts.index).astype(facts.dtypes)
    return narrowed[pd.Series(stay, index=facts.index, dtype=bool)]


def _cells(
    table: Table, row_id: str, row: Mapping[str, Any], dates_of: ClaimDates, entries: CellClaims
) -> Iterator[tuple]:
    """The cells of a row that lost claims, as those that stay bear them out."""
    for column in table.borne_out:
        value = row[column.name]
        if is_blank(value):
            continue
        whole = entries.get((table.name, row_id, column.name), row["claim_ids"])
        claim_ids = _still(whole, dates_of)
        if column.type == "list":
            items = {item: entries.get((table.name, row_id, f"{column.name}/{item}"), whole) for item in value}
            yield column.name, tuple(item for item, ids in items.items() if _still(ids, dates_of))
        elif column.name == "date" and claim_ids != whole:
            day, basis = _date(value, [dates_of[claim_id] for claim_id in claim_ids])
            yield "date", day
            if "date_basis" in row:
                yield "date_basis", basis
        elif not claim_ids:
            yield from _blanked(table, column, row)


def _blanked(table: Table, column: Column, row: Mapping[str, Any]) -> Iterator[tuple]:
    """A cell that nothing bears out, and what only qualifies it; an initiative still has its short name."""
    if (table.name, column.name) == ("initiatives", "name"):
        yield "name", row["short_name"]
        return
    for blank in (column, *(other for other in table.columns if other.with_ == column.name)):
        yield blank.name, None if blank.type in ("integer", "number") else ""


def _date(day: str, claims: list[tuple[str, str]]) -> tuple[str, str]:
    """The longest part of a date that the claims have, with its basis."""
    found = [
        (day if dates.agrees(claimed, day) else claimed, basis)
        for claimed, basis in claims
        if claimed and (dates.agrees(claimed, day) or dates.agrees(day, claimed))
    ]
    return max(found, key=lambda pair: (len(pair[0]), pair[1] == "stated"), default=("", ""))


def is_blank(value: Any) -> bool:
    """Whether a cell says nothing; zero and false say something."""
    return not value if isinstance(value, str | tuple) else bool(pd.isna(value))


def _drop_dangling(tables: dict[str, pd.DataFrame]) -> None:
    """Nothing refers to a row that went; a kind of range goes with its range."""
    for name, rows in list(tables.items()):
        for column in TABLE_BY_NAME[name].columns:
            if not column.refers_to or column.name == "claim_ids":
                continue
            table, target = column.refers_to.split(".")
            known = set(tables[table][target])
            if column.type == "list":
                cells = rows[column.name].map(lambda items, known=known: tuple(i for i in items if i in known))
                rows = rows.assign(**{column.name: cells})
            elif column.required:
                rows = rows[rows[column.name].isin(known)]
            else:
                rows = rows.assign(**{column.name: rows[column.name].where(rows[column.name].isin(known), "")})
        tables[name] = rows
    systems = tables["systems"]
    tables["systems"] = systems.assign(range_of=systems["range_of"].where(systems["max_range_km"].notna(), ""))


def _drop_gone_cells(tables: dict[str, pd.DataFrame]) -> None:
    """No entry and no conflict names a cell that went."""
    filled = {
        (name, row_id): {column for column, value in row.items() if not is_blank(value)}
        for name, rows in tables.items()
        for row_id, row in zip(row_ids(TABLE_BY_NAME[name], rows), rows.to_dict("records"), strict=True)
    }

    def stands(table: str, row_id: str, column: str) -> bool:
        return column in filled.get((table, row_id), ())

    def named(cell: str) -> bool:
        table, _, rest = cell.partition("/")
        return stands(table, *rest.rpartition("/")[::2])

    cells, conflicts = tables["cell_claims"], tables["conflicts"]
    entries = zip(cells["table"], cells["row_id"], cells["column"], strict=True)
    standing = [stands(table, row_id, column.partition("/")[0]) for table, row_id, column in entries]
    tables["cell_claims"] = cells[pd.Series(standing, index=cells.index, dtype=bool)]
    tables["conflicts"] = conflicts.assign(cells=[tuple(filter(named, listed)) for listed in conflicts["cells"]])
