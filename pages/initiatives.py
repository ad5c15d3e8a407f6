"""Initiatives: who joined what, when, how firmly, and who is in both?"""

from two_shields.exhibits.initiatives import frames as initiatives
from two_shields.exhibits.initiatives.figures import FIGURES
from two_shields.record.record import Record
from two_shields.state.views import InitiativesView
from two_shields.ui import exhibit, streamlit_compat
from two_shields.ui.links import index
from two_shields.ui.page import filtered


def body(record: Record, view: InitiativesView) -> None:
    # A map keeps its shape: on a phone's narrow page a high one would stand over an empty space.
    size = {"height": 380} if view.view == "map" and streamlit_compat.is_narrow() else {}
    exhibit.show(initiatives.frame(record, view), FIGURES[view.view], record, view, **size)


record = filtered(InitiativesView, body)
index(
    "All initiatives",
    ((name, InitiativesView(view="matrix", initiative=(code,))) for code, name in record.initiative_names.items()),
)
