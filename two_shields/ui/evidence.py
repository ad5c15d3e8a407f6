"""The parts that only the page Evidence has: its search, one claim's card, and its eight parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from two_shields.contract.schema import TABLES
from two_shields.contract.vocabulary import CONFLICT_REASONS
from two_shields.exhibits.evidence import lists as lists
from two_shields.exhibits.evidence import method, search
from two_shields.exhibits.evidence.claim import claim_sentence, disagreements, neighbours
from two_shields.exhibits.evidence.resting import rests_on
from two_shields.exhibits.frame import Frame
from two_shields.export import table_files
from two_shields.export.dictionary import TYPE_WORDS, description
from two_shields.export.examples import EXAMPLES, written_for
from two_shields.export.values import spreadsheet_csv
from two_shields.record.record import Record
from two_shields.state.parameters import LONGEST_TEXT
from two_shields.state.views import EvidenceView
from two_shields.text import dates
from two_shields.ui import address, page, pinned, share
from two_shields.ui import claims as widget
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown

PARTS = ("Claims", "Sources", "Conflicts", "Corrections", "Left out", "Data dictionary", "Downloads", "Method")
#: Rows shown at once; the reader asks for more.
AT_ONCE = 20
#: Rows of a table that are sent to a browser; a file has all.
MOST_ROWS = 2000

#: High enough for two or three lines of text.
ROW_HEIGHT = 72

_SHOWN = "evidence:shown"
_PART = "evidence:part"


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
    values = {
        parameter.name: st.session_state.get(address.key(EvidenceView, parameter.name), parameter.default)
        for parameter in EvidenceView.parameters()
    }
    view = EvidenceView.of_values(values | {"q": " ".join((values["q"] or "").split()) or None})
    with above:
        pinned.line(record, view)
    address.write(view)
    page.letterhead(record, view)
    return record, view, above


def _searched() -> None:
    """A new search closes the claim that stood open above it."""
    address.set_value(EvidenceView, "claim", None)


def choose_part() -> str:
    """Which part of the page is open; it is no part of the view."""
    return st.segmented_control("Part", PARTS, default=PARTS[0], required=True, label_visibility="collapsed", key=_PART)


# One claim.


def claim(record: Record, view: EvidenceView) -> None:
    """The card of `view.claim`: what it says, who disagrees, what rests on it, and what stands next to it."""
    kept = record.only(view.evidence)
    with st.container(border=True, key="evidence:claim"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**One claim**", width="stretch")
            link("Close", view.replace(claim=None))
        if view.claim not in kept.claims.index:
            st.info("This claim is from the public record, which “Articles only” leaves out.")
            link("Show it with the public record", view.replace(evidence="all"))
            return
        widget.evidence((view.claim,), kept)
        for disagreement in disagreements(record, view.claim, view.evidence):
            if disagreement.others:
                st.markdown(f"**The other claims on “{escape_markdown(disagreement.topic)}”**")
                claim_links(kept, disagreement.others, view)
        _resting(record, view)
        _neighbours(record, view)


def _resting(record: Record, view: EvidenceView) -> None:
    st.markdown(f"**{escape_markdown(claim_sentence(record, view.claim, view.evidence))}.**")
    before = ""
    with st.container(gap="xxsmall", key="evidence:resting"):
        for row in rests_on(record, view.claim, view.evidence):
            if row.table != before:
                st.caption(row.table)
            before = row.table
            link(escape_markdown(row.words), row.view)


def _neighbours(record: Record, view: EvidenceView) -> None:
    next_to = neighbours(record, view.claim)
    for words, claim_id in (("Before it in the same source", next_to.before), ("After it", next_to.after)):
        if claim_id:
            st.markdown(f"**{words}**")
            claim_links(record, (claim_id,), view)


def claim_links(kept: Record, claim_ids: Iterable[str], view: EvidenceView) -> None:
    """Claims in short, each the way to its card."""
    with st.container(gap="xxsmall"):
        for row in search.claim_rows(kept, claim_ids).itertuples():
            link(
                f"{escape_markdown(row.statement)} :small[({escape_markdown(row.publisher)})]",
                view.replace(claim=row.mark),
            )


# Claims, sources, conflicts.


def claims(frame: Frame, record: Record, view: EvidenceView) -> None:
    """The finding, the first rows of it, more on demand, and all of it as a table and a file."""
    st.subheader(escape_markdown(frame.title), anchor=False)
    if len(view.source) == 1:
        _source(record, view.source[0])
    if hidden := search.hidden_by_evidence(record, view):
        found = "1 more claim" if hidden == 1 else f"{hidden} more claims"
        link(f"The public record holds {found}", view.replace(evidence="all"))
    if frame.rows.empty:
        if not hidden:
            st.info("All words of a search have to occur: fewer words, or all sources, find more.")
        return
    shown, kept = _how_many(view), record.only(view.evidence)
    for row in frame.rows.head(shown).itertuples():
        with st.container(border=True, gap="xsmall", key=f"evidence:row:{row.mark}"):
            widget.claim(kept.claims.loc[row.mark], kept, view.replace(claim=row.mark))
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
    """What to know about the one source chosen."""
    source = record["sources"].set_index("source_id").loc[source_id]
    title = (
        f"[{escape_markdown(source['title'])}]({source['url']})"
        if source["url"]
        else f"“{escape_markdown(source['title'])}”"
    )
    parts = (escape_markdown(source["publisher"]), escape_markdown(source["author"]), dates.words(source["published"]))
    st.markdown(f"{title}, {', '.join(filter(None, parts))}. Grade {search.grade_words(source['grade'])}.")
    if source["note"]:
        st.caption(escape_markdown(source["note"]))


def sources(frame: Frame, view: EvidenceView) -> None:
    """The sources as a table; a chosen row leads to its claims."""
    st.subheader(escape_markdown(frame.title), anchor=False)
    if frame.rows.empty:
        st.info("No source holds all words of this search.")
        return
    state = st.dataframe(
        frame.table.drop(columns="Claims"),
        key="evidence:sources",
        on_select="rerun",
        selection_mode="single-row",
        row_height=ROW_HEIGHT,
        hide_index=True,
        placeholder="",
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
            on_click=_claims_of,
            args=(EvidenceView(source=(row["mark"],), evidence=view.evidence),),
        )
    st.caption(
        "Choose a row for the claims of its source. Grade C is weak alone, grade D is never used alone; a claim that "
        "rests on nothing better says so wherever it is shown."
    )
    _file(frame)


def _claims_of(view: EvidenceView) -> None:
    address.open_view(view)
    st.session_state[_PART] = PARTS[0]


def conflicts(frame: Frame, record: Record, view: EvidenceView) -> None:
    """All conflicts by reason; each opens to its explanation, to what the charts use, and to its claims."""
    st.subheader(escape_markdown(frame.title), anchor=False)
    if frame.rows.empty:
        st.info("No conflict is about this search.")
        return
    kept = record.only(view.evidence)
    for reason, rows in lists.groups(frame, "reason"):
        code = CONFLICT_REASONS[reason]
        st.markdown(f"**{code.label.capitalize()}** ({len(rows)}): {code.meaning}")
        with st.container(gap="xsmall", key=f"evidence:conflicts:{reason}"):
            for row in rows.itertuples():
                _conflict(row, kept, view)
    _table_and_file(frame)


def _conflict(row, kept: Record, view: EvidenceView) -> None:
    opened = st.expander(
        escape_markdown(row.topic), icon=":material/balance:", key=f"evidence:conflict:{row.mark}", on_change="rerun"
    )
    if opened.open:
        with opened:
            widget.conflicts(kept["conflicts"][kept["conflicts"]["conflict_id"] == row.mark])
            claim_links(kept, row.claim_ids, view)


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
    st.download_button(
        "CSV of this view",
        lambda: spreadsheet_csv(frame.table),
        file_name=f"two-shields-{frame.name}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"{frame.name}:csv",
        on_click="ignore",
    )


# What is not in the charts.


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
    for row in listing.table.itertuples():
        publisher = f"[{escape_markdown(row.Publisher)}]({row.Link})" if row.Link else escape_markdown(row.Publisher)
        entries.append(
            f"- **{escape_markdown(row.Subject)}.** {escape_markdown(row.Why)} :small[{publisher}; grade {row.Grade}]"
        )
    st.markdown("\n".join(entries))
    with st.expander("Table and file", icon=":material/table:"):
        _listed(listing)
        _file(listing)


def _listed(listing: lists.Listing) -> None:
    st.dataframe(
        listing.table,
        key=f"{listing.name}:listed",
        row_height=ROW_HEIGHT,
        hide_index=True,
        placeholder="",
        alt=listing.title,
        column_config=_widths(listing.table),
    )


#: Column widths that leave room for the texts; what is not named here takes what it needs.
_WIDTHS = {"Subject": 230, "Why": 390, "Reason": 390, "Was": 230, "Now": 230, "Publisher": 150, "Grade": 150}


def _widths(table: pd.DataFrame) -> dict[str, object]:
    texts = {name: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items() if name in table}
    return texts | ({"Link": st.column_config.LinkColumn(display_text="Read")} if "Link" in table else {})


# The tables themselves.


def dictionary() -> None:
    """Every table with its columns and the meanings of its codes, as the schema says them."""
    st.subheader(f"{len(TABLES)} tables hold the record", anchor=False)
    st.markdown(
        "A source makes claims. A row of fact names in `claim_ids` the claims that it rests on. A conflict names claims "
        "that cannot all be right, and says which one the charts use. A blank cell: not known, or does not apply."
    )
    for table in TABLES:
        with st.expander(f"`{table.name}` {table.description}"):
            st.markdown("\n".join(_columns(table)))


def _columns(table) -> Iterable[str]:
    yield f"A row is identified by {', '.join(f'`{name}`' for name in table.key)}."
    yield ""
    for column in table.columns:
        blank = "never blank" if column.required else "may be blank"
        yield f"- `{column.name}` ({TYPE_WORDS[column.type]}, {blank}): {description(column)}"
        if column.refers_to and column.type != "list":
            yield f"    - refers to `{column.refers_to}`"
        for value, code in column.enum.items():
            yield f"    - `{value}`: {code.meaning}"


def files(record: Record) -> None:
    """Every table as CSV, JSON and XLSX, and all of them in one archive; made when asked for."""
    st.subheader(f"The whole record, version {record.data_version}", anchor=False)
    st.markdown(
        "The files hold the whole record, whatever is searched for or left out on this page. The CSV files are those of "
        "the project, in UTF-8; `datapackage.json` in the archive describes them to machines (Frictionless Data Package). "
        "Licence: CC-BY-4.0."
    )
    st.download_button(
        "All tables (zip)",
        partial(table_files.archive, record),
        file_name=f"two-shields-{record.data_version}.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        type="primary",
        key="evidence:zip",
        on_click="ignore",
    )
    for table in TABLES:
        if table.name in record.lacks:
            continue
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            rows = f"{len(record[table.name]):,} {'row' if len(record[table.name]) == 1 else 'rows'}"
            st.markdown(f"**{table.title}** `{table.name}`  \n:small[{rows}. {table.description}]", width="stretch")
            for form, mime in table_files.MEDIA_TYPES.items():
                st.download_button(
                    form.upper(),
                    partial(table_files.table_file, record, table.name, form),
                    file_name=f"{table.name}-{record.data_version}.{form}",
                    mime=mime,
                    icon=":material/download:",
                    key=f"evidence:{table.name}:{form}",
                    help=f"{table.title} as {form.upper()}",
                    on_click="ignore",
                )

    st.subheader("From elsewhere", anchor=False)
    st.markdown("Every table has an address of its own, for programs and spreadsheets; `/openapi.json` lists them.")
    for name, (example, language) in EXAMPLES.items():
        st.caption(name)
        st.code(written_for(example, share.root()), language=language)


def how(record: Record) -> None:
    """The method, section by section."""
    for section in method.sections(record):
        st.subheader(section.title, anchor=False)
        st.markdown(section.text)
