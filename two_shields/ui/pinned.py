"""What stands on top of a page that is pinned to a version of the data: which one, what changed since, and the way out."""

import streamlit as st

from two_shields.export import since
from two_shields.record import live
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.ui import address
from two_shields.ui.markdown import escape_markdown

#: Changes that a page lists; the tables of both versions have all.
MOST_LISTED = 200


def line(record: Record, view: View) -> None:
    """Nothing on a page that shows the newest data because its link names no version."""
    if view.data is None:
        return
    newest = live.record()
    with st.container(key="pinned", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f":material/keep: Pinned. {escape_markdown(since.pinned_to(record))}.", width="content")
            st.button(
                "Show the newest data",
                icon=":material/arrow_forward:",
                type="tertiary",
                key=f"pinned:newest:{view.path}",
                on_click=address.set_value,
                args=(type(view), "data", None),
            )
        lacks = since.missing(record, view)
        for sentence in lacks:
            st.caption(escape_markdown(sentence))
        if record is newest:
            st.caption("These are the newest data.")
        else:
            _changes(since.since(record, newest, view))


def _changes(found: since.Since) -> None:
    if not found.changed:
        st.caption(f"{found.sentence}.")
        return
    opened = st.expander(
        f"{found.sentence}: show them", icon=":material/difference:", key="pinned:since", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        for before, now in found.findings:
            st.markdown(f"**Finding then:** {escape_markdown(before)}  \n**Now:** {escape_markdown(now)}")
        st.dataframe(
            found.rows.head(MOST_LISTED),
            hide_index=True,
            placeholder="",
            row_height=72,
            key="pinned:changes",
            alt=found.sentence,
        )
        if len(found.rows) > MOST_LISTED:
            st.caption(f"The first {MOST_LISTED} of {len(found.rows):,} changes.")
