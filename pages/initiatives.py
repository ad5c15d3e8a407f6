"""Initiatives: who joined what, when, how firmly, and who is in both?"""

from two_shields.state.views import InitiativesView
from two_shields.ui import exhibit
from two_shields.ui.links import index
from two_shields.ui.page import filtered

record = filtered(InitiativesView, exhibit.show_all)
index(
    "All initiatives",
    ((name, InitiativesView(view="matrix", initiative=(code,))) for code, name in record.initiative_names.items()),
)
