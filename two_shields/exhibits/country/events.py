"""What happened in a country: the events that name it, as the Timeline has them, from the first on."""

import dataclasses

from two_shields.exhibits.country.summary import describe
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.exhibits.timeline import threads
from two_shields.record.record import Record
from two_shields.state.views import CountryView, TimelineView


def frame(record: Record, view: CountryView) -> Frame | None:
    events = threads.frame(record, TimelineView(country=(view.country,), evidence=view.evidence))
    return dataclasses.replace(events, name="country-events") if len(events.rows) else None


EXHIBIT = Exhibit(
    "country-events", CountryView, frame=frame, panels=(threads.figure,), resizes=True, card=threads.card, order=4,
    describe=describe,
)  # fmt: skip
