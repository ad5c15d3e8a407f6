"""What our first view is compared with: one Plotly chart and nothing else, as anybody's first app."""

import plotly.express as px
import streamlit as st

st.title("One chart")
st.plotly_chart(px.line(x=list(range(24)), y=[month**1.5 for month in range(24)], labels={"x": "month", "y": "value"}))
