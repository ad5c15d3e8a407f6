"""What works around Streamlit: the page's own script, registered once and served as a file."""

from concurrent.futures import ThreadPoolExecutor

import streamlit as st
from page_client import opened
from streamlit.testing.v1 import AppTest

from two_shields.ui import address, footer, streamlit_compat
from two_shields.web.access import is_closed


def test_the_pages_own_script_is_mounted_and_is_told_which_form_is_drawn():
    app = opened("initiatives")
    (mounted,) = [one for one in app.main if one.type == "bidi_component"]
    assert mounted.proto.component_name == "two_shields.window"
    assert mounted.proto.js_source_path == "window.js", "a file: a script in the message would break the policy"


def test_of_the_closed_addresses_that_file_alone_is_open():
    assert not is_closed("/_stcore/bidi-components/two_shields.window/window.js")
    assert is_closed("/_stcore/bidi-components/two_shields.window/other.js")
    assert is_closed("/_stcore/bidi-components")


def test_streamlit_does_not_tell_the_width_of_the_window():
    """Once it does, the part of `window.js` that measures can go."""
    assert not [name for name in dir(st.context) if "width" in name or "viewport" in name or "screen" in name]


def test_of_two_readers_one_runs_at_a_time(monkeypatch):
    others = []

    def look(*_: object) -> None:
        with ThreadPoolExecutor(1) as other:
            others.append(other.submit(streamlit_compat.one_at_a_time.acquire, blocking=False).result())

    monkeypatch.setattr(footer, "footer", look)
    opened("aid")
    assert others == [False], "while a whole page runs"

    def alone() -> None:
        import streamlit as st

        from two_shields.ui import page

        st.session_state["page:every"] = None
        page._filtered(None, None, None)

    monkeypatch.setattr(address, "is_touched", lambda: look() or st.stop())
    AppTest.from_function(alone).run()
    assert others == [False, False], "while a part of it runs alone"
