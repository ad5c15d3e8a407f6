"""The Share menu of an exhibit: link, citation, embed snippet, picture, data; each two clicks away."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from two_shields.exhibits.frame import Frame
from two_shields.exhibits.registry import lead
from two_shields.export import sharing, table_files
from two_shields.export.picture import Picture
from two_shields.record.record import Record
from two_shields.state import pinned
from two_shields.state.parameters import View
from two_shields.state.views import PAGES

#: Draws the wide form of a chart, also for a reader whose screen shows the narrow one.
Drawn = Callable[[], go.Figure]


def menu(frame: Frame, figure: Drawn | None, record: Record, view: View, theme: str) -> None:
    """The menu, sent when it is opened; its files are made when they are asked for. Without a figure no pictures."""
    opened = st.popover("Share", icon=":material/share:", type="tertiary", key=f"{frame.name}:share", on_change="rerun")
    if not opened.open:
        return
    these = pinned.these_data(view, record)
    url = address(these)
    reference = sharing.Reference.of(frame, record, url)
    with opened:
        link, citation, embed, files = st.tabs(["Link", "Cite", "Embed", "Files"])
        with link:
            _links(view, these, record)
        with citation:
            for form, text in (("Plain", reference.plain()), ("BibTeX", reference.bibtex()), ("RIS", reference.ris())):
                st.caption(form)
                st.code(text, language=None, wrap_lines=True)
        with embed:
            shown = lead(record, view)
            chart, _ = shown.exhibit.framed(record, view, theme)
            st.code(sharing.embed(shown.frame, address(view), chart), language="html", wrap_lines=True)
        with files:
            _files(frame, figure, record, these, theme, url)


def _links(view: View, these: View, record: Record) -> None:
    """The link that follows the data, and the one that stays with these; data that are not published have no such one."""
    st.caption("Newest data: shows this view by the data of the day on which it is opened")
    st.code(address(view.replace(data=None)), language=None, wrap_lines=True)
    if these.data:
        st.caption(f"These data: always shows version {these.data}, and tells what has changed since")
        st.code(address(these), language=None, wrap_lines=True)
    else:
        st.caption(f"These data, version {record.data_version}, are not published yet: no link can stay with them.")


def downloads(frame: Frame, figure: Drawn, record: Record, view: View, theme: str) -> None:
    """What most readers take along, each one tap away: the chart as a picture, its table as a file."""
    url = address(pinned.these_data(view, record))
    for label, icon, ending, mime, make in (
        ("Picture", ":material/image:", "png", "image/png", lambda: _picture(frame, figure, record, theme, url).png()),
        ("Data", ":material/download:", "csv", "text/csv", lambda: sharing.csv_bytes(frame)),
    ):
        name = sharing.file_name(frame, record, ending)
        download(label, make, name, mime, f"{frame.name}:{ending}", icon=icon, type="tertiary")


def download(label: str, make: Callable[[], bytes], name: str, mime: str, key: str, **more: Any) -> None:
    """A file, made when it is asked for; to take it along does not run the page again."""
    st.download_button(label, make, file_name=name, mime=mime, key=key, on_click="ignore", **more)


def _picture(frame: Frame, figure: Drawn, record: Record, theme: str, url: str) -> Picture:
    return Picture(figure(), frame, theme, url, record.data_version)


def address(view: View) -> str:
    return root() + view.link()


def root() -> str:
    """The site's own address: that of the open page without the page's path."""
    url = (st.context.url or "").split("?")[0].rstrip("/")
    for path in filter(None, PAGES):
        if url.endswith("/" + path):
            return url[: -len(path) - 1]
    return url


def _files(frame: Frame, figure: Drawn | None, record: Record, view: View, theme: str, url: str) -> None:
    kinds = {
        "CSV": ("csv", "text/csv", lambda: sharing.csv_bytes(frame)),
        "XLSX": ("xlsx", table_files.MEDIA_TYPES["xlsx"], lambda: sharing.xlsx_bytes(frame, record, url)),
        "JSON": ("json", "application/json", lambda: sharing.json_bytes(frame, record, url)),
        "ZIP": ("zip", "application/zip", lambda: sharing.zip_bytes(frame, record, view, url)),
    }
    if figure is not None:
        kinds |= {
            "PNG": ("png", "image/png", lambda: _picture(frame, figure, record, theme, url).png()),
            "SVG": ("svg", "image/svg+xml", lambda: _picture(frame, figure, record, theme, url).svg()),
        }
    with st.container(horizontal=True):
        for label, (ending, mime, make) in kinds.items():
            download(label, make, sharing.file_name(frame, record, ending), mime, f"{frame.name}:share:{ending}")
