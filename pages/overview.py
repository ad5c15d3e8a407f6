"""Overview: what is the state of play, in one screen?"""

from two_shields.exhibits.overview import findings
from two_shields.state.views import OverviewView
from two_shields.ui import overview
from two_shields.ui.page import open_page

record, view = open_page(OverviewView)

overview.headlines(findings.headlines(record, view))
overview.charts(record, view)
overview.findings(findings.findings(record, view))
