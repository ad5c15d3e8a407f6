"""A view in a frame on another site: its title, its first chart as high as the frame, its sources, and the way here."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from two_shields.charts.style import CONFIG
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import exhibits_of
from two_shields.export import since
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.ui import share
from two_shields.ui.exhibit import theme
from two_shields.ui.markdown import escape_markdown

#: Pixels: a chart that is higher is made too small by a frame; the widths for which a narrow one and a card are laid out.
TALLEST, NARROW, CARD = 500, 358, 580


def embed(record: Record, view: View) -> None:
    """The view's first exhibit that has something to show. The style sheet gives it the height of the frame."""
    exhibits = [(one, frame) for one in exhibits_of(view) if (frame := one.frame_of(record, view)) is not None]
    said = [f"[Open the full view]({share.address(view)})"]  # Streamlit opens what Markdown links in a new tab
    if view.data:
        said.insert(0, f"{escape_markdown(since.pinned_to(record))}.")
    with st.container(key="embed", gap="xsmall"):
        if exhibits:
            exhibit, frame = exhibits[0]
            st.subheader(escape_markdown(frame.title), anchor=False)
            said.insert(0, escape_markdown(frame.source_line))
            picture, width = _picture(exhibit, record, view, frame)
            if picture is not None:
                if note := (picture.layout.meta or {}).get("note"):
                    said.insert(0, f"{escape_markdown(note)}.")
                _lay_out(picture.layout.height, width)
                st.plotly_chart(picture, key="embed:chart", height="stretch", config=dict(CONFIG), alt=frame.alt)
            elif not frame.rows.empty:
                st.dataframe(
                    frame.table, column_config={"Claims": None}, hide_index=True, height="stretch", alt=frame.alt
                )
        st.caption(" ".join(said))


def _picture(exhibit: Exhibit, record: Record, view: View, frame: Frame) -> tuple[go.Figure | None, int]:
    """Its first chart in the narrow form, or where that is too high for a frame the one of its card; the width it needs."""
    picture = next(iter(exhibit.figures_of(record, view, theme(), narrow=True)), None)
    if picture is not None and exhibit.card and picture.layout.height > TALLEST:
        card = exhibit.card(frame, theme())
        return card, (card.layout.meta or {}).get("width", CARD)
    return picture, NARROW


def _lay_out(height: int, width: int) -> None:
    """Tell the style sheet the pixels that the chart needs: in a smaller frame it is made smaller as a whole."""
    st.html(f"<style>.st-key-embed {{ --height: {height}px; --width: {width}px }}</style>")
