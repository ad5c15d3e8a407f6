"""What stands on top of the page Evidence: its search, one claim's card, and the switch between its parts."""

from collections.abc import Iterable

import streamlit as st

from two_shields.exhibits.evidence import lists
from two_shields.exhibits.evidence.claim import claim_sentence, neighbours, rests_on
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.parameters import LONGEST_TEXT
from two_shields.state.views import PARAMETERS, EvidenceView
from two_shields.ui import address, controls, page, pinned
from two_shields.ui import claims as widget
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown


def open_search() -> tuple[Record, EvidenceView, st.delta_generator.DeltaGenerator]:
    """Heading and search, which stands open here; the view that they say; and a place between the two for one claim."""
    record = page.begin(EvidenceView)
    above = st.container()
    with st.container(key="evidence:search"):
        words, chosen = st.columns(2)
        with words:
            st.text_input(
                "Search the claims",
                key=address.key(EvidenceView, "q"),
                placeholder="Words that a claim, its speaker, note or source holds",
                max_chars=LONGEST_TEXT,
                on_change=_searched,
            )
        with chosen:
            names = record.source_names
            st.multiselect(
                "Sources",
                sorted(names, key=lambda source: names[source].casefold()),
                key=address.key(EvidenceView, "source"),
                format_func=lambda source: names[source],
                placeholder="All",
                on_change=_searched,
            )
    view = address.shown(EvidenceView)
    view = view.replace(q=" ".join((view.q or "").split()) or None)
    with above:
        pinned.line(record, view)
    address.write(view)
    page.letterhead(record, view)
    return record, view, above


def _searched() -> None:
    """A new search closes the claim that stood open above it."""
    address.set_value(EvidenceView, "claim", None)


def choose_part(record: Record) -> None:
    controls.control(EvidenceView, PARAMETERS["part"], record)


# One claim.


def claim(record: Record, view: EvidenceView) -> None:
    """The card of `view.claim`: what it says, who disagrees, what rests on it, and what stands next to it."""
    filtered = record.only(view.evidence)
    with st.container(border=True, key="evidence:claim"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**One claim**", width="stretch")
            link("Close", view.replace(claim=None))
        if view.claim not in filtered.claims.index:
            st.info("This claim is from the public record, which “Articles only” leaves out.")
            link("Show it with the public record", view.replace(evidence="all"))
            return
        widget.evidence((view.claim,), filtered)
        for conflict in tuples(filtered.conflicts_of((view.claim,))):
            if others := [claim_id for claim_id in conflict.claim_ids if claim_id != view.claim]:
                st.markdown(f"**The other claims on “{escape_markdown(conflict.topic)}”**")
                claim_links(filtered, others, view)
        _resting(record, view)
        before, after = neighbours(record, view.claim)
        for words, claim_id in (("Before it in the same source", before), ("After it", after)):
            if claim_id:
                st.markdown(f"**{words}**")
                claim_links(record, (claim_id,), view)


def _resting(record: Record, view: EvidenceView) -> None:
    st.markdown(f"**{escape_markdown(claim_sentence(record, view.claim, view.evidence))}.**")
    before = ""
    with st.container(gap="xxsmall", key="evidence:resting"):
        for row in rests_on(record, view.claim, view.evidence):
            if row.table != before:
                st.caption(row.table)
            before = row.table
            link(escape_markdown(row.words), row.view)


def claim_links(record: Record, claim_ids: Iterable[str], view: EvidenceView) -> None:
    """Claims in short, each the way to its card."""
    with st.container(gap="xxsmall"):
        for row in tuples(lists.claim_rows(record, claim_ids)):
            link(
                f"{escape_markdown(row.statement)} :small[({escape_markdown(row.publisher)})]",
                view.replace(claim=row.mark),
            )
