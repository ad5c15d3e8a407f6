"""The parts that only the page Systems has: the table of systems and a card per system."""

from collections.abc import Iterable

import streamlit as st

from two_shields.charts.style import DISPUTED
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import frame_of
from two_shields.exhibits.systems.reference import Card, cards
from two_shields.record.record import Record
from two_shields.record.table import tuples
from two_shields.state.views import CountryView, InitiativesView, SystemsView
from two_shields.ui import claims, exhibit, share, streamlit_compat
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown


def reference(record: Record, view: SystemsView) -> None:
    """The systems in groups with their finding; under it the chosen cards, and links to all others."""
    frame = frame_of(record, view)
    st.subheader(escape_markdown(frame.title), anchor=False)
    if frame.rows.empty:
        st.info("There is nothing to show for this choice. Choose other systems, or include the public record.")
    else:
        with st.container(key="reference"):
            _tables(frame)
        st.caption("  \n".join([frame.caption, frame.source_line, *map(escape_markdown, frame.notes)]))
        share.menu(frame, None, record.only(view.evidence), view, exhibit.theme())
        exhibit.paper(frame, record, view)
    for card in cards(record, view):
        _card(card, record.only(view.evidence), view)
    _all_cards(record.only(view.evidence), view)


#: The columns of a group's table; the group's heading says the layer.
_COLUMNS = ("system", "range_words", "producer", "made_in", "initiative_words", "dispute_words")


def _tables(frame: Frame) -> None:
    """A small table per layer, or on a phone a list: nothing is cut, and nothing scrolls sideways."""
    for group, rows in frame.rows.groupby("group_words", sort=False):
        st.markdown(f"##### {escape_markdown(group)} · {len(rows)}")
        if streamlit_compat.is_narrow():
            st.markdown("\n".join(map(_line, tuples(rows))))
            continue
        table = rows[list(_COLUMNS)].map(escape_markdown)
        table["system"] = "**" + table["system"] + "**"
        st.table(table.rename(columns=dict(frame.columns)), border="horizontal", hide_index=True, alt=frame.alt)


def _line(system) -> str:
    """One system for a phone: its name, then what is known of it."""
    parts = [system.range_words, system.producer, system.made_in and f"from {system.made_in}", system.initiative_words]
    words = "; ".join(escape_markdown(part) for part in parts if part)
    dispute = (
        f" {DISPUTED} Sources disagree on: {escape_markdown(system.dispute_words)}" if system.dispute_words else ""
    )
    facts = f" {words}." if words else " Nothing more in the record."
    return f"- **{escape_markdown(system.system)}**{facts}{dispute}"


def _card(card: Card, record: Record, view: SystemsView) -> None:
    with st.container(border=True, key=f"card-{card.system_id}"):
        st.subheader(escape_markdown(card.name), anchor=card.system_id)
        st.markdown("  \n".join(f"**{name}:** {escape_markdown(words)}" for name, words in card.facts))
        if card.origins:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown("**Comes from:**", width="content")
                for iso3, name in card.origins:
                    link(name, CountryView(country=iso3, evidence=view.evidence))
        if card.initiatives:
            st.markdown("**Goes with**")
            for initiative_id, name, words in card.initiatives:
                target = InitiativesView(view="matrix", initiative=(initiative_id,), evidence=view.evidence)
                _linked(name, target, words)
        claims.conflicts(record.conflicts_of(card.claim_ids))
        _transfers(card, view)
        _claims(card, record)


def _linked(label: str, target, words: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        link(label, target)
        st.markdown(escape_markdown(words), width="content")


def _transfers(card: Card, view: SystemsView) -> None:
    """The countries by the stage at which they stand, each with every step that the record knows."""
    if card.standings.empty:
        st.markdown("**Transfers:** none in this evidence.")
        return
    for heading, rows in card.by_stage():
        st.markdown(f"**{heading}**")
        for row in rows:
            target = CountryView(country=row.iso3, evidence=view.evidence)
            givers = f" · from {row.giver_words}" if row.giver_words else ""
            _linked(row.country, target, row.history + givers + (f" {DISPUTED}" if row.disputed else ""))
    target = SystemsView(view="flows", system=(card.system_id,), evidence=view.evidence)
    link("Its flows, with the evidence of each", target)


def _claims(card: Card, record: Record) -> None:
    """Lists of claims, each sent when it is opened."""
    transfers = list(zip(card.standings["heading"], card.standings["claim_ids"], strict=True))
    for subject, lists in (
        ("the system", [("", card.claim_ids)]), ("its initiatives", [("", card.link_claim_ids)]), ("its transfers", transfers),
    ):  # fmt: skip
        number = len({claim_id for _, claim_ids in lists for claim_id in claim_ids})
        if not number:
            continue
        label = f"Claims about {subject} ({number})"
        opened = st.expander(
            label, icon=":material/format_quote:", key=f"card-{card.system_id}:{subject}", on_change="rerun"
        )
        if not opened.open:
            continue
        with opened:
            for heading, claim_ids in lists:
                if heading:
                    st.markdown(f"**{escape_markdown(heading)}**")
                claims.evidence(claim_ids, record)


def _all_cards(record: Record, view: SystemsView) -> None:
    others = sorted(
        ((name, system_id) for system_id, name in record.system_names.items() if system_id not in view.system),
        key=lambda pair: pair[0].casefold(),
    )
    card_links(others, view, "Cards of the other systems" if view.system else "A card per system")


def card_links(systems: Iterable[tuple[str, str]], view: SystemsView, heading: str) -> None:
    st.markdown(f"**{heading}**")
    with st.container(horizontal=True, gap="small", key="card-links"):
        if view.view == "reference" and view.system:
            link("All in one table", SystemsView(view="reference", evidence=view.evidence))
        for name, system_id in systems:
            link(name, SystemsView(view="reference", system=(system_id,), evidence=view.evidence))


def cards_of(record: Record, view: SystemsView) -> None:
    """Ways from a chart to the cards of the systems that it shows."""
    frame = frame_of(record, view)
    if not {"system_id", "system"} <= set(frame.rows):
        return
    pairs = dict(zip(frame.rows["system_id"], frame.rows["system"], strict=True))
    if pairs:
        card_links([(name, system_id) for system_id, name in pairs.items()], view, "Everything about these systems")
