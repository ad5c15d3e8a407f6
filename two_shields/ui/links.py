"""Links to views of this site, from wherever a page stands.

A link of Streamlit's to the page that is already open changes what is shown, but leaves the browser's
address and history as they are (1.67). There a button takes its place, which sets the page's widgets.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st

from two_shields.state.parameters import View
from two_shields.ui import address

_HERE, _MADE, _WITHIN, _PAGES = "links:here", "links:made", "links:within", "links:pages"
_ICON = ":material/arrow_forward:"


def register(pages: Mapping[str, st.Page]) -> None:
    """What `page_link` leads to, by path."""
    st.session_state[_PAGES] = pages


def page_link(path: str, **options: Any) -> None:
    """Streamlit's own link. It is told the page itself: for a page's file it looks on the disk, each time (1.67)."""
    st.page_link(st.session_state[_PAGES][path], **options)


def begin(here: type[View]) -> None:
    """A page begins: links to it are buttons, each with a key of its own."""
    st.session_state[_HERE] = here
    st.session_state[_MADE], st.session_state[_WITHIN] = 0, ""


@contextmanager
def within(part: str) -> Iterator[None]:
    """A part of the page that also runs by itself: its links are counted anew, and have names of their own."""
    around = st.session_state[_MADE], st.session_state[_WITHIN]
    st.session_state[_MADE], st.session_state[_WITHIN] = 0, part
    try:
        yield
    finally:
        st.session_state[_MADE], st.session_state[_WITHIN] = around


def unique(name: str) -> str:
    """A key for an element that may stand on a page more than once."""
    st.session_state[_MADE] += 1
    return f"links:{st.session_state[_WITHIN]}:{st.session_state[_MADE]}:{name}"


def link(label: str, view: View, *, icon: str = _ICON) -> None:
    """The way to a view; its label may hold Markdown. Without an icon it reads as text. It stays with the version of the data that is shown."""
    view = view.replace(data=st.session_state.get(address.key(st.session_state[_HERE], "data")))
    if type(view) is not st.session_state.get(_HERE):
        # Without a word of help: else it would have the page's question, which answers nothing here.
        page_link(view.path, label=label, icon=icon or None, help="", query_params=view.query())
        return
    st.button(
        label,
        icon=icon or None,
        type="tertiary",
        wrap=True,
        key=unique(view.link()),
        on_click=address.open_view,
        args=(view,),
    )


def index(title: str, ways: Iterable[tuple[str, View]]) -> None:
    """A closed list of links, by name: the way to everything of one kind. Sent when it is opened."""
    opened = st.expander(title, icon=":material/list:", key=f"links:{title}", on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(horizontal=True, gap="small"):
        for label, view in sorted(ways, key=lambda way: way[0].casefold()):
            link(label, view.replace(evidence=evidence_here()))


def view_here() -> View:
    return address.shown(st.session_state[_HERE])


def evidence_here() -> str:
    """The evidence switch as it stands, for links to take along."""
    return st.session_state[address.key(st.session_state[_HERE], "evidence")]
