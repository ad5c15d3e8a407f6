"""The evidence of a chosen mark: a drawer at the side, over the whole screen on a phone, and a part of the address.

`mark=EST` opens it with the page. On a page with several exhibits a mark of the later ones is written with its
exhibit's name, `mark=aid-cumulative:FRA`.
"""

import pandas as pd
import streamlit as st

from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.views import CountryView, InitiativesView, SystemsView
from two_shields.ui import address, claims, links
from two_shields.ui.markdown import escape_markdown

#: Pixels; on a phone the drawer is as wide as the screen.
WIDTH = 560

_FIRST, _OPENED = "drawer:first", "drawer:opened"


def begin() -> None:
    """A page, or a part of it that runs by itself, begins: its first exhibit is still to come."""
    st.session_state[_FIRST], st.session_state[_OPENED] = None, False


def has_opened() -> bool:
    """Whether an exhibit of this run has the mark that the address names."""
    return st.session_state[_OPENED]


def choose(frame_name: str, mark: str | None) -> None:
    """Open the evidence of an exhibit's mark, from a callback.

    No mark: the one chosen before was chosen again, which Plotly and tables take for giving it up.
    """
    last = f"{frame_name}:last"
    mark = mark or st.session_state.get(last)
    if mark:
        st.session_state[last] = mark
        is_first = st.session_state.get(_FIRST) == frame_name
        address.choose_mark(mark if is_first else f"{frame_name}:{mark}")


def picker(frame: Frame) -> None:
    """The way to a mark's evidence by keyboard and by name: a chart takes no focus, and its table only few readers."""
    key = f"{frame.name}:mark"
    headings = dict(zip(frame.rows["mark"], frame.rows["heading"], strict=True))

    def picked() -> None:
        choose(frame.name, st.session_state[key])
        st.session_state[key] = None

    if st.session_state.get(key) not in headings:  # to set it anew in each run would close a list that is open
        st.session_state[key] = None
    st.selectbox(
        "Evidence of a mark", list(headings), format_func=headings.__getitem__, placeholder="Evidence of …",
        label_visibility="collapsed", width=320, key=key, on_change=picked,
    )  # fmt: skip


def show(frame: Frame, record: Record) -> None:
    is_first = st.session_state[_FIRST] is None
    if is_first:
        st.session_state[_FIRST] = frame.name
    named = address.mark()
    if not named or has_opened():
        return
    exhibit, separator, mark = named.partition(":")
    row = frame.row(mark) if separator and exhibit == frame.name else frame.row(named)
    if row is not None:
        st.session_state[_OPENED] = True
        _open(frame.name, row, record)


def _open(name: str, row: pd.Series, record: Record) -> None:
    def content() -> None:
        if address.is_touched():  # a link in here changes the page around it
            st.rerun()
        with links.within(f"drawer:{name}"), st.container(key=f"drawer:{name}"):
            _leads(row, record)
            if row["claim_ids"]:
                facts = row.get("facts")
                claims.evidence(row["claim_ids"], record, facts=facts if isinstance(facts, tuple) else ())
            elif row.get("source_id"):
                claims.series(row["source_id"], record)

    title = f"Evidence: {escape_markdown(row['heading'])}"
    st.dialog(title, width=WIDTH, position="right", on_dismiss=address.touch)(content)()


def _leads(row: pd.Series, record: Record) -> None:
    """Where a mark's country, initiative and system have their own views."""
    ways = [
        (row.get("iso3"), record.country_names, lambda code: CountryView(country=code)),
        (row.get("initiative_id"), record.initiative_names, lambda code: InitiativesView(view="matrix", initiative=(code,))),
        (row.get("system_id"), record.system_names, lambda code: SystemsView(view="reference", system=(code,))),
    ]  # fmt: skip
    found = [
        (names[code], view(code).replace(evidence=links.evidence_here()))
        for code, names, view in ways
        if isinstance(code, str) and code in names
    ]
    if found:
        with st.container(horizontal=True, vertical_alignment="center"):
            for name, view in found:
                links.link(name, view)
