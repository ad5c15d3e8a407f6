"""Two Shields with everything around it: pages, data, cards, head tags. `streamlit run server.py` starts it."""

import streamlit as st

from two_shields.web import MIDDLEWARE, ROUTES, lifespan

app = st.App("app.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
