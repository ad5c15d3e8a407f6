"""What the server has around the dashboard: data, cards, the head of each page, and what machines read.

Only this package knows Starlette. `ROUTES` and `MIDDLEWARE` are what `server.py` gives to Streamlit.
"""

from starlette.middleware import Middleware

from two_shields.web import data, listings, preview
from two_shields.web.headers import Headers
from two_shields.web.pages import Pages

ROUTES = [*data.ROUTES, *preview.ROUTES, *listings.ROUTES]
#: The headers stand outermost, so that every answer has them.
MIDDLEWARE = [Middleware(Headers), Middleware(Pages)]
