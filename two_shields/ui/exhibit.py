"""An exhibit: a finding, its chart, its table, and the evidence of any mark."""

import dataclasses
from collections.abc import Callable
from functools import partial
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from two_shields.charts import letters
from two_shields.charts.page_form import on_page
from two_shields.charts.style import CONFIG
from two_shields.exhibits.exhibit import MOST_FRAMES, Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import exhibits_of
from two_shields.export.values import in_words
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.parameters import View
from two_shields.ui import drawer, share, streamlit_compat
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown

ROWS_ON_PAPER = 12
#: Pixels that the columns of a table have on a desk.
_DESK = 1110


def theme() -> str:
    return st.context.theme.type or "light"


def show_all(record: Record, view: View) -> None:
    for exhibit in exhibits_of(view):
        show(exhibit, record, view)


def show(exhibit: Exhibit, record: Record, view: View, heading: Callable = st.subheader) -> None:
    """The whole exhibit: title, charts, source line, evidence of the chosen mark, table; nothing where it has no frame.

    A brief one leaves out how to read it, and links to the view that has it all.
    """
    frame = exhibit.frame_of(record, view)
    if frame is None:
        return
    narrowed = record.only(view.evidence)
    # Before anything is sent: a browser on the same machine would lay out a heading meanwhile, and the chart again.
    is_brief = exhibit.in_full is not None
    pictures = exhibit.figures_of(record, view, theme(), narrow=streamlit_compat.is_narrow())
    view = exhibit.full(view)
    heading(escape_markdown(frame.title), anchor=False)
    if not pictures:
        st.info("There is nothing to draw for this choice. Widen the filters, or include the public record.")
        return
    if not is_brief and (key := frame.key_of(narrow=streamlit_compat.is_narrow())):
        st.caption(key)
    brief = _first_rows(exhibit, frame)
    charts(frame, (brief,) if brief else pictures)
    if brief:
        st.button(
            "Show all", key=f"{frame.name}:show-all", icon=":material/expand_more:",
            on_click=st.session_state.__setitem__, args=(f"{frame.name}:all-rows", True),
        )  # fmt: skip
    _actions(frame, partial(exhibit.panels[0], frame, theme()), narrowed, view)
    st.caption(frame.source_line if is_brief else _lines(frame))
    drawer.show(frame, narrowed)
    if is_brief:
        link(f"Open under {view.title}", view)
    else:
        _notes(frame)
    if st.session_state.get(_opened(frame)):
        table(frame)
    paper(frame, record, view)


def _first_rows(exhibit: Exhibit, frame: Frame) -> go.Figure | None:
    if exhibit.first_rows is None or not streamlit_compat.is_narrow() or st.session_state.get(f"{frame.name}:all-rows"):
        return None
    return on_page(exhibit.first_rows(frame, theme()), theme())


def _actions(frame: Frame, picture: share.Drawn, narrowed: Record, view: View) -> None:
    """What a reader does with a chart, in one quiet row that is the same under each: Table, Picture, Data, Share."""
    key = _opened(frame)
    is_open = st.session_state.get(key, False)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"{frame.name}:actions"):
        st.button(
            "Hide table" if is_open else "Table", icon=":material/table:", type="tertiary", key=f"{frame.name}:table-switch",
            on_click=st.session_state.__setitem__, args=(key, not is_open),
        )  # fmt: skip
        share.downloads(frame, picture, narrowed, view, theme())
        share.menu(frame, picture, narrowed, view, theme())
        st.space("stretch")
        drawer.picker(frame)


def _opened(frame: Frame) -> str:
    """Whether the table stands open: a closed one is not sent, with its rows and the code that draws them."""
    return f"{frame.name}:rows"


def charts(frame: Frame, pictures: tuple[go.Figure, ...]) -> None:
    """The panels side by side; on a narrow screen Streamlit puts columns under each other."""
    places = st.columns(len(pictures), gap="medium") if len(pictures) > 1 else [st.container()]
    for number, (place, picture) in enumerate(zip(places, pictures, strict=True), start=1):
        part = "chart" if number == 1 else f"chart-{number}"
        with place:
            st.plotly_chart(
                picture,
                key=f"{frame.name}:{part}",
                on_select=partial(_choose, frame.name, part),
                selection_mode="points",
                config=dict(CONFIG),
                alt=frame.alt,
                theme=None,  # see `charts/page_form.py`
            )


def _lines(frame: Frame) -> str:
    return f"{frame.caption}{_weak(frame)}  \n{frame.source_line} Choose a mark or a row for its evidence."


def _weak(frame: Frame) -> str:
    """How many marks rest on weak sources alone; blank where none does."""
    weak = int(frame.rows["weak"].sum()) if "weak" in frame.rows else 0
    if not weak:
        return ""
    return f" Weak sources alone (republications or unknown outlets): {weak} of {len(frame.rows)}."


def _choose(name: str, part: str) -> None:
    """Open the evidence of the mark that was chosen in an exhibit's chart or in its table."""
    selection = st.session_state[f"{name}:{part}"].get("selection", {})
    if part.startswith("chart"):
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


def table(frame: Frame, of: str = "") -> None:
    """The rows of a frame; a chosen one opens its evidence. `of` tells the tables of one exhibit apart."""
    st.session_state[f"{frame.name}:marks"] = tuple(frame.rows["mark"])
    shown = frame.table
    about = next(iter(frame.columns.values()))  # it stays in sight while a thumb moves the rest
    lines, widths = _widths(shown.drop(columns="Claims"))
    columns = {name: st.column_config.Column(width=width, pinned=name == about) for name, width in widths.items()}
    # Ids are for files; here a row opens them in words.
    st.dataframe(
        shown,
        column_config={"Claims": None, **columns},
        row_height=35 if lines == 1 else max(66, 15 + 20 * lines),  # from 65 on it breaks words into lines
        key=f"{frame.name}:table{of and f':{of}'}",
        on_select=partial(_choose, frame.name, f"table{of and f':{of}'}"),
        selection_mode="single-row",
        hide_index=True,
        placeholder="",
        alt=frame.title,
    )


def _widths(rows: pd.DataFrame) -> tuple[int, dict[str, int]]:
    """How many lines a table's rows have, and its columns' pixels: Streamlit measures the first rows alone, and cuts the others."""
    needs = {name: 26 + letters.width(max([name, *map(str, rows[name])], key=len), 14) for name in rows}
    for lines in (1, 2, 3):
        # What is broken into lines leaves some of each empty.
        widths = {name: round(min(need, max(130, 1.15 * need / lines))) for name, need in needs.items()}
        if sum(widths.values()) <= _DESK:
            break
    return lines, widths


def paper(frame: Frame, record: Record, view: View) -> None:
    """What only a printed page shows: the first rows of the table, which is painted, and closed, on the screen."""

    def printed() -> str:
        first = dataclasses.replace(frame, rows=frame.rows.head(ROWS_ON_PAPER))
        rows = first.table.drop(columns="Claims")
        lines = [("th", rows.columns), *(("td", row) for row in tuples(rows))]
        cells = ("".join(f"<{tag}>{escape(in_words(cell))}</{tag}>" for cell in cells) for tag, cells in lines)
        more = f"<p>{ROWS_ON_PAPER} of {len(frame.rows)} rows</p>" if len(frame.rows) > ROWS_ON_PAPER else ""
        return f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>{more}"

    with st.container(key=f"paper:{frame.name}"):
        st.html(record.cache.get_or_make(paper, (frame.name, view), printed, MOST_FRAMES))
