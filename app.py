"""Two Shields, the Streamlit script: page setup, the evidence switch, navigation. `streamlit run app.py` starts it."""

import streamlit as st

from two_shields.state.views import PAGES
from two_shields.ui.page import embedded, finish, header, navigation
from two_shields.ui.streamlit_compat import one_at_a_time

with one_at_a_time:
    page = navigation()
    st.set_page_config(page_title=f"{page.title} · Two Shields", page_icon="assets/icon.png", layout="wide")
    if st.context.is_embedded:
        embedded(PAGES[page.url_path])
    else:
        header(PAGES[page.url_path])
        page.run()
        finish(PAGES[page.url_path])
