"""What a mark shows, cell by cell: each value in words, the sources that bear it out, and who disagrees."""

from collections.abc import Iterable
from itertools import groupby

import pandas as pd
import streamlit as st

from two_shields.charts.style import DISPUTED
from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.contract.vocabulary import CONFLICT_REASONS
from two_shields.record.cells import Cell, cells_of_facts
from two_shields.record.record import Record
from two_shields.text import dates, phrases
from two_shields.ui.markdown import escape_markdown

#: As many facts stand open, a frame each; of more, each is a line that unfolds.
FACTS_AT_ONCE = 4
#: As many sources are named beside a value; the claims below name all.
MOST_SOURCES = 4


def of_facts(facts: Iterable[str], record: Record) -> frozenset[str]:
    """Show the cells of facts (`table/row_id[/column]`); the ids of the conflicts that were told with them."""
    rows = [
        list(cells) for _, cells in groupby(cells_of_facts(record, facts), key=lambda cell: (cell.table, cell.row_id))
    ]
    told: set[str] = set()
    for cells in rows:
        about = {conflict_id for cell in cells for conflict_id in cell.conflict_ids}
        is_folded = len(rows) > FACTS_AT_ONCE
        with st.expander(_name(cells)) if is_folded else st.container(border=True, gap="xsmall"):
            st.markdown("\n\n".join(_lines(cells, record)))
            disagreements(record["conflicts"][record["conflicts"]["conflict_id"].isin(about - told)], record)
        told |= about
    return frozenset(told)


def _name(cells: list[Cell]) -> str:
    """A fact in a line: what it would be nothing without, and its date."""
    core = (*TABLE_BY_NAME[cells[0].table].core, "date")
    said = [cell.value for cell in cells if cell.column in core] or [cells[0].value]
    return escape_markdown(" · ".join(said)) + (f" {DISPUTED}" if any(cell.disputed for cell in cells) else "")


def _lines(cells: list[Cell], record: Record) -> Iterable[str]:
    """`**Status:** signed memorandum`, and under it its sources; neighbours that rest on the same claims share a line."""
    for claim_ids, same in groupby(cells, key=lambda cell: cell.claim_ids):
        same = list(same)
        values = " · ".join(
            f"**{escape_markdown(cell.title)}:** {escape_markdown(cell.value)}{_badges(cell, same)}" for cell in same
        )
        common = "".join(badge for badge in _of_all(same))
        yield f"{values}{common}  \n:small[{sources(claim_ids, record)}]"


def _badges(cell: Cell, beside: list[Cell]) -> str:
    inferred = " :gray-badge[inferred]" if cell.inferred and not all(one.inferred for one in beside) else ""
    return inferred + (f" :orange-badge[{DISPUTED} sources disagree]" if cell.disputed else "")


def _of_all(cells: list[Cell]) -> Iterable[str]:
    """What is true of every cell of a line is said once, behind it."""
    if all(cell.inferred for cell in cells):
        yield " :gray-badge[inferred]"
    if all(cell.weak for cell in cells):
        yield " :orange-badge[? weak sources alone]"
    if all(cell.headline_only for cell in cells):
        yield " :gray-badge[from a headline alone]"


def sources(claim_ids: Iterable[str], record: Record) -> str:
    """`NATO, 13 October 2022; Military View, 2023, paragraphs 1 and 5`, each a link to its page, as Markdown."""
    claims = record.claims.loc[[claim_id for claim_id in claim_ids if claim_id in record.claims.index]]
    named = [_source(rows) for _, rows in claims.groupby("source_id", sort=False)]
    rest = f" and {len(named) - MOST_SOURCES} more" if len(named) > MOST_SOURCES else ""
    return "; ".join(named[:MOST_SOURCES]) + rest


def _source(claims: pd.DataFrame) -> str:
    first = claims.iloc[0]
    name = ", ".join(filter(None, (first["source_publisher"], dates.words(first["source_published"]))))
    numbers = [str(number) for number in sorted(set(claims["paragraph"].dropna()))]
    place = f", paragraph{'s' if len(numbers) > 1 else ''} {phrases.join(numbers)}" if numbers else ""
    return (
        f"[{escape_markdown(name)}]({first['source_url']})" if first["source_url"] else escape_markdown(name)
    ) + place


def disagreements(rows: pd.DataFrame, record: Record) -> None:
    """Rows of `conflicts`: what each of its sources says, why they differ, and which value is shown."""
    for row in rows.itertuples():
        sides = "\n".join(
            f"- {sources([claim_id], record)}: {escape_markdown(record.claims.at[claim_id, 'statement'])}"
            for claim_id in row.claim_ids
            if claim_id in record.claims.index
        )
        st.markdown(f":material/balance: **{DISPUTED} {escape_markdown(row.topic)}**")
        why = f"{CONFLICT_REASONS[row.reason].label.capitalize()}. {escape_markdown(row.explanation)}"
        st.caption(f"{sides}\n\n{why} **Shown here:** {escape_markdown(row.shown)}")
