"""The only part of the library that knows Streamlit: what pages are made of."""
