"""`python -m two_shields.web` compresses the static files that the server hands out, once per version of Streamlit."""

from two_shields.web.static_files import main

main()
