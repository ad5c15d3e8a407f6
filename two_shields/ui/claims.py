"""Evidence, the same everywhere: what a fact rests on, claim by claim, who disagrees, and how to report an error."""

from collections.abc import Iterable
from itertools import groupby

import pandas as pd
import streamlit as st

from two_shields.charts.style import DISPUTED
from two_shields.contract.project import contact
from two_shields.contract.schema import TABLE_BY_NAME
from two_shields.contract.vocabulary import CERTAINTIES, CONFLICT_REASONS, GRADES
from two_shields.exhibits.frame import WEAK
from two_shields.record.cells import Cell, cells_of_facts
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.parameters import View
from two_shields.state.views import EvidenceView
from two_shields.text import dates, phrases
from two_shields.ui import links, share
from two_shields.ui.markdown import escape_markdown

#: As many facts stand open, a frame each; of more, each is a line that unfolds.
FACTS_AT_ONCE = 4
#: As many sources are named beside a value; the claims below name all.
MOST_SOURCES = 4


def _facts(facts: Iterable[str], record: Record) -> frozenset[str]:
    """Show the cells of facts (`table/row_id[/column]`); the ids of the conflicts that were told with them."""
    rows = [
        list(cells) for _, cells in groupby(cells_of_facts(record, facts), key=lambda cell: (cell.table, cell.row_id))
    ]
    shown: set[str] = set()
    for cells in rows:
        about = {conflict_id for cell in cells for conflict_id in cell.conflict_ids}
        is_folded = len(rows) > FACTS_AT_ONCE
        with st.expander(_name(cells)) if is_folded else st.container(border=True, gap="xsmall"):
            st.markdown("\n\n".join(_lines(cells, record)))
            _disagreements(record["conflicts"][record["conflicts"]["conflict_id"].isin(about - shown)], record)
        shown |= about
    return frozenset(shown)


def _name(cells: list[Cell]) -> str:
    core = (*TABLE_BY_NAME[cells[0].table].core, "date")
    values = [cell.value for cell in cells if cell.column in core] or [cells[0].value]
    return escape_markdown(" · ".join(values)) + (f" {DISPUTED}" if any(cell.disputed for cell in cells) else "")


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


def _disagreements(rows: pd.DataFrame, record: Record) -> None:
    """Rows of `conflicts`: what each of its sources says, why they differ, and which value is shown."""
    for row in tuples(rows):
        sides = "\n".join(
            f"- {sources([claim_id], record)}: {escape_markdown(record.claims.at[claim_id, 'statement'])}"
            for claim_id in row.claim_ids
            if claim_id in record.claims.index
        )
        st.markdown(f":material/balance: **{DISPUTED} {escape_markdown(row.topic)}**")
        why = f"{CONFLICT_REASONS[row.reason].label.capitalize()}. {escape_markdown(row.explanation)}"
        st.caption(f"{sides}\n\n{why} **Shown here:** {escape_markdown(row.shown)}")


#: As many stand open; the rest is folded away.
CLAIMS_AT_ONCE, CONFLICTS_AT_ONCE = 5, 3


def evidence(claim_ids: Iterable[str], record: Record, *, facts: Iterable[str] = ()) -> None:
    """What something rests on: its cells or else a warning where all is weak, its claims, who disagrees."""
    rows = record.claims.loc[list(dict.fromkeys(claim_ids))].sort_values("source_corpus", kind="stable")
    if len(rows) and not facts and rows["source_grade"].isin(WEAK).all():
        st.badge("Weakly sourced: republications or unknown outlets alone", icon=":material/warning:", color="orange")
    shown = _facts(facts, record) if facts else frozenset()
    if facts:
        st.markdown(f"**{phrases.count(len(rows), 'claim')} in full**")
    for _, row in rows.iloc[:CLAIMS_AT_ONCE].iterrows():
        claim(row, record)
    if (more := len(rows) - CLAIMS_AT_ONCE) > 0:
        with st.expander(phrases.count(more, "more claim", "more claims")):
            for _, row in rows.iloc[CLAIMS_AT_ONCE:].iterrows():
                claim(row, record)
    disagreements = record.conflicts_of(rows.index)
    disagreements = disagreements[~disagreements["conflict_id"].isin(shown)]
    at_once = 0 if facts else CONFLICTS_AT_ONCE  # those about the cells stand beside them
    conflicts(disagreements.iloc[:at_once])
    if (more := len(disagreements) - at_once) > 0:
        with st.expander(
            phrases.count(more, "more disagreement that touches this", "more disagreements that touch this")
        ):
            conflicts(disagreements.iloc[at_once:])


def claim(row: pd.Series, record: Record, to: View | None = None) -> None:
    """One row of `Record.claims`: its words, its place, the way to its own address, and how to report an error in it."""
    claim_id = row["claim_id"]
    with st.container(gap="xxsmall", key=links.unique(f"claim:{claim_id}")):
        st.markdown(f"{escape_markdown(row['statement'])}  \n:small[{_said(row)}]")
        disputed = f" {DISPUTED}\u00a0Sources\u00a0disagree." if record.conflict_ids_of((claim_id,)) else ""
        note = f"  \n{escape_markdown(row['note'])}" if row["note"] else ""
        st.caption(_place(row) + disputed + note)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            links.link("This claim", to or EvidenceView(claim=claim_id, evidence=links.evidence_here()))
            report(f"Claim {claim_id}", record)


def conflicts(rows: pd.DataFrame) -> None:
    """Rows of `conflicts`: what sources disagree about, why, and which of them the charts use."""
    for row in tuples(rows):
        st.markdown(
            f":material/balance: **{DISPUTED} {escape_markdown(row.topic)}** ({CONFLICT_REASONS[row.reason].label}). "
            f"{escape_markdown(row.explanation)} *Shown here:* {escape_markdown(row.shown)}"
        )


def series(source_id: str, record: Record) -> None:
    """Where a value of a published series comes from, which no claim repeats."""
    source = record["sources"].set_index("source_id").loc[source_id]
    st.markdown(
        f"A value of the series {titled(source['title'], source['url'])}, {escape_markdown(source['publisher'])}."
    )
    st.caption(escape_markdown(source["note"]))
    report(f"Source {source_id}", record)


def report(what: str, record: Record) -> None:
    """A text to send to whoever answers for the site: what is meant, on which page, in which data."""
    with st.popover(
        "Report an error",
        type="tertiary",
        icon=":material/flag:",
        key=links.unique(f"report:{what}"),
        on_change="rerun",
    ) as opened:
        if opened.open:
            st.caption(f"Copy this text, say what is wrong and how you know, and send it to {contact()}.")
            text = f"{what}\nSeen at {share.address(links.view_here())}\nData version {record.data_version}\nWhat is wrong:"
            st.code(text, language=None, wrap_lines=True)


def _said(row: pd.Series) -> str:
    parts = [CERTAINTIES[row["certainty"]].label]
    if row["said_by"]:
        parts.insert(0, f"said by {escape_markdown(row['said_by'])}")
    if row["date"]:
        parts.append(dates.based(row["date"], row["date_basis"]))
    return " · ".join(parts)


def _place(row: pd.Series) -> str:
    paragraph = f"Paragraph {row['paragraph']} of " if pd.notna(row["paragraph"]) else ""
    published = f", {dates.words(row['source_published'])}" if row["source_published"] else ""
    return (
        f"{paragraph}{titled(row['source_title'], row['source_url'])}, {escape_markdown(row['source_publisher'])}"
        f"{published}; grade {row['source_grade']}: {GRADES[row['source_grade']].label}. `{row['claim_id']}`"
    )


def titled(title: str, url: str) -> str:
    words = escape_markdown(phrases.title(title))
    return f"[{words}]({url})" if url else f"“{words}”"
