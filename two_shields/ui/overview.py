"""The parts that only the Overview has: its four figures, its small charts, time under the map, what is new."""

from collections.abc import Callable, Iterable
from html import escape

import streamlit as st

from two_shields.charts.palette import FILLS
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.overview import aid, map, steps, summary
from two_shields.exhibits.overview.summary import Item, Tile
from two_shields.record.record import Record
from two_shields.state.views import OverviewView, TimelineView
from two_shields.ui import address, drawer, exhibit, scrubber, share, streamlit_compat
from two_shields.ui.links import link
from two_shields.ui.markdown import escape_markdown

#: Pixels below the map that keep the footer out of sight until what stands there has come.
ROOM = 400
#: The two columns by what their charts say of themselves, each with half of the 32 pixels between them.
COLUMNS = tuple(one.EXHIBIT.wide + 16 for one in (map, aid))


def body(record: Record, view: OverviewView) -> None:
    with st.container(gap="xsmall", key="overview"):
        with st.container(key="about"):
            st.markdown(f":gray[{summary.ABOUT}]")
            # A browser shows nothing of a run before it has drawn all of it: what is beside and below the map comes after it.
            is_map_alone = streamlit_compat.comes_first("overview-map-chart") and not address.mark()
        tiles(summary.tiles(record, view))
        is_narrow = streamlit_compat.is_narrow()
        left, right = (st.container(), st.container()) if is_narrow else st.columns(COLUMNS, gap="medium")
        with left, st.container(gap="xsmall", key="time"):
            small(map.EXHIBIT, record, view, titled=False)
            if is_map_alone:
                st.space(ROOM)
                return
            scrubber.buttons(OverviewView, record, view)
            small(steps.EXHIBIT, record, view, titled=False, line_at=steps.line_at)
            scrubber.slider(OverviewView, record, view)
            if is_narrow:
                groups(summary.groups(record, view))
        with right, st.container(gap="xsmall", key="news"):
            small(aid.EXHIBIT, record, view)
            latest(summary.latest(record, view), view)
            disputes(summary.disputes(record, view))


def tiles(figures: Iterable[Tile]) -> None:
    """Four figures, which are the key of the map, too."""
    with st.container(horizontal=True, gap="small", key="tiles"):
        for number, tile in enumerate(figures):
            with st.container(border=True, width="stretch", gap=None, key=f"tile:{number}"):
                swatch = _swatch(tile.fill) if tile.fill else ""
                st.html(f'<p class="tile">{swatch}<b>{escape(tile.value)}</b> <i>{escape(tile.label)}</i></p>')
                link(escape_markdown(tile.about), tile.view, icon="")


def groups(found: Iterable[Tile]) -> None:
    """Who is meant by each fill of a map that has no room for all names."""
    with st.container(gap=None, key="groups"):
        for tile in found:
            st.html(f'<p class="tile">{_swatch(tile.fill)}<b>{escape(tile.value)}</b> {escape(tile.label)}</p>')
            link(escape_markdown(tile.about), tile.view, icon="")


def _swatch(fill: str) -> str:
    """A little land of that fill, painted by a style: a picture in the text would be taken out of it."""
    look = FILLS[exhibit.theme()][fill]
    stripes = f"repeating-linear-gradient(135deg, {look.lines} 0 2px, {look.ground} 2px 7px)"
    dots = f"radial-gradient({look.lines} 1.4px, {look.ground} 1.8px) 0 0 / 6px 6px"
    ground = {"/": stripes, ".": dots}.get(look.pattern, look.ground)
    return f'<span class="swatch" style="background: {ground}; border-color: {look.outline}"></span>'


def small(
    one: Exhibit, record: Record, view: OverviewView, *, titled: bool = True, line_at: Callable | None = None
) -> None:
    """A chart with one quiet menu; its page has the rest. One that the figures above explain has no title of its own.

    `line_at(frame, view)` is where an upright line lies over it.
    """
    frame = one.frame_of(record, view)
    pictures = one.figures_of(record, view, exhibit.theme(), narrow=streamlit_compat.is_narrow())
    if frame is None or not pictures:
        return
    with st.container(gap=None, key=f"{frame.name}:panel"):
        if titled:
            st.header(escape_markdown(frame.title), anchor=False)
        label = f"{frame.title}: table, link"
        with st.popover("⋯", help=label, key=f"{frame.name}:more", on_change="rerun", type="tertiary") as more:
            if more.open:
                _menu(one, frame, view)
        exhibit.charts(frame, pictures)
        if line_at:
            st.html(f'<i class="day" style="left: {line_at(frame, view)}"></i>')
    drawer.show(frame, record.only(view.evidence))
    exhibit.paper(frame, record, view)


def _menu(one: Exhibit, frame, view: OverviewView) -> None:
    whole = one.full(view)
    st.caption(frame.source_line)
    link(f"Open under {whole.title}: table, picture, files", whole)
    st.code(share.address(whole), language=None, wrap_lines=True)
    exhibit.table(frame)


def latest(items: Iterable[Item], view: OverviewView) -> None:
    st.header("Latest main events", anchor=False)
    with st.container(gap=None, key="latest"):
        for item in items:
            link(f":gray[{item.when}] {escape_markdown(item.words)}", item.view, icon="")
        link("All events", TimelineView(until=view.as_of, evidence=view.evidence))


def disputes(items: Iterable[Item]) -> None:
    items = list(items)
    if not items:
        return
    st.header("Where sources disagree", anchor=False)
    with st.container(gap=None, key="disputes"):
        for item in items:
            link(escape_markdown(item.words), item.view, icon="")
