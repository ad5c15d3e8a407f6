"""What works around Streamlit 1.67, in one place: each with why, and the upstream thread where there is one.

Three stand where they are used, as they are no code of their own: links to the open page are buttons (`links.py`), a
day is typed into a field of text (`controls.py`), and the address is read and written by hand (`address.py`; upstream
https://github.com/streamlit/streamlit/issues/13963). `tests/browser/test_compat.py` and `tests/test_compat.py` fail once
Streamlit no longer needs one of them.
"""

import re
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_PACKAGE, _PART = "two_shields", "window"
_NAME = f"{_PACKAGE}.{_PART}"
_NARROW = "window:narrow"
_HAS_BEGUN = "window:has-begun"
_APP_HAS_RUN = "app:has-run"
#: What is made an icon, an arrow or a link of even where Markdown is escaped.
_MADE_INTO_MORE = re.compile(
    r"(?<=:)(?=material/|streamlit:|//)|(?<=-)(?=[->])|(?<=<)(?=-)|(?<=[<>~])(?==)|(?<=w)(?=ww\.)|(?=@)", re.IGNORECASE
)
_JOINER = "\u2060"


# The window. `st.context` does not tell its width, and a chart that can be chosen from swallows every swipe
# (https://github.com/plotly/plotly.js/issues/2844; Streamlit sets the drag mode that switches it on).
# A component may say both, but one written in the script comes from a `blob:` address, which the content security
# policy of `server.py` forbids. One that a package declares is a file of this server; only installed packages can
# declare one, so it is registered here the way Streamlit registers those.


def window(wide_from: int = 1000) -> None:
    """Mount the page's own script: it keeps touches from Plotly, and tells when the column gets narrow or wide, the page light or dark."""
    data = {"narrow": is_narrow(), "wideFrom": wide_from, "theme": st.context.theme.type or "light"}
    _mount(_PART, data, on_narrow_change=_measured, on_theme_change=lambda: None)


def _mount(key: str, data: Mapping[str, object], **callbacks: Callable[[], None]) -> None:
    manager = get_bidi_component_manager()
    if manager.get_component_path(_NAME) is None:
        manifest = ComponentManifest(_PACKAGE, "1", [ComponentConfig(_PART, _PART)])
        manager.register_from_manifest(manifest, Path(__file__).parent)
    st.components.v2.component(_NAME, js="window.js")(key=key, data=data, **callbacks)


def _measured() -> None:
    st.session_state[_NARROW] = bool(st.session_state[_PART]["narrow"])


def is_narrow() -> bool:
    """Whether figures take their narrow form: as measured, and until then as the browser's name makes one expect."""
    if _NARROW not in st.session_state:
        return "Mobi" in (st.context.headers.get("User-Agent") or "")
    return st.session_state[_NARROW]


# Many readers. Streamlit runs each reader's script in a thread of its own, and Python runs one thread at a time: thirty
# who ask within a second wait until all thirty are done, and what they are sent waits for the threads, too.

#: Whoever holds it runs, the others wait for their turn: the first need not wait for the last.
one_at_a_time = threading.RLock()


# The first chart. A browser draws all charts of a run in one go, as soon as it has the code for them, and shows none
# before the last is drawn: those that can wait are sent in a run of their own.


def comes_first(chart: str) -> bool:
    """Whether this is the session's first run: the browser asks for the next once it has drawn the chart with this key.

    From then on all is sent, whatever the run was asked for.
    """
    if is_first := not st.session_state.get(_HAS_BEGUN):
        st.session_state[_HAS_BEGUN] = True
        _mount("drawn", {"chart": chart}, on_drawn_change=lambda: None)
    return is_first


# The script. A new server that is asked for a page first takes the folder `pages/` for Streamlit's older kind of
# multi-page app and runs the page without `app.py`, until pages have been registered.


def app_has_run() -> None:
    """Say, in `app.py`, that it runs."""
    st.session_state[_APP_HAS_RUN] = True


def after_app(register: Callable[[], object]) -> None:
    """See to it, in a page, that `app.py` has run before it: `register` the pages, and begin again."""
    if not st.session_state.pop(_APP_HAS_RUN, False):
        register()
        st.rerun()


# The session (https://github.com/streamlit/streamlit/issues/8901, and 9083 on when a run is asked for). A browser that
# has lost its session waits for the reader's next click, which the new session, on another server or after two minutes
# without a network, does not know what to do with: the click would be lost. With a part of the page that runs by itself
# it asks for a run as soon as it has a new one.


@st.fragment(run_every=timedelta(hours=12))
def comes_back() -> None:
    """Nothing to see."""


# Markdown. Icons are looked for before the text is parsed, arrows and links after it, so that a backslash does not help
# (https://github.com/streamlit/streamlit/pull/8889 and 9677).


def letter_by_letter(text: str) -> str:
    """The text with an invisible character that joins words between the parts of each icon, arrow and link."""
    return _MADE_INTO_MORE.sub(_JOINER, text)
