"""Overview: what is the state of play, in one screen?"""

from two_shields.exhibits.overview.summary import sentence
from two_shields.state.views import OverviewView
from two_shields.ui.overview import body
from two_shields.ui.page import filtered

filtered(OverviewView, body, heading=sentence)
