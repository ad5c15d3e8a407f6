"""Two Shields, the Streamlit script: page setup, the evidence switch, navigation. `streamlit run app.py` starts it."""

import streamlit as st

from two_shields.ui.page import header
from two_shields.views import PAGES

st.set_page_config(page_title="Two Shields", page_icon="assets/icon.png", layout="wide")

page = st.navigation(
    [
        st.Page(f"pages/{path or 'overview'}.py", title=view.title, url_path=path, default=not path, help=view.question)
        for path, view in PAGES.items()
    ],
    position="hidden",
)
header(PAGES[page.url_path])
page.run()
