"""A view in a frame on another site: its title, its first chart as high as the frame, its sources, and the way here."""

from __future__ import annotations

import streamlit as st

from two_shields.charts.style import CONFIG
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import exhibits_of
from two_shields.export import since
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.ui import share, streamlit_compat
from two_shields.ui.exhibit import theme
from two_shields.ui.markdown import escape_markdown


def embed(record: Record, view: View) -> None:
    """The view's first exhibit that has something to show. The style sheet gives it the height of the frame."""
    exhibits = [(one, frame) for one in exhibits_of(view) if (frame := one.frame_of(record, view)) is not None]
    with st.container(key="embed", gap="xsmall"):
        if exhibits:
            exhibit, frame = exhibits[0]
            st.subheader(escape_markdown(frame.title), anchor=False)
            narrow = streamlit_compat.is_narrow()
            # A chart as tall as its rows does not fit a frame: its card's does.
            drawn = (
                [exhibit.card(frame, theme())]
                if exhibit.card and not frame.rows.empty
                else exhibit.figures_of(record, view, theme(), narrow=narrow)
            )
            if drawn:
                st.plotly_chart(drawn[0], key="embed:chart", height="stretch", config=dict(CONFIG), alt=frame.alt)
            else:
                _rows(frame)
        source = f"{escape_markdown(exhibits[0][1].source_line)} " if exhibits else ""
        if view.data:
            source = f"{source}{escape_markdown(since.pinned_to(record))}. "
        full = f"[Open the full view]({share.address(view)})"  # Streamlit opens what Markdown links in a new tab
        st.caption(source + full)


def _rows(frame: Frame) -> None:
    if not frame.rows.empty:
        st.dataframe(frame.table, column_config={"Claims": None}, hide_index=True, height="stretch", alt=frame.alt)
