"""What works around Streamlit, in one place: each with the version that needs it and a test that tells when it is not.

Tests: `tests/browser/test_compat.py` for what only a browser shows, `tests/test_compat.py` for the rest.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_PACKAGE, _PART = "two_shields", "window"
_NAME = f"{_PACKAGE}.{_PART}"
_NARROW = "window:narrow"


# The window (1.67). `st.context` does not tell its width, and a chart that can be chosen from swallows every swipe.
# A component may say both, but one written in the script comes from a `blob:` address, which the content security
# policy of `server.py` forbids. One that a package declares is a file of this server; only installed packages can
# declare one, so it is registered here the way Streamlit registers those.


def window() -> None:
    """Mount the page's own script: it keeps touches from Plotly, and tells when the column is narrow or wide."""
    manager = get_bidi_component_manager()
    if manager.get_component_path(_NAME) is None:
        manifest = ComponentManifest(_PACKAGE, "1", [ComponentConfig(_PART, _PART)])
        manager.register_from_manifest(manifest, Path(__file__).parent)
    mount = st.components.v2.component(_NAME, js="window.js")
    mount(key=_PART, data={"narrow": is_narrow()}, on_narrow_change=_measured)


def _measured() -> None:
    st.session_state[_NARROW] = bool(st.session_state[_PART]["narrow"])


def is_narrow() -> bool:
    """Whether figures take their narrow form: as measured, and until then as the browser's name makes one expect."""
    if _NARROW not in st.session_state:
        return "Mobi" in (st.context.headers.get("User-Agent") or "")
    return st.session_state[_NARROW]
