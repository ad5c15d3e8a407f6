"""An exhibit: a finding, its chart, its table, and the evidence of any mark."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from two_shields.charts.style import CONFIG, DISPUTED
from two_shields.exhibits.cached_figures import MOST, cached_figure
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import exhibits_of
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.ui import drawer, share
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown

ROWS_ON_PAPER = 12


def theme() -> str:
    """The theme that the reader sees: `light` or `dark`."""
    return st.context.theme.type or "light"


def show_all(kept: Record, view: View) -> None:
    """Every exhibit of the page in this view, under each other."""
    for exhibit in exhibits_of(view):
        show(exhibit.frame_of(kept, view), exhibit.panels[0], kept, view)


def show(
    frame: Frame, figure: Callable[..., go.Figure], kept: Record, view: View, *, brief: bool = False, **size: int
) -> None:
    """The whole exhibit of a frame: title, chart by `figure`, source line, evidence of the chosen mark, table.

    A brief one leaves out how to read it, and links to the view that has it all.
    """
    narrowed = kept.only(view.evidence)
    # Before anything is sent: a browser on the same machine would lay out a heading meanwhile, and the chart again.
    picture = None if frame.rows.empty else cached_figure(figure, frame, kept, view, theme(), **size)
    st.subheader(escape_markdown(frame.title), anchor=False)
    if picture is None:
        st.info("There is nothing to draw for this choice. Widen the filters, or let the public record in.")
        return
    st.plotly_chart(
        picture,
        key=f"{frame.name}:chart",
        on_select=partial(_choose, frame.name, "chart"),
        selection_mode="points",
        config=dict(CONFIG),
        alt=frame.alt,
    )
    st.caption(frame.source_line if brief else _lines(frame))
    with st.container(horizontal=True, vertical_alignment="center"):
        share.menu(frame, picture, narrowed, view, theme())
        drawer.picker(frame)
    drawer.show(frame, narrowed)
    if brief:
        link(f"Open under {view.title}", view)
    else:
        _notes(frame)
    _table(frame)
    paper(frame, kept, view)


def _lines(frame: Frame) -> str:
    sign = f" {DISPUTED} marks a value on which sources disagree." if frame.rows["disputed"].any() else ""
    lighter = " Lighter marks rest on the public record alone." if {"record"} < set(frame.rows["backing"]) else ""
    return (
        f"{frame.caption}{lighter}{sign}{_weak(frame)}  \n{frame.source_line} Choose a mark or a row for its evidence."
    )


def _weak(frame: Frame) -> str:
    """How many marks rest on weak sources alone; blank where none does."""
    weak = int(frame.rows["weak"].sum()) if "weak" in frame.rows else 0
    if not weak:
        return ""
    return f" Weakly sourced, by republications or unknown outlets alone: {weak} of {len(frame.rows)}; their evidence says so."


def _choose(name: str, part: str) -> None:
    """Open the evidence of the mark that was chosen in an exhibit's chart or in its table."""
    selection = st.session_state[f"{name}:{part}"].get("selection", {})
    if part == "chart":
        marks = [point["customdata"][0] for point in selection.get("points", []) if point.get("customdata")]
    else:
        shown = st.session_state[f"{name}:marks"]
        marks = [shown[row] for row in selection.get("rows", []) if row < len(shown)]
    drawer.choose(name, marks[0] if marks else None)


def _notes(frame: Frame) -> None:
    """Sent when they are opened, as the table: a browser reads Markdown anew each time that it comes."""
    if not frame.notes:
        return
    label = f"Where sources disagree, and how to read this ({len(frame.notes)})"
    opened = st.expander(label, icon=":material/balance:", key=f"{frame.name}:notes", on_change="rerun")
    if opened.open:
        opened.markdown("\n".join(f"- {escape_markdown(note)}" for note in frame.notes))


def _table(frame: Frame) -> None:
    """Sent when it is opened: a closed one would cost every reader its rows, and the code that draws them."""
    opened = st.expander("Table and evidence", icon=":material/table:", key=f"{frame.name}:rows", on_change="rerun")
    if not opened.open:
        return
    with opened:
        table(frame)


def table(frame: Frame, of: str = "") -> None:
    """The rows of a frame; a chosen one opens its evidence. `of` tells the tables of one exhibit apart."""
    st.session_state[f"{frame.name}:marks"] = tuple(frame.rows["mark"])
    st.dataframe(
        frame.table.drop(columns="Claims"),
        key=f"{frame.name}:table{of and f':{of}'}",
        on_select=partial(_choose, frame.name, f"table{of and f':{of}'}"),
        selection_mode="single-row",
        hide_index=True,
        placeholder="",
        alt=frame.title,
    )


def paper(frame: Frame, kept: Record, view: View) -> None:
    """What only a printed page shows: the first rows of the table, which is painted, and closed, on the screen."""

    def printed() -> str:
        rows = frame.table.drop(columns="Claims").head(ROWS_ON_PAPER)
        return rows.to_html(index=False, border=0, na_rep="")

    with st.container(key=f"paper:{frame.name}"):
        st.html(kept.cache.get_or_make(paper, (frame.name, view), printed, MOST))
        if len(frame.rows) > ROWS_ON_PAPER:
            st.text(f"{ROWS_ON_PAPER} of {len(frame.rows)} rows")
