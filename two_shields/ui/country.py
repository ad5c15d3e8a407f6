"""The page Country: where a country stands, its air defence, its aid and how it got there; a second one beside it."""

import dataclasses
from collections.abc import Iterable
from functools import partial

import streamlit as st

from two_shields.exhibits.country import aid, events, layers, place
from two_shields.exhibits.country import standing as standing_part
from two_shields.exhibits.country.portrait import Portrait, portrait
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.views import CountryView, InitiativesView, SystemsView
from two_shields.text import phrases
from two_shields.ui import address, claims, drawer, exhibit, links, share, streamlit_compat
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown
from two_shields.ui.page import current_record
from two_shields.ui.timeline import by_years

#: A chart of fewer dated events says no more than their list.
FEWEST_FOR_A_CHART = 4
#: What the frames of the second country add to their names.
SECOND = "-with"
#: The widths of the first screen's columns: where it is, its layers, its aid.
COLUMNS = [268, 440, 384]


def heading(record: Record, view: CountryView) -> str:
    return phrases.join([record.country_names[iso3] for iso3 in (view.country, view.beside) if iso3])


def body(record: Record, view: CountryView) -> None:
    """The chooser, then one country in full width, or two in columns of the same parts."""
    _chooser(record)
    if view.beside is None:
        _one(record, view)
        return
    _two(record, view.replace(beside=None), view.replace(country=view.beside, beside=None))


def _chooser(record: Record) -> None:
    with st.container(horizontal=True, gap="small", key="chooser"):
        for parameter in CountryView.parameters():
            if parameter.name not in ("country", "with"):
                continue
            key = address.key(CountryView, parameter.name)
            st.session_state.setdefault(key, parameter.default)
            st.selectbox(
                parameter.label, sorted(parameter.codes(record), key=lambda code, of=parameter: of.label_of(code, record)),
                format_func=lambda code, of=parameter: of.label_of(code, record), key=key, on_change=address.touch,
                placeholder=f"{parameter.label} …", label_visibility="collapsed", width="stretch",
            )  # fmt: skip


def _one(record: Record, view: CountryView) -> None:
    one = portrait(record, view)
    _opening(one, view)
    *first, (standing, words) = _parts(one)
    there = [
        (part, heading, width)
        for (part, heading), width in zip(first, COLUMNS, strict=True)
        if part.frame_of(record, view)
    ]
    if widths := [width for *_, width in there]:
        rest = sum(COLUMNS) - sum(widths)
        is_narrow = streamlit_compat.is_narrow()
        columns = (
            [st.container() for _ in there]
            if is_narrow
            else st.columns([*widths, rest] if rest else widths, gap="medium")
        )
        for column, (part, heading, _) in zip(columns, there, strict=False):
            with column:
                _part(part, heading, record, view)
    _part(standing, words, record, view)
    _notes(one)
    _systems(one, record, view)
    _events(one, record, view)
    _mentions(one, record, view)
    _conflicts(one)


def _two(record: Record, *views: CountryView) -> None:
    """Two countries part by part: beside each other, or on a phone under each other, where the same parts meet."""
    sides = [(portrait(record, view), view, suffix) for view, suffix in zip(views, ("", SECOND), strict=True)]
    for column, (one, view, suffix) in _beside(sides):
        with column:
            _opening(one, view, suffix, is_alone=False)
    for number, (part, _) in enumerate(_parts(sides[0][0])):
        if not any(part.frame_of(record, view) for _, view, _ in sides):
            continue
        for column, (one, view, suffix) in _beside(sides):
            words = _parts(one)[number][1]
            with column:
                _part(part, f"{one.name}: {words[:1].lower()}{words[1:]}", record, view, suffix, is_alone=False)
    for column, (one, _, _) in _beside(sides):
        with column:
            _notes(one)


def _beside(sides: list[tuple[Portrait, CountryView, str]]) -> Iterable:
    return zip(st.columns(2, gap="large"), sides, strict=True)


def _parts(one: Portrait) -> tuple[tuple[Exhibit, str], ...]:
    is_receiver = one.aid is not None and "donor" in one.aid.rows and one.iso3 not in set(one.aid.rows["donor"])
    return (
        (place.EXHIBIT, "Where it is"),
        (layers.EXHIBIT, "Its air defence, by layer"),
        (aid.EXHIBIT, "The aid it received" if is_receiver else "Its aid to Ukraine"),
        (standing_part.EXHIBIT, "How it got there"),
    )


def _opening(one: Portrait, view: CountryView, suffix: str = "", *, is_alone: bool = True) -> None:
    """Where it stands in a sentence, its badges, why its standing is disputed; or that nothing is known."""
    if not is_alone:
        st.header(one.name, anchor=False)
    with st.container(key=f"stands{suffix}"):
        for sentence in one.summary[:1]:
            st.markdown(escape_markdown(sentence))
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"badges{suffix}"):
        for number, badge in enumerate(one.badges):
            if badge.mark:
                st.button(
                    badge.words, key=f"badge{suffix}:{number}", on_click=drawer.choose,
                    args=(f"country-standing{suffix}", badge.mark), help="Show its evidence",
                )  # fmt: skip
            else:
                st.markdown(f"**{badge.words}**", width="content")
        st.caption(one.alliances + ".", width="content")
    for sentence in one.why_disputed:
        st.warning(escape_markdown(sentence), icon=":material/balance:", title="Sources disagree")
    if one.is_silent:
        part = "the five articles say" if view.evidence == "articles" else "the record says"
        st.info(
            f"So far {part} nothing about {one.name}. That says nothing about the country itself.",
            icon=":material/explore:",
        )


def _part(
    part: Exhibit, words: str, record: Record, view: CountryView, suffix: str = "", *, is_alone: bool = True
) -> None:
    """A chart under a few words, with one quiet menu; nothing where it has no frame."""
    frame = part.frame_of(record, view)
    narrow = streamlit_compat.is_narrow() or (part is standing_part.EXHIBIT and not is_alone)
    pictures = part.figures_of(record, view, exhibit.theme(), narrow=narrow)
    if frame is None or not pictures:
        return
    frame = dataclasses.replace(frame, name=frame.name + suffix)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{frame.name}:head"):
        (st.header if is_alone else st.subheader)(words, anchor=False)
        with st.popover(
            "⋯", help="What it shows, table, files, share", key=f"{frame.name}:more", on_change="rerun", type="tertiary"
        ) as more:
            if more.open:
                _menu(frame, partial(part.panels[0], frame, exhibit.theme()), record, view)
    if frame.key and not narrow:  # which has lines of words
        st.caption(frame.key)
    exhibit.charts(frame, pictures)
    drawer.show(frame, record.only(view.evidence))
    exhibit.paper(frame, record, view)


def _menu(frame: Frame, picture: share.Drawn, record: Record, view: CountryView) -> None:
    st.markdown(f"**{escape_markdown(frame.title)}**")
    st.caption(f"{frame.read_with} {frame.source_line}")
    with st.container(horizontal=True):
        share.downloads(frame, picture, record.only(view.evidence), view, exhibit.theme())
    st.code(share.address(view), language=None, wrap_lines=True)
    exhibit.table(frame)


def _notes(one: Portrait) -> None:
    frames = [frame for frame in (one.standing, one.aid) if frame is not None]
    if frames:
        disputes = phrases.count(len(one.conflicts), "point")
        dispute = f" Sources disagree on {disputes} about {one.name}." if len(one.conflicts) else ""
        st.caption(
            " ".join(frame.caption for frame in frames) + dispute + " Choose a mark or a badge for its evidence."
        )


def _systems(one: Portrait, record: Record, view: CountryView) -> None:
    """What it makes, has, ordered, wants or was refused: a table, and each system's own view."""
    frame = one.systems
    if frame is None:
        return
    st.header(escape_markdown(frame.title), anchor=False)
    exhibit.table(frame, one.iso3)
    st.caption(f"{frame.caption}  \n{frame.source_line} Choose a row for its evidence.")
    drawer.show(frame, record.only(view.evidence))
    exhibit.paper(frame, record, view)
    ids = dict(zip(frame.rows["system_id"], frame.rows["system"], strict=True))
    with st.container(horizontal=True, gap="small"):
        for system_id, name in sorted(ids.items(), key=lambda pair: pair[1]):
            link(name, SystemsView(view="flows", system=(system_id,), evidence=view.evidence))
    share.menu(frame, None, record.only(view.evidence), view, exhibit.theme())


def _events(one: Portrait, record: Record, view: CountryView) -> None:
    frame = one.events
    if frame is None:
        return
    if frame.rows["placed"].sum() >= FEWEST_FOR_A_CHART:
        exhibit.show(events.EXHIBIT, record, view, heading=st.header)
    else:
        st.header(escape_markdown(frame.title), anchor=False)
    by_years(frame, record, view)


def _mentions(one: Portrait, record: Record, view: CountryView) -> None:
    if one.mentions:
        count = phrases.count(len(one.mentions), "claim names", "claims name")
        st.header(f"{count} {one.name}, and the record has no more", anchor=False)
        claims.evidence(one.mentions, record.only(view.evidence))


def _conflicts(one: Portrait) -> None:
    """Where sources disagree about facts of it, and the ways to other views of it."""
    if len(one.conflicts):
        words = phrases.count(len(one.conflicts), "point")
        st.header(f"Sources disagree on {words} about {one.name}", anchor=False)
        with st.expander(f"What they disagree on · {len(one.conflicts)}", icon=":material/balance:"):
            claims.conflicts(one.conflicts)
    with st.container(horizontal=True, gap="small"):
        for words, target in one.links:
            link(words, target)
        held = one.standing
        for initiative_id in dict.fromkeys(held.rows["initiative_id"]) if held is not None else ():
            initiative = held.rows.set_index("initiative_id").loc[[initiative_id], "initiative"].iloc[0]
            link(initiative, InitiativesView(view="matrix", initiative=(initiative_id,)))


def index_of_all() -> None:
    record = current_record()
    links.index(
        "All countries",
        ((record.country_names[iso3], CountryView(country=iso3)) for iso3 in record["countries"]["iso3"]),
    )
