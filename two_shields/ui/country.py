"""The parts that only the page Country has. Each shows nothing where the record has nothing to show."""

from __future__ import annotations

import streamlit as st

from two_shields.exhibits.country import aid as aid_part
from two_shields.exhibits.country import events as events_part
from two_shields.exhibits.country import standing as standing_part
from two_shields.exhibits.country.portrait import Portrait
from two_shields.record.record import Record
from two_shields.state.views import CountryView, InitiativesView, SystemsView
from two_shields.text import phrases
from two_shields.ui import claims, drawer, exhibit, share
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown
from two_shields.ui.timeline import by_years

#: A chart of fewer dated events says no more than their list.
FEWEST_FOR_A_CHART = 4
#: Of more events the list begins closed.
MOST_OPENED = 15


def opening(portrait: Portrait, view: CountryView) -> None:
    """Name, alliances, where it stands, and the ways to other views of it."""
    st.header(portrait.name, anchor=False)
    st.caption(portrait.alliances + ".")
    for sentence in portrait.summary:
        st.markdown(escape_markdown(sentence))
    if portrait.is_silent:
        part = "the five articles" if view.evidence == "articles" else "the record"
        st.info(
            f"{portrait.name} is on the map, and so far {part} {'say' if view.evidence == 'articles' else 'says'} nothing "
            "about it. That says nothing about the country itself.",
            icon=":material/explore:",
        )
    with st.container(horizontal=True, gap="small"):
        for words, target in portrait.links:
            link(words, target)


def standing(portrait: Portrait, kept: Record, view: CountryView) -> None:
    """Its status in each initiative over time."""
    frame = portrait.standing
    if frame is None:
        return
    exhibit.show(standing_part.EXHIBIT, kept, view)
    ids = list(dict.fromkeys(frame.rows["initiative_id"]))
    with st.container(horizontal=True, gap="small"):
        for initiative_id in ids:
            target = InitiativesView(view="matrix", initiative=(initiative_id,), evidence=view.evidence)
            link(kept.initiative_names[initiative_id], target)


def systems(portrait: Portrait, kept: Record, view: CountryView) -> None:
    """What it makes, has, ordered, wants or was refused: a table, and each system's own view."""
    frame = portrait.systems
    if frame is None:
        return
    st.subheader(escape_markdown(frame.title), anchor=False)
    exhibit.table(frame, portrait.iso3)
    st.caption(f"{frame.caption}  \n{frame.source_line} Choose a row for its evidence.")
    drawer.show(frame, kept.only(view.evidence))
    exhibit.paper(frame, kept, view)
    ids = dict(zip(frame.rows["system_id"], frame.rows["system"], strict=True))
    with st.container(horizontal=True, gap="small"):
        for system_id, name in sorted(ids.items(), key=lambda pair: pair[1]):
            link(name, SystemsView(view="flows", system=(system_id,), evidence=view.evidence))
    share.menu(frame, None, kept.only(view.evidence), view, exhibit.theme())


def aid(portrait: Portrait, kept: Record, view: CountryView) -> None:
    """Aid given or received."""
    if portrait.aid is not None:
        exhibit.show(aid_part.EXHIBIT, kept, view)


def events(portrait: Portrait, kept: Record, view: CountryView) -> None:
    """What happened: a chart where there are several, and the list."""
    frame = portrait.events
    if frame is None:
        return
    if frame.rows["placed"].sum() >= FEWEST_FOR_A_CHART:
        exhibit.show(events_part.EXHIBIT, kept, view)
    else:
        st.subheader(escape_markdown(frame.title), anchor=False)
    by_years(frame, kept, view, opened=len(frame.rows) <= MOST_OPENED)


def mentions(portrait: Portrait, kept: Record, view: CountryView) -> None:
    """The claims that name it, where no fact does."""
    if portrait.mentions:
        count = phrases.count(len(portrait.mentions), "claim names", "claims name")
        st.subheader(f"{count} {portrait.name}, and the record has no more", anchor=False)
        claims.evidence(portrait.mentions, kept.only(view.evidence))


def conflicts(portrait: Portrait) -> None:
    """Where sources disagree about facts of it."""
    rows = portrait.conflicts
    if rows.empty:
        return
    st.subheader(
        f"Sources disagree on {phrases.count(len(rows), 'point')} about {portrait.name}",
        anchor=False,
    )
    with st.expander(f"What they disagree on · {len(rows)}", icon=":material/balance:"):
        claims.conflicts(rows)
