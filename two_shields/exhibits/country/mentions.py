"""What is left where no fact names a country: the claims that name it, or nothing."""

from two_shields.exhibits.country.portrait import portrait
from two_shields.exhibits.country.summary import alliances
from two_shields.exhibits.evidence.lists import CLAIM_COLUMNS, claim_rows
from two_shields.exhibits.exhibit import Exhibit
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.views import CountryView
from two_shields.text import phrases


def frame(record: Record, view: CountryView) -> Frame | None:
    """A row per claim; no rows where the record is silent, and None where it has facts of the country."""
    one = portrait(record, view)
    if not (one.is_silent or one.mentions):
        return None
    if one.mentions:
        count = phrases.count(len(one.mentions), "claim names", "claims name")
        title = f"{count} {one.name}, and the record has no more"
    else:
        part = "the five articles say" if view.evidence == "articles" else "the record says"
        title = f"{one.name}: so far {part} nothing about it"
    rows = claim_rows(record, one.mentions)
    return Frame.of(record, "country-mentions", title, "", rows, CLAIM_COLUMNS, rests_on="")


def describe(record: Record, view: CountryView) -> str:
    return f"{record.country_names[view.country]}. {alliances(record, view.country)}."


EXHIBIT = Exhibit("country-mentions", CountryView, frame=frame, order=5, describe=describe)
