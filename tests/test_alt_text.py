"""What a screen reader says of each chart: its finding, with its numbers, in whole sentences."""

from __future__ import annotations

import re

import pytest

from two_shields.frames import aid, country, initiatives, systems, timeline
from two_shields.frames.frame import LONGEST_ALT, Frame
from two_shields.record import Record
from two_shields.views import AidView, CountryView, InitiativesView, SystemsView, TimelineView

RECORD = Record.load()


def portraits(iso3: str) -> dict[str, Frame | None]:
    one = country.portrait(RECORD, CountryView(country=iso3))
    return {f"{iso3} {part}": getattr(one, part) for part in ("standing", "aid", "events")}


FRAMES = {
    name: frame
    for name, frame in {
        **{f"initiatives {view}": initiatives.frame(RECORD, InitiativesView(view=view)) for view in initiatives.FRAMES},
        **{f"aid {view}": aid.frame(RECORD, AidView(view=view)) for view in aid.FRAMES},
        **{
            f"systems {view}": systems.frame(RECORD, SystemsView(view=view))
            for view in ("flows", "matrix", "reference")
        },
        "timeline": timeline.frame(RECORD, TimelineView()),
        **portraits("FRA"),
        **portraits("EST"),
        **portraits("UKR"),
    }.items()
    if frame is not None
}


@pytest.mark.parametrize("name", FRAMES)
def test_the_alt_text_says_the_finding_with_a_number_in_whole_sentences(name):
    alt = FRAMES[name].alt
    assert len(alt) < LONGEST_ALT
    assert FRAMES[name].title in alt
    assert re.search(r"\d", alt), "a number"
    assert alt.endswith(".") and "…" not in alt, "no sentence is cut off"
    assert "  " not in alt and "<" not in alt and "nan" not in alt.split()


@pytest.mark.parametrize("name", FRAMES)
def test_the_list_of_marks_names_each_of_them_once(name):
    """The list by which a keyboard reaches the evidence tells marks apart by their headings alone."""
    headings = FRAMES[name].rows["heading"]
    assert headings.is_unique, headings[headings.duplicated()].tolist()
