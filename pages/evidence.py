"""Evidence."""

from two_shields.ui.page import open_page
from two_shields.views import EvidenceView

record, view = open_page(EvidenceView)
