"""An exhibit: a finding, its chart, its table, and the evidence of any mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from two_shields.charts.style import CONFIG, DISPUTED
from two_shields.contract.vocabulary import CERTAINTIES, CONFLICT_REASONS, GRADES
from two_shields.exhibits.exhibit import MOST_FRAMES, Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import exhibits_of
from two_shields.record.record import Record
from two_shields.state.parameters import View
from two_shields.state.views import CountryView, EvidenceView, InitiativesView, SystemsView
from two_shields.text import dates
from two_shields.ui import share, streamlit_compat
from two_shields.ui.links import evidence_here, link

CLAIMS_AT_ONCE = 5
ROWS_ON_PAPER = 12


def theme() -> str:
    """The theme that the reader sees: `light` or `dark`."""
    return st.context.theme.type or "light"


def show_all(kept: Record, view: View) -> None:
    """Every exhibit of the page in this view, under each other."""
    for exhibit in exhibits_of(view):
        show(exhibit, kept, view)


def show(exhibit: Exhibit, kept: Record, view: View) -> None:
    """The whole exhibit: title, charts, source line, evidence of the chosen mark, table; nothing where it has no frame.

    A brief one leaves out how to read it, and links to the view that has it all.
    """
    frame = exhibit.frame_of(kept, view)
    if frame is None:
        return
    narrowed = kept.only(view.evidence)
    # Before anything is sent: a browser on the same machine would lay out a heading meanwhile, and the chart again.
    is_brief = exhibit.in_full is not None
    pictures = exhibit.figures_of(kept, view, theme(), narrow=streamlit_compat.is_narrow())
    view = exhibit.in_full(view) if exhibit.in_full else view
    st.subheader(escape_markdown(frame.title), anchor=False)
    if not pictures:
        st.info("There is nothing to draw for this choice. Widen the filters, or include the public record.")
        return
    _charts(frame, pictures)
    st.caption(frame.source_line if is_brief else _lines(frame))
    with st.container(horizontal=True, vertical_alignment="center"):
        share.menu(frame, pictures[0], narrowed, view, theme())
        _pick(frame)
    _evidence_of(frame, narrowed)
    if is_brief:
        link(f"Open under {view.title}", view)
    else:
        _notes(frame)
    _table(frame)
    paper(frame, kept, view)


def _charts(frame: Frame, pictures: tuple[go.Figure, ...]) -> None:
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
            )


def _lines(frame: Frame) -> str:
    sign = f" {DISPUTED}: sources disagree." if frame.rows["disputed"].any() else ""
    lighter = " Lighter marks: from the public record alone." if {"record"} < set(frame.rows["backing"]) else ""
    return (
        f"{frame.caption}{lighter}{sign}{_weak(frame)}  \n{frame.source_line} Choose a mark or a row for its evidence."
    )


def _weak(frame: Frame) -> str:
    """How many marks rest on weak sources alone; blank where none does."""
    weak = int(frame.rows["weak"].sum()) if "weak" in frame.rows else 0
    if not weak:
        return ""
    return f" Weak sources alone (republications or unknown outlets): {weak} of {len(frame.rows)}."


def _choose(name: str, part: str) -> None:
    """Keep which mark of an exhibit was chosen last, in its chart or in its table."""
    selection = st.session_state[f"{name}:{part}"].get("selection", {})
    if part.startswith("chart"):
        marks = [point["customdata"][0] for point in selection.get("points", []) if point.get("customdata")]
    else:
        shown = st.session_state[f"{name}:marks"]
        marks = [shown[row] for row in selection.get("rows", []) if row < len(shown)]
    st.session_state[f"{name}:mark"] = marks[0] if marks else None


def _pick(frame: Frame) -> None:
    """The way to a mark's evidence by keyboard and by name: a chart takes no focus, and its table only few readers."""
    key = f"{frame.name}:mark"
    headings = dict(zip(frame.rows["mark"], frame.rows["heading"], strict=True))
    if st.session_state.get(key) not in headings:
        st.session_state[key] = None
    st.selectbox(
        "Evidence of a mark",
        list(headings),
        format_func=headings.__getitem__,
        placeholder="Evidence of …",
        label_visibility="collapsed",
        width=320,
        key=key,
    )


def _evidence_of(frame: Frame, kept: Record) -> None:
    mark = st.session_state.get(f"{frame.name}:mark")
    row = frame.row(mark) if mark else None
    if row is None:
        return
    with st.container(border=True, key=f"{frame.name}:evidence"):
        st.markdown(f"**Evidence: {escape_markdown(row['heading'])}**")
        if row.get("weak"):
            st.badge(
                "Weakly sourced: republications or unknown outlets alone", icon=":material/warning:", color="orange"
            )
        _leads(row, kept)
        if row["claim_ids"]:
            claims(row["claim_ids"], kept)
        elif row.get("source_id"):
            _series(row["source_id"], kept)


def _leads(row: pd.Series, kept: Record) -> None:
    """Where a mark's country, initiative and system have their own views."""
    leads = [
        (row.get("iso3"), kept.country_names, lambda code: CountryView(country=code)),
        (
            row.get("initiative_id"),
            kept.initiative_names,
            lambda code: InitiativesView(view="matrix", initiative=(code,)),
        ),
        (row.get("system_id"), kept.system_names, lambda code: SystemsView(view="reference", system=(code,))),
    ]
    leads = [
        (names[code], view(code).replace(evidence=evidence_here()))
        for code, names, view in leads
        if isinstance(code, str) and code in names
    ]
    if leads:
        with st.container(horizontal=True):
            for name, view in leads:
                link(name, view)


def claims(claim_ids: Iterable[str], kept: Record) -> None:
    """Each claim with who says it, how certain, where it stands, the articles' first; then who disagrees."""
    rows = kept.claims.loc[list(claim_ids)].sort_values("source_corpus", kind="stable")
    for _, claim in rows.iloc[:CLAIMS_AT_ONCE].iterrows():
        show_claim(claim)
    if len(rows) > CLAIMS_AT_ONCE:
        with st.expander(f"{len(rows) - CLAIMS_AT_ONCE} more claims"):
            for _, claim in rows.iloc[CLAIMS_AT_ONCE:].iterrows():
                show_claim(claim)
    for conflict in kept.conflicts_of(rows.index).itertuples():
        st.markdown(
            f":material/balance: **{DISPUTED} {escape_markdown(conflict.topic)}** ({CONFLICT_REASONS[conflict.reason].label}). "
            f"{escape_markdown(conflict.explanation)} *Shown here:* {escape_markdown(conflict.shown)}"
        )


def show_claim(claim: pd.Series) -> None:
    """One claim of `Record.claims`: its words, its place, and the way to its own address."""
    st.markdown(f"{escape_markdown(claim['statement'])}  \n:small[{_said(claim)}]")
    st.caption(_place(claim) + (f"  \n{escape_markdown(claim['note'])}" if claim["note"] else ""))
    link("This claim", EvidenceView(claim=claim["claim_id"], evidence=evidence_here()))


def _said(claim: pd.Series) -> str:
    parts = [CERTAINTIES[claim["certainty"]].label]
    if claim["said_by"]:
        parts.insert(0, f"said by {escape_markdown(claim['said_by'])}")
    if claim["date"]:
        basis = " (inferred)" if claim["date_basis"] == "inferred" else ""
        parts.append(dates.words(claim["date"]) + basis)
    return " · ".join(parts)


def _place(claim: pd.Series) -> str:
    title = escape_markdown(claim["source_title"])
    link = f"[{title}]({claim['source_url']})" if claim["source_url"] else f"“{title}”"
    paragraph = f"Paragraph {claim['paragraph']} of " if pd.notna(claim["paragraph"]) else ""
    published = f", {dates.words(claim['source_published'])}" if claim["source_published"] else ""
    return (
        f"{paragraph}{link}, {escape_markdown(claim['source_publisher'])}{published}; "
        f"grade {claim['source_grade']}: {GRADES[claim['source_grade']].label}. `{claim['claim_id']}`"
    )


def _series(source_id: str, kept: Record) -> None:
    source = kept["sources"].set_index("source_id").loc[source_id]
    link = (
        f"[{escape_markdown(source['title'])}]({source['url']})" if source["url"] else escape_markdown(source["title"])
    )
    st.markdown(f"A value of the series {link}, {escape_markdown(source['publisher'])}.")
    st.caption(escape_markdown(source["note"]))


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
        st.session_state[f"{frame.name}:marks"] = tuple(frame.rows["mark"])
        st.dataframe(
            frame.table,
            key=f"{frame.name}:table",
            on_select=partial(_choose, frame.name, "table"),
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
        st.html(kept.cache.get_or_make(paper, (frame.name, view), printed, MOST_FRAMES))
        if len(frame.rows) > ROWS_ON_PAPER:
            st.text(f"{ROWS_ON_PAPER} of {len(frame.rows)} rows")


#: What Streamlit makes icons, arrows and links of even where Markdown is escaped (1.67). An invisible character that
#: joins words stands between the parts of each.
_MADE_INTO_MORE = re.compile(
    r"(?<=:)(?=material/|streamlit:|//)|(?<=-)(?=[->])|(?<=<)(?=-)|(?<=[<>~])(?==)|(?<=w)(?=ww\.)|(?=@)", re.IGNORECASE
)
_JOINER = "\u2060"


def escape_markdown(text: str) -> str:
    """Text of the record or of a link as Markdown that says exactly that text."""
    text = _MADE_INTO_MORE.sub(_JOINER, text)
    for character in "\\`*_[]<>$:#~|&":
        text = text.replace(character, "\\" + character)
    return text
