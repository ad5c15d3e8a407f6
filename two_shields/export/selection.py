"""Rows of a table by address: which parameters of the views select rows of which table, and by which columns.

A selection is a view of one table: it has the pages' own parameters, read from a link by the pages' own parser. Where a
page filters its rows by a parameter, the table is filtered in the same sense.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from two_shields.contract.schema import TABLES
from two_shields.contract.table import Table
from two_shields.domain import membership, search
from two_shields.record.record import Record, where
from two_shields.record.table import tuples
from two_shields.state.parameters import DATA, View
from two_shields.state.views import PARAMETERS
from two_shields.text import dates


@dataclass(frozen=True)
class Rule:
    """How a parameter chooses rows: `words` say it to a reader, `keeps` says it of each row."""

    words: str
    keeps: Callable[[Record, pd.DataFrame, Any], Iterable[bool]]


def _among(*columns: str, what: str = "one of them") -> Rule:
    """One of the codes stands in one of the columns, or in its list."""

    def keeps(_: Record, rows: pd.DataFrame, codes: Any) -> Iterable[bool]:
        wanted = {codes} if isinstance(codes, str) else set(codes)
        for cells in tuples(rows[list(columns)]):
            yield any(not wanted.isdisjoint((cell,) if isinstance(cell, str) else cell) for cell in cells)

    return Rule(f"{' or '.join(f'`{column}`' for column in columns)} holds {what}", keeps)


def _known_by(column: str, *, undated: bool) -> Rule:
    """What the column dates had surely happened by the day."""
    words = f"`{column}` is by that day at the latest" + ("; rows without a date stay" if undated else "")
    return Rule(words, lambda _, rows, day: (dates.latest(text) <= day if text else undated for text in rows[column]))


def _period(*ends: str, begins: str) -> dict[str, Rule]:
    """The period from one column to the first of the others that is filled lies at least partly between the days."""

    def span(row: Any) -> tuple[date | None, date | None]:
        first = getattr(row, begins)
        last = next(filter(None, (getattr(row, end) for end in ends)), "")
        last_day = dates.latest(last) if last else None
        return (dates.earliest(first) if first else last_day), last_day

    def since(_: Record, rows: pd.DataFrame, day: date) -> Iterable[bool]:
        return (last is None or last >= day for _, last in map(span, tuples(rows)))

    def until(_: Record, rows: pd.DataFrame, day: date) -> Iterable[bool]:
        return (first is None or first <= day for first, _ in map(span, tuples(rows)))

    last = " or ".join(f"`{end}`" for end in ends)
    return {
        "from": Rule(f"{last} is not before that day; rows without a date stay", since),
        "to": Rule(f"`{begins}` is not after that day; rows without a date stay", until),
    }


_SEARCH = Rule(
    "`statement`, `said_by`, `note`, or its source's title or publisher has all of the words",
    lambda record, rows, q: rows["claim_id"].isin([*search.found(record, q)]),
)
_CLAIM = {"claim": _among("claim_ids", what="it")}

#: By table and by the parameter's name in the link. `evidence` and `data` apply to all, and are not repeated.
RULES: Mapping[str, Mapping[str, Rule]] = {
    "sources": {"source": _among("source_id")},
    "claims": {"q": _SEARCH, "source": _among("source_id"), "claim": _among("claim_id", what="it")},
    "conflicts": _CLAIM,
    "cell_claims": _CLAIM,
    "countries": {"country": _among("iso3")},
    "initiatives": {"initiative": _among("initiative_id"), **_CLAIM},
    "memberships": {
        "initiative": _among("initiative_id"),
        "country": _among("iso3"),
        "as_of": Rule(
            "`date`, or where it is blank the publication of the first to tell, is by that day at the latest",
            lambda record, rows, day: rows.index.isin(membership.changes(record, day).index),
        ),
        **_CLAIM,
    },
    "member_counts": {
        "initiative": _among("initiative_id"),
        "as_of": _known_by("date", undated=False),
        **_CLAIM,
    },
    "systems": {"system": _among("system_id"), **_CLAIM},
    "initiative_systems": {"initiative": _among("initiative_id"), "system": _among("system_id"), **_CLAIM},
    "transfers": {
        "system": _among("system_id"),
        "stage": _among("stage"),
        "country": _among("from_iso3", "to_iso3"),
        "as_of": _known_by("date", undated=True),
        **_CLAIM,
    },
    "aid": {
        "donor": _among("donor"),
        "kind": _among("kind"),
        **_period("period_end", "as_of", begins="period_start"),
        **_CLAIM,
    },
    "aid_monthly": {"donor": _among("donor"), "kind": _among("kind"), **_period("month", begins="month")},
    "events": {
        "topic": _among("topic"),
        "country": _among("iso3"),
        "initiative": _among("initiative_ids"),
        "system": _among("system_ids"),
        **_period("date", begins="date"),
        **_CLAIM,
    },
}
EVIDENCE_WORDS = "`articles` leaves what the five articles bear out"
DATA_WORDS = "the table as that version of the data has it"


def _of_table(table: Table) -> type[View]:
    chosen = [PARAMETERS[name] for name in (*RULES.get(table.name, ()), "evidence", DATA)]
    fields = [
        (f"{one.name}_", Any, dataclasses.field(default=one.default, metadata={"parameter": one})) for one in chosen
    ]
    namespace = {"path": f"data/{table.name}.csv", "title": table.title, "question": table.description}
    return dataclasses.make_dataclass(
        f"{table.name}_selection", fields, bases=(View,), namespace=namespace, frozen=True
    )


SELECTIONS: Mapping[str, type[View]] = {table.name: _of_table(table) for table in TABLES}


def words(table: str) -> dict[str, str]:
    return {name: rule.words for name, rule in RULES.get(table, {}).items()} | {
        "evidence": EVIDENCE_WORDS,
        DATA: DATA_WORDS,
    }


def rows(record: Record, table: str, chosen: View) -> pd.DataFrame:
    """The table's rows that a selection of it keeps, in their order; all parameters apply together."""
    values = chosen.values()
    filtered = record.only(values["evidence"])
    found = filtered[table]
    wanted = pd.Series(True, index=found.index)
    for name, rule in RULES.get(table, {}).items():
        if values[name]:
            wanted &= where(rule.keeps(filtered, found, values[name]))
    return found[wanted]
