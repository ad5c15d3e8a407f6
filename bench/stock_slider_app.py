"""The stock app that filter changes are compared with: one slider and one chart."""

import plotly.express as px
import streamlit as st

number = st.slider("Points", 2, 200, 100)
st.plotly_chart(px.line(x=range(number), y=[(37 * place) % 101 for place in range(number)]))
