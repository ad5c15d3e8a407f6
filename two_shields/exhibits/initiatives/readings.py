"""Words that all frames of memberships share: as of which day, by which reading, when."""

from __future__ import annotations

from two_shields.contract.vocabulary import READINGS
from two_shields.state.views import InitiativesView
from two_shields.text import dates, phrases


def day_words(view: InitiativesView) -> str:
    """`As of 19 June 2023, ` before a finding; blank for the latest."""
    return f"As of {dates.words(view.as_of.isoformat())}, " if view.as_of else ""


def sentence(day: str, finding: str) -> str:
    """A finding as a sentence, after the words of its day."""
    return phrases.capital(day + finding)


def caption(view: InitiativesView) -> str:
    """As of which day a chart of memberships holds, and whom it counts as members."""
    day = f"As of {dates.words(view.as_of.isoformat())}" if view.as_of else "As of the latest that the record knows"
    return f"{day}. Counted as members: {READINGS[view.reading].counts}."


def when_words(when: str, from_publication: bool) -> str:
    """A date in words; `by 2023` where only a source's publication tells that it had happened."""
    if not when:
        return ""
    return f"by {dates.words(when)}" if from_publication else dates.words(when)
