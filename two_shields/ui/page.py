"""What every page begins with: the record, its heading, its notices and its controls."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from two_shields.record import live
from two_shields.record.record import BrokenRecord, Record
from two_shields.state import migrations
from two_shields.state import pinned as pinned_views
from two_shields.state.parameters import MARK, Notice, View
from two_shields.state.views import PAGES
from two_shields.text import dates
from two_shields.ui import address, controls, drawer, embed, footer, links, pinned, scrubber, share, streamlit_compat
from two_shields.ui.markdown import escape_markdown

#: A link can be wrong in a thousand places; a page says so in a few.
MOST_NOTICES = 5

_RECORD, _WHOLE, _NOTICES = "page:record", "page:whole", "page:notices"
#: What of the header a change of a filter can put out of date: its link to the open page, and what it tells.
_OWN_LINK, _TOLD = "page:own-link", "page:told"
#: How often the filtered part runs by itself, in seconds; None where it does not.
_EVERY = "page:every"
_STYLE, _EMBED_STYLE = (Path(__file__).with_name(name) for name in ("style.css", "embed.css"))


def load_record() -> Record:
    """The last good record; where there has been none, a message instead of a page."""
    try:
        return live.record()
    except BrokenRecord as broken:
        st.error(
            "The tables under `data/` have errors; nothing is shown until they are corrected.\n\n"
            + "\n".join(f"- {escape_markdown(str(fault))}" for fault in broken.faults[:20]),
            title="The record is broken",
        )
        st.stop()


def current_record() -> Record:
    if _RECORD not in st.session_state:
        st.session_state[_RECORD] = load_record()
    return st.session_state[_RECORD]


def refused(refusal: live.Refusal, record: Record) -> str:
    """What a reader is told of newer data that are not used: how many faults, where the first, what is shown instead."""
    first = refusal.faults[0]
    place = ", ".join(
        filter(None, (first.file, first.line and f"line {first.line}", first.column and f"column {first.column}"))
    )
    faults = "a fault" if len(refusal.faults) == 1 else f"{len(refusal.faults)} faults, the first"
    return (
        f"Newer data have been ignored since {dates.words(refusal.since.date().isoformat())} at {refusal.since:%H:%M} UTC: "
        f"they have {faults} in {place}. This page shows the last valid data, version {record.version}."
    )


def navigation() -> st.Page:
    """Registers all pages with Streamlit and returns the one that the address names; an old path leads to its page."""
    pages = {
        path: st.Page(
            f"pages/{path or 'overview'}.py", title=page.title, url_path=path, default=not path, help=page.question
        )
        for path, page in PAGES.items()
    }
    links.register(pages)
    # To Streamlit an old path is a page, too; nobody comes to see it.
    old = [st.Page(_nothing, title=PAGES[now].title, url_path=was) for was, now in migrations.redirects().items()]
    opened = st.navigation([*pages.values(), *old], position="hidden")
    if opened.url_path in migrations.redirects():
        address.forward(opened.url_path)
    return opened


def _nothing() -> None:
    """What stands on a page that has moved."""


def header(here: type[View]) -> None:
    """What stands above every page: links to all pages, each as the reader left it, the evidence switch, notices."""
    streamlit_compat.app_has_run()
    st.html(_STYLE)
    streamlit_compat.window()
    streamlit_compat.comes_back()
    links.begin(here)
    drawer.begin()
    load_record()
    record, notices = address.read(here)
    st.session_state[_RECORD] = record
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.markdown("**Two Shields**", width="content")
        now = address.shown(here)
        for path, page in PAGES.items():
            if page is here:
                st.session_state[_OWN_LINK] = st.container(width="content")
            else:
                query = address.last_query(page, now)
                links.page_link(path, query_params=query)
        st.space("stretch")
        controls.evidence_switch(here)
    if refusal := live.refusal():
        st.info(escape_markdown(refused(refusal, record)), icon=":material/history:")
    st.session_state[_TOLD] = refusal, bool(notices)
    st.session_state[_NOTICES] = st.container()
    with st.session_state[_NOTICES]:
        for notice in notices[:MOST_NOTICES]:
            st.warning(str(notice), icon=":material/link_off:")
        if more := notices[MOST_NOTICES:]:
            st.warning(f"{len(more)} more of this link was left out.", icon=":material/link_off:")


def embedded(here: type[View]) -> None:
    """What a frame on another site shows of a page, instead of the page."""
    st.html(_STYLE)
    st.html(_EMBED_STYLE)
    streamlit_compat.window(wide_from=embed.WIDE_FROM)
    load_record()
    record, view, _ = pinned_views.read(here, {name: st.query_params.get_all(name) for name in st.query_params})
    embed.embed(record, view)


def finish(here: type[View]) -> None:
    """What comes after every page: a word on a mark that none of its charts has, and the footer."""
    if (mark := address.mark()) and not drawer.has_opened():
        address.drop_mark(here)
        st.session_state[_TOLD] = st.session_state[_TOLD][0], True
        with st.session_state[_NOTICES]:
            notice = Notice(MARK, mark, "no chart of this view has a mark of that name")
            st.warning(str(notice), icon=":material/link_off:")
    footer.footer(current_record())


def _own_link(here: type[View]) -> None:
    """The header's link to the open page. It would change the page without its address: it leads to what is shown.

    A part of a page that runs by itself can fill what stands around it, if it does so in each run (1.67).
    """
    with st.session_state[_OWN_LINK]:
        links.page_link(here.path, query_params=address.shown(here).query())


def begin(page: type[View]) -> Record:
    record = _heading(page)
    _own_link(page)
    return record


def _heading(page: type[View]) -> Record:
    streamlit_compat.after_app(navigation)
    st.title(page.title, anchor=False)
    # Headings in order: the page, its question, the findings that answer it.
    with st.container(key="question"):
        st.header(page.question, anchor=False)
    return current_record()


def filtered(
    page: type[View],
    body: Callable[[Record, View], None],
    heading: Callable[[Record, View], str] | None = None,
) -> Record:
    """Heading and controls of a page, and its `body`: what the controls decide. A change in there runs that alone.

    A page with a `heading` says that sentence in place of its name and question, and has its controls in its body.
    """
    if heading:
        streamlit_compat.after_app(navigation)
    record = current_record() if heading else _heading(page)
    st.session_state[_WHOLE] = True
    every = scrubber.EVERY if scrubber.is_playing() else None
    st.session_state[_EVERY] = every
    st.fragment(_filtered, run_every=every)(page, body, heading)
    return record


def _filtered(
    page: type[View], body: Callable[[Record, View], None], heading: Callable[[Record, View], str] | None
) -> None:
    with streamlit_compat.one_at_a_time:
        is_alone = not st.session_state.pop(_WHOLE, False)
        if is_alone:
            if not address.is_touched():
                scrubber.tick(page, current_record())
            if (st.session_state[_EVERY] is not None) is not scrubber.is_playing():
                address.lead()
                if not scrubber.is_playing():  # written here, as a run of the page that is cut short forgets who leads
                    address.go_on()
                    address.write(address.shown(page))
                    address.lead()
                st.rerun()  # only a whole run makes the page run by itself, or no more
            if _is_outdated(page):
                address.lead()  # what the reader has just changed is right, and not the address
                st.rerun()
            address.go_on()
            drawer.begin()
        record = current_record()
        view = address.shown(page)
        # What the reader waits for is made and sent first; the controls above it, of which little changes, after it.
        above = st.container(gap="xsmall")
        with links.within(page.path):
            body(record, view)
        with above:
            pinned.line(record, view)
            if heading:
                st.title(escape_markdown(heading(record, view)), anchor=False)
            else:
                controls.controls(page, record)
            if not scrubber.is_playing():
                address.write(view)
            _own_link(page)
            letterhead(record, view)


def _is_outdated(page: type[View]) -> bool:
    """Whether the page around its filtered part has something else to say: other data, or no more of a link's faults."""
    refusal, has_notices = st.session_state[_TOLD]
    asked = pinned_views.record_of(address.shown(page).data)
    return asked is not current_record() or live.refusal() is not refusal or (has_notices and address.is_touched())


def letterhead(record: Record, view: View) -> None:
    """What only a printed page shows: where it was printed from, and of which data."""
    with st.container(key="paper:letterhead"):
        st.text(f"Two Shields · {share.address(view)} · data version {record.version}")
