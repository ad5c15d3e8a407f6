"""The cells of a fact, one by one: what each says in words, what bears it out, and who disagrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from two_shields.contract.rules import row_ids
from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.contract.table import Column
from two_shields.contract.vocabulary import GRADES, HEADLINE
from two_shields.record.cache import cached
from two_shields.record.evidence_filter import claims_of_cells, is_blank
from two_shields.record.table import grouped, tuples
from two_shields.text import dates, phrases

if TYPE_CHECKING:
    from two_shields.record.record import Record

#: Grades that are weak alone.
WEAK = frozenset(code for code, grade in GRADES.items() if grade.weak)
#: What a column is called before its value; others by their own name.
TITLES: Mapping[str, str] = {
    "amount_eur": "Amount",
    "from_iso3": "From",
    "initiative_id": "Initiative",
    "initiative_ids": "Initiatives",
    "iso3": "Country",
    "lead_iso3": "Led by",
    "max_range_km": "Range",
    "origin_iso3": "Origin",
    "part_of": "Part of",
    "period_end": "Period to",
    "period_start": "Period from",
    "range_of": "Range of what",
    "system_id": "System",
    "system_ids": "Systems",
    "to_iso3": "To",
}


@dataclass(frozen=True)
class Cell:
    """One filled cell of a fact.

    `title: value` tells it; `claim_ids` bear it out. `inferred`: all of these are, or it is a date that is. `weak`: all
    are of grade C or D. `headline_only`: all stand in a headline alone. `conflict_ids` are the conflicts about it.
    """

    table: str
    row_id: str
    column: str
    title: str
    value: str
    claim_ids: tuple[str, ...]
    conflict_ids: tuple[str, ...]
    inferred: bool
    weak: bool
    headline_only: bool

    @property
    def is_core(self) -> bool:
        """Whether its row would say nothing without it."""
        core = TABLE_BY_NAME[self.table].core
        return not core or self.column in core

    @property
    def disputed(self) -> bool:
        return bool(self.conflict_ids)


@cached(most=4_096)
def cells(record: Record, table: str, row_id: str) -> tuple[Cell, ...]:
    """The filled cells of a fact that claims bear out, in the table's order; raises `KeyError` for a row that is not."""
    schema = TABLE_BY_NAME[table]
    row = rows_by_id(record, table)[row_id]
    entries, said, disputes = _entries(record), _claims(record), conflicts_by_cell(record)
    found = []
    for column in schema.borne_out:
        if is_blank(row[column.name]):
            continue
        place = (table, row_id, column.name)
        ids = entries.get(place) or _of_items(entries, place, row[column.name]) or row["claim_ids"]
        claims = [said[claim_id] for claim_id in ids]
        found.append(
            Cell(
                *place,
                title(column),
                _words(record, column, row),
                ids,
                disputes.get("/".join(place), ()),
                row.get("date_basis") == "inferred"
                if column.name == "date"
                else all(claim.certainty == "inferred" for claim in claims),
                all(record.sources_of_claims[claim_id].grade in WEAK for claim_id in ids),
                all(claim.said_by == HEADLINE for claim in claims),
            )
        )
    return tuple(found)


def title(column: Column) -> str:
    if column.name == "iso3" and column.type == "list":
        return "Countries"
    return TITLES.get(column.name, column.name.replace("_", " ").capitalize())


@cached(most=32)
def rows_by_id(record: Record, table: str) -> Mapping[str, Mapping[str, Any]]:
    rows = record.tables[table]
    found = zip(row_ids(TABLE_BY_NAME[table], rows), rows.to_dict("records"), strict=True)
    return MappingProxyType({row_id: MappingProxyType(row) for row_id, row in found})


@cached(most=1)
def conflicts_by_cell(record: Record) -> Mapping[str, tuple[str, ...]]:
    return grouped((cell, row.conflict_id) for row in tuples(record.disagreements) for cell in row.cells)


def cells_of_facts(record: Record, facts: Iterable[str]) -> tuple[Cell, ...]:
    """The cells of facts, each `table/row_id`, or of one cell of a fact, `table/row_id/column`."""
    found: list[Cell] = []
    for fact in facts:
        table, _, rest = fact.partition("/")
        row_id, _, column = rest.rpartition("/")
        if rest in rows_by_id(record, table):
            found += cells(record, table, rest)
        else:
            found += [cell for cell in cells(record, table, row_id) if cell.column == column]
    return tuple(found)


@cached(most=1)
def _entries(record: Record) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
    return MappingProxyType(dict(claims_of_cells(record.tables)))


@cached(most=1)
def _claims(record: Record) -> Mapping[str, Any]:
    rows = record.tables["claims"][["claim_id", "certainty", "said_by"]]
    return MappingProxyType({row.claim_id: row for row in tuples(rows)})


def _of_items(entries: Mapping, place: tuple[str, str, str], value: Any) -> tuple[str, ...]:
    """The claims of a list's items together, where they have claims of their own."""
    if not isinstance(value, tuple):
        return ()
    lists = (entries.get((*place[:2], f"{place[2]}/{item}"), ()) for item in value)
    return tuple(dict.fromkeys(claim_id for ids in lists for claim_id in ids))


def _words(record: Record, column: Column, row: Mapping[str, Any]) -> str:
    value = row[column.name]
    if column.type == "list":
        return phrases.join([_word(record, column, item) for item in value])
    if column.name == "amount_eur":
        return phrases.euros(value)
    if column.name == "max_range_km":
        return f"{value:g} km"
    if column.name == "quantity":
        return f"{value:g} {row['unit']}".rstrip()
    if column.type in ("integer", "number"):
        return f"{value:g}" if not pd.isna(value) else ""
    return _word(record, column, value)


def _word(record: Record, column: Column, value: str) -> str:
    if column.type == "date":
        return dates.words(value)
    if column.enum:
        return column.enum[value].label
    if column.name == "donor" or column.refers_to == "countries.iso3":
        return record.country_names.get(value, value)
    names = {"initiatives.initiative_id": record.initiative_names, "systems.system_id": record.system_names}
    return names.get(column.refers_to, {}).get(value, value)
