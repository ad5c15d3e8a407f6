"""The lists of the page Evidence: claims, sources, conflicts, corrections, and what was left out."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from two_shields.contract.vocabulary import CONFLICT_REASONS
from two_shields.exhibits.evidence import lists, method
from two_shields.exhibits.frame import Frame
from two_shields.export import change_list, sharing
from two_shields.export.values import spreadsheet_csv
from two_shields.record import live
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import EvidenceView
from two_shields.text import dates
from two_shields.ui import address, share
from two_shields.ui import claims as widget
from two_shields.ui.evidence import claim_links
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown
from two_shields.ui.page import current_record

#: Rows shown at once; the reader asks for more.
AT_ONCE = 20
#: Rows of a table that are sent to a browser; a file has all.
MOST_ROWS = 2000
#: A table whose rows are high enough for two or three lines of text.
_table = partial(st.dataframe, row_height=72, hide_index=True, placeholder="")

_SHOWN = "evidence:shown"


def claims(frame: Frame, record: Record, view: EvidenceView) -> None:
    """The finding, the first rows of it, more on demand, and all of it as a table and a file."""
    st.subheader(escape_markdown(frame.title), anchor=False)
    if len(view.source) == 1:
        _source(record, view.source[0])
    if hidden := lists.hidden_by_evidence(record, view):
        found = "1 more claim" if hidden == 1 else f"{hidden} more claims"
        link(f"The public record holds {found}", view.replace(evidence="all"))
    if frame.rows.empty:
        if not hidden:
            st.info("All words of a search have to occur: fewer words, or all sources, find more.")
        return
    shown, filtered = _how_many(view), record.only(view.evidence)
    for row in tuples(frame.rows.head(shown)):
        with st.container(border=True, gap="xsmall", key=f"evidence:row:{row.mark}"):
            widget.claim(filtered.claims.loc[row.mark], filtered, view.replace(claim=row.mark))
    if rest := max(0, len(frame.rows) - shown):
        st.button(
            f"Show {min(rest, AT_ONCE)} more of {rest}",
            icon=":material/expand_more:",
            on_click=_show_more,
            args=(view,),
        )
    _table_and_file(frame)


def _how_many(view: EvidenceView) -> int:
    """How many rows to show: what the reader asked for, as long as the search is the same."""
    searched, number = st.session_state.get(_SHOWN, (None, AT_ONCE))
    return number if searched == view.replace(claim=None) else AT_ONCE


def _show_more(view: EvidenceView) -> None:
    st.session_state[_SHOWN] = (view.replace(claim=None), _how_many(view) + AT_ONCE)


def _source(record: Record, source_id: str) -> None:
    source = record["sources"].set_index("source_id").loc[source_id]
    title = widget.titled(source["title"], source["url"])
    parts = (escape_markdown(source["publisher"]), escape_markdown(source["author"]), dates.words(source["published"]))
    st.markdown(f"{title}, {', '.join(filter(None, parts))}. Grade {lists.grade_words(source['grade'])}.")
    if source["note"]:
        st.caption(escape_markdown(source["note"]))


def sources(frame: Frame, view: EvidenceView) -> None:
    st.subheader(escape_markdown(frame.title), anchor=False)
    if frame.rows.empty:
        st.info("No source holds all words of this search.")
        return
    state = _table(
        frame.table.drop(columns="Claims"),
        key="evidence:sources",
        on_select="rerun",
        selection_mode="single-row",
        alt=frame.title,
        column_config={
            "Grade": st.column_config.TextColumn(width=95),
            "Date": st.column_config.TextColumn(width=85),
            "Publisher": st.column_config.TextColumn(width=130),
            "Title": st.column_config.TextColumn(width=290),
            "Link": st.column_config.LinkColumn(display_text="Read", width=55),
            "Part": st.column_config.TextColumn(width=75),
            "Number of claims": st.column_config.NumberColumn("Claims", width=60),
            "Note": st.column_config.TextColumn(width="large"),
        },
    )
    chosen = state.get("selection", {}).get("rows", [])
    if chosen and chosen[0] < len(frame.rows):
        row = frame.rows.iloc[chosen[0]]
        st.button(
            f"Claims of {escape_markdown(row['heading'])}",
            icon=":material/arrow_forward:",
            wrap=True,
            key="evidence:claims of source",
            on_click=address.open_view,
            args=(EvidenceView(source=(row["mark"],), evidence=view.evidence),),
        )
    st.caption(
        "Choose a row for the claims of its source. “Our words” in place of a headline: it is not known. Grade C is weak "
        "alone, grade D is never used alone; a claim that rests on nothing better says so wherever it is shown."
    )
    _file(frame)


def conflicts(frame: Frame, record: Record, view: EvidenceView) -> None:
    """All conflicts by reason; each opens to its explanation, to what the charts use, and to its claims."""
    st.subheader(escape_markdown(frame.title), anchor=False)
    if frame.rows.empty:
        st.info("No conflict is about this search.")
        return
    filtered = record.only(view.evidence)
    for reason, rows in lists.groups(frame, "reason"):
        code = CONFLICT_REASONS[reason]
        st.markdown(f"**{code.label.capitalize()}** ({len(rows)}): {code.meaning}")
        with st.container(gap="xsmall", key=f"evidence:conflicts:{reason}"):
            for row in tuples(rows):
                _conflict(row, filtered, view)
    _table_and_file(frame)


def _conflict(row, record: Record, view: EvidenceView) -> None:
    opened = st.expander(
        escape_markdown(row.topic), icon=":material/balance:", key=f"evidence:conflict:{row.mark}", on_change="rerun"
    )
    if opened.open:
        with opened:
            widget.conflicts(record["conflicts"][record["conflicts"]["conflict_id"] == row.mark])
            claim_links(record, row.claim_ids, view)


def _table_and_file(frame: Frame) -> None:
    opened = st.expander("Table and file", icon=":material/table:", key=f"{frame.name}:all", on_change="rerun")
    if not opened.open:
        return
    with opened:
        first = replace(frame, rows=frame.rows.head(MOST_ROWS))
        st.dataframe(first.table, hide_index=True, placeholder="", alt=frame.title)
        if len(first.rows) < len(frame.rows):
            st.caption(f"The first {len(first.rows):,} of {len(frame.rows):,} rows; the file has all of them.")
        _file(frame)


def _file(frame: Frame | lists.Listing) -> None:
    name = sharing.file_name(frame, current_record(), "csv")
    make, icon = partial(spreadsheet_csv, frame.table), ":material/download:"
    share.download("CSV of this view", make, name, "text/csv", f"{frame.name}:csv", icon=icon)


def changes() -> None:
    """What each version changed, the newest first, by table; the feed and the file that tell the same."""
    st.subheader("What has changed in the data", anchor=False)
    st.markdown(
        f"By version and table. The same as a [feed]({share.root()}/changes.atom), and for programs as "
        f"[JSON]({share.root()}/data/changes.json); both take `country`, `initiative`, `system`, `donor` and `page`."
    )
    for version in change_list.so_far(live.record(), change_list.ChangesView()):
        named = f" (version {version.name})" if version.name else ""
        st.markdown(f"**{version.title}**{escape_markdown(named)}")
        if not version.changes:
            st.caption("The first published version: nothing came before it.")
        for table, found in version.by_table():
            label = f"`{table}`: {change_list.counted(found)}"
            opened = st.expander(label, key=f"evidence:changes:{version.name}:{table}", on_change="rerun")
            if opened.open:
                with opened:
                    _changed(found)


def _changed(found: Iterable[change_list.Change]) -> None:
    rows = [
        (change.row_id, change.column, change_list.KINDS[change.kind], change.was, change.now, change.reason)
        for change in found
    ]
    table = pd.DataFrame(rows, columns=["Row", "Column", "What", "Was", "Now", "Reason"])
    _table(table.head(MOST_ROWS), column_config=_widths(table))
    if len(table) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} of {len(table):,} changes; the JSON has all of them.")


def corrections(listing: lists.Listing) -> None:
    """The corrections so far, and how to ask for one."""
    st.subheader(escape_markdown(listing.title), anchor=False)
    if not listing.table.empty:
        _listed(listing)
    st.markdown(method.REPORTING)


def left_out(listing: lists.Listing) -> None:
    """What was not used, as a list that a phone can show; the same as a table and a file."""
    st.subheader(escape_markdown(listing.title), anchor=False)
    if listing.table.empty:
        return
    entries = []
    for row in tuples(listing.table):
        publisher = f"[{escape_markdown(row.Publisher)}]({row.Link})" if row.Link else escape_markdown(row.Publisher)
        entries.append(
            f"- **{escape_markdown(row.Subject)}.** {escape_markdown(row.Why)} :small[{publisher}; grade {row.Grade}]"
        )
    st.markdown("\n".join(entries))
    with st.expander("Table and file", icon=":material/table:"):
        _listed(listing)
        _file(listing)


def _listed(listing: lists.Listing) -> None:
    _table(listing.table, key=f"{listing.name}:listed", alt=listing.title, column_config=_widths(listing.table))


#: Column widths that leave room for the texts; what is not named here takes what it needs.
_WIDTHS = {"Subject": 230, "Why": 390, "Reason": 390, "Was": 230, "Now": 230, "Publisher": 150, "Grade": 150}


def _widths(table: pd.DataFrame) -> dict[str, object]:
    texts = {name: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items() if name in table}
    return texts | ({"Link": st.column_config.LinkColumn(display_text="Read")} if "Link" in table else {})
