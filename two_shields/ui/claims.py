"""Evidence, the same everywhere: what a fact rests on, claim by claim, who disagrees, and how to report an error."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from two_shields.charts.style import DISPUTED
from two_shields.contract.project import contact
from two_shields.contract.vocabulary import CERTAINTIES, CONFLICT_REASONS, GRADES
from two_shields.exhibits.frame import WEAK
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import EvidenceView
from two_shields.text import dates, phrases
from two_shields.ui import cells, links, share
from two_shields.ui.markdown import escape_markdown

#: As many stand open; the rest is folded away.
CLAIMS_AT_ONCE, CONFLICTS_AT_ONCE = 5, 3


def evidence(claim_ids: Iterable[str], record: Record, *, facts: Iterable[str] = ()) -> None:
    """What something rests on: its cells or else a warning where all is weak, its claims, who disagrees."""
    rows = record.claims.loc[list(dict.fromkeys(claim_ids))].sort_values("source_corpus", kind="stable")
    if len(rows) and not facts and rows["source_grade"].isin(WEAK).all():
        st.badge("Weakly sourced: republications or unknown outlets alone", icon=":material/warning:", color="orange")
    told = cells.of_facts(facts, record) if facts else frozenset()
    if facts:
        st.markdown(f"**{phrases.count(len(rows), 'claim')} in full**")
    for _, row in rows.iloc[:CLAIMS_AT_ONCE].iterrows():
        claim(row, record)
    if (more := len(rows) - CLAIMS_AT_ONCE) > 0:
        with st.expander(phrases.count(more, "more claim", "more claims")):
            for _, row in rows.iloc[CLAIMS_AT_ONCE:].iterrows():
                claim(row, record)
    disagreements = record.conflicts_of(rows.index)
    disagreements = disagreements[~disagreements["conflict_id"].isin(told)]
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
    for row in rows.itertuples():
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
