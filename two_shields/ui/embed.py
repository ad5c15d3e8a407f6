"""A view in a frame on another site: its title, its first chart as high as the frame, its sources, and the way here."""

import streamlit as st

from two_shields.charts.style import CONFIG
from two_shields.exhibits.exhibit import TALLEST
from two_shields.exhibits.registry import lead
from two_shields.export import since
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.ui import share, streamlit_compat
from two_shields.ui.exhibit import theme
from two_shields.ui.markdown import escape_markdown

#: Pixels from which on a frame shows a tall chart as its card does.
WIDE_FROM = 520


def embed(record: Record, view: View) -> None:
    """What the view leads with. The style sheet gives it the height of the frame."""
    shown = lead(record, view)
    narrow = streamlit_compat.is_narrow()
    frame, (picture, width) = shown.frame, shown.exhibit.framed(record, view, theme(), narrow=narrow)
    said = [escape_markdown(frame.source_line)]
    if view.data:
        said.append(f"{escape_markdown(since.pinned_to(record))}.")
    said.append(f"[Open the full view]({share.address(view)})")  # Streamlit opens what Markdown links in a new tab
    with st.container(key="embed", gap="xsmall"):
        st.subheader(escape_markdown(frame.title), anchor=False)
        if picture is not None:
            if note := (picture.layout.meta or {}).get("note"):
                said.insert(0, f"{escape_markdown(note)}.")
            if key := frame.key_of(narrow=narrow):
                st.caption(key)
            # The pixels that the chart needs: in a smaller frame it is made smaller as a whole, or scrolls in a narrow one.
            height = picture.layout.height
            scrolls = narrow and height > TALLEST
            tall = (
                f"--height: 0px; --least: {height}px; --beyond: auto"
                if scrolls
                else f"--height: {height}px; --least: 0px"
            )
            st.html(f"<style>.st-key-embed {{ {tall}; --width: {width}px }}</style>")
            st.plotly_chart(
                picture, key="embed:chart", height="stretch", config=dict(CONFIG), alt=frame.alt, theme=None
            )
        elif not frame.rows.empty:
            st.dataframe(frame.table, column_config={"Claims": None}, hide_index=True, height="stretch", alt=frame.alt)
        st.caption(" ".join(said))
